/** Promises against calls: what is called kept is kept, and what is called broken is broken. */
import { expect, test } from "vitest";
import { isAll } from "../runs.ts";
import { examine } from "./walk.ts";

/** Others in each run. A failure names its seed: with `RINGFLOW_SEED` it is drawn again. */
const { RINGFLOW_SEED: SEED = String(Math.floor(Math.random() * 1_000_000)) } = process.env;
const FLOWS = isAll ? 72 : 12;
/** For each promise that is kept: with all runs, these are about 10,000 calls. */
const CALLS = isAll ? 60 : 5;

test("no random call breaks a promise that is called kept, and the call of one that is broken breaks it", async () => {
  const counts = { kept: 0, broken: 0, undecided: 0 };
  for (let index = 0; index < FLOWS; index++) {
    const examined = await examine(`${SEED} ${index}`, CALLS);
    expect(examined.wrong.join("\n\n")).toBe("");
    for (const is of ["kept", "broken", "undecided"] as const) counts[is] += examined.counts[is];
  }
  // Otherwise this shows nothing.
  expect(counts.kept).toBeGreaterThan(FLOWS / 4);
  expect(counts.broken).toBeGreaterThan(FLOWS / 4);
}, 600_000);
