/**
 * The version that a new call gets: the bundled one, unless another was published over it.
 *
 * Pointers are read from their Durable Object, not from KV, which can show an old value for a minute. An isolate
 * remembers a pointer for 5 s, so a change is live within ten seconds, and a call's first webhook pays at most one read.
 */
import type { Program } from "../program/program.ts";
import { findVersion, type Version } from "./archive.ts";
import { left, READS_MS } from "./budget.ts";
import type { Deps } from "./deps.ts";
import { type Known, type Published, versionFor } from "./pointer.ts";
import { within } from "./store.ts";

const REMEMBERED_MS = 5000;
/** A turn waits no longer for a pointer. */
const MOST_MS = 1500;

/**
 * Finds the version for a caller. If the pointer cannot be read, the one read last is used, else the bundled version;
 * `store` says why. Never rejects.
 * @param arrived when the webhook came, by the system clock
 */
export async function currentVersion(
  deps: Deps,
  flow: string,
  caller: string,
  arrived: number,
): Promise<Version> {
  const program = deps.programs.get(flow);
  const { known, why } = await readPointer(deps, flow, arrived);
  const bundled = program?.hash ?? "";
  const hash = known?.pointer && versionFor(known.pointer, bundled, caller);
  if (hash === undefined || hash === bundled) return { program, store: why };
  const found = await findVersion(deps, flow, hash, arrived);
  if (found.program) return { program: found.program, store: why };
  return { program, store: found.store ?? `the published version ${hash} is not in KV` };
}

async function readPointer(
  { publishing }: Deps,
  flow: string,
  arrived: number,
): Promise<{ known?: Known; why?: string }> {
  if (!publishing) return {};
  const known = publishing.known.get(flow) ?? { pointer: undefined, until: 0, counted: {} };
  if (Date.now() < known.until) return { known };
  publishing.known.set(flow, known);
  const counted = known.counted;
  known.counted = {};
  try {
    const read = async (): Promise<Published> =>
      (
        await publishing
          .object(flow)
          .fetch("https://pointers/", { method: "POST", body: JSON.stringify(counted) })
      ).json();
    const published = await within(left(arrived, READS_MS, MOST_MS), read());
    if (!published) return { known, why: "the published version could not be read in time" };
    known.pointer = published.pointer;
    return { known };
  } catch (error) {
    for (const [hash, count] of Object.entries(counted)) countCalls(known, hash, count);
    return { known, why: `the published version could not be read: ${String(error)}` };
  } finally {
    // Not before: calls that come meanwhile must not take an old pointer, or none, for the present one.
    known.until = Date.now() + REMEMBERED_MS;
  }
}

/** Counts a call that begins in a version. */
export function countCall({ publishing }: Deps, { flow, hash }: Program): void {
  const known = publishing?.known.get(flow);
  if (known?.pointer) countCalls(known, hash, 1);
}

function countCalls({ counted }: Known, hash: string, count: number): void {
  counted[hash] = (counted[hash] ?? 0) + count;
}
