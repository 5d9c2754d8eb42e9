/** Our evaluator against CEL's library: random typed expressions in random worlds have the same value, or both fail. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { environmentOf } from "../../src/flow/analysis/environment.ts";
import { lower } from "../../src/flow/compile/lower.ts";
import { evaluate } from "../../src/program/evaluate.ts";
import type { Json } from "../../src/program/json.ts";
import { evaluate as evaluateByLibrary, oracleOf } from "./cel-oracle.ts";
import { CLOCK, expressions, sightOf, VARIABLES, type World, worlds } from "./cel-world.ts";

/** A sample in every run of the tests; all of it is `CEL_RUNS=100000`. */
const RUNS = Number(process.env.CEL_RUNS ?? 400);

const environment = environmentOf(VARIABLES);
const oracle = oracleOf(VARIABLES);

type Outcome = { value: Json } | { failed: string };

function outcomeOf(run: () => Json): Outcome {
  try {
    return { value: run() };
  } catch (failure) {
    return { failed: failure instanceof Error && "code" in failure ? String(failure.code) : String(failure) };
  }
}

function ours(text: string, world: World): Outcome {
  // A Program is JSON: what is evaluated has been written and read back.
  const expr = JSON.parse(JSON.stringify(lower(environment.parse(text).ast)));
  return outcomeOf(() => evaluate(expr, sightOf(world), CLOCK));
}

/**
 * Where CEL's library departs from CEL: it takes the sum of a list of texts and a list of anything for a list of texts,
 * and lets negation and `int()` leave the 64 bits of an int.
 */
function isLibrarySlip(mine: Outcome, library: Outcome): boolean {
  if ("failed" in library && /^(variable|field|list_item)_type_mismatch$/.test(library.failed)) return true;
  return "failed" in mine && mine.failed === "numeric_overflow";
}

test("every expression that passes the checker gives what CEL's library gives", {
  timeout: 3_600_000,
}, () => {
  let slips = 0;
  let failures = 0;
  fc.assert(
    fc.property(fc.oneof(...Object.values(expressions)), worlds, (text, world) => {
      fc.pre(environment.check(text).valid);
      const mine = ours(text, world);
      const library = outcomeOf(() => evaluateByLibrary(oracle.parse(text), world, CLOCK));
      if (isLibrarySlip(mine, library)) slips++;
      // Of two operands that fail, the library may name the other one.
      else if ("failed" in mine && "failed" in library) failures++;
      else expect(mine).toEqual(library);
    }),
    { numRuns: RUNS, maxSkipsPerRun: 1000 },
  );
  expect(slips).toBeLessThanOrEqual(3 + RUNS / 100);
  // Many functions take only some texts, such as dates: yet a good part of the runs must end in a value.
  expect(failures).toBeLessThan(RUNS * 0.7);
  if (process.env.CEL_RUNS)
    console.info(`${RUNS} runs: ${slips} slips of the library, ${failures} fail in both`);
});
