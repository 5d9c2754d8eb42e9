/** Versions that conversations wait in for long: KV must not forget one before the question is over. */
import type { Program } from "../../program/program.ts";
import { programKey } from "../archive.ts";
import type { Deps } from "../deps.ts";
import type { Archive } from "../programs.ts";
import { replace } from "../store.ts";

const DAY_MS = 24 * 3600 * 1000;
/** The longest question, 30 days, that begins a day after the write; and one more. */
const RENEWED = { expirationTtl: 32 * 24 * 3600 };

/** When each version was written, by its key. */
const written = new WeakMap<Archive, Map<string, number>>();

/**
 * Writes a version that a question waits in for longer than a day, at most daily for each isolate. KV has a version for a month
 * from its deploy: without this, one that was live for so long would be lost soon after it is replaced. Never rejects.
 */
export async function renew({ archive, store, log }: Deps, program: Program, seconds: number): Promise<void> {
  if (!archive || seconds * 1000 <= DAY_MS) return;
  const { flow, hash: version } = program;
  const key = programKey(flow, version);
  const times = written.get(archive) ?? new Map<string, number>();
  written.set(archive, times);
  if (Date.now() - (times.get(key) ?? 0) < DAY_MS) return;
  times.set(key, Date.now());
  const { store: failure } = await replace(store, key, JSON.stringify(program), RENEWED);
  if (failure === undefined) return;
  times.delete(key);
  log({ call: "", flow, version, event: "archive", store: failure });
}
