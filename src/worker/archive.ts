/** Earlier versions of flows, for the calls that are still in them: KV has each for 30 days after its last deploy. */
import { jsonIn } from "../engine/values.ts";
import { hashOf, isHash } from "../program/hash.ts";
import type { Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import { type Archive, isProgram } from "./programs.ts";
import { type Loaded, load, replace, type Store } from "./store.ts";

/** How long KV has a Program, and the audio that it plays. */
export const ARCHIVED = { expirationTtl: 30 * 24 * 3600 };
/** A version never changes: each of Cloudflare's locations can cache it for a day. */
const CACHED = { cacheTtl: 24 * 3600 };
/** How many versions an isolate remembers. */
const MOST_READ = 50;

/** The key of a Program. */
export function programKey(flow: string, hash: string): string {
  return `program:${flow}/${hash}`;
}

/** A version of a flow, or why it could not be read. */
export interface Version {
  program?: Program | undefined;
  store?: string | undefined;
}

/**
 * Finds a version: in the bundle, in this isolate's memory, or in KV. Never rejects.
 * @param arrived when the webhook came, by the system clock; now, if no one waits
 */
export async function findVersion(deps: Deps, flow: string, hash: string, arrived: number): Promise<Version> {
  const { archive, store } = deps;
  const program = knownVersion(deps, flow, hash);
  return program || !archive || !isHash(hash)
    ? { program }
    : readVersion(store, archive, flow, hash, arrived);
}

/** A version in the bundle or in this isolate's memory: nothing to wait for. */
export function knownVersion({ programs, archive }: Deps, flow: string, hash: string): Program | undefined {
  const name = `${flow}/${hash}`;
  return programs.get(name) ?? archive?.read.get(name);
}

async function readVersion(
  store: Store,
  archive: Archive,
  flow: string,
  hash: string,
  arrived: number,
): Promise<Version> {
  const { value, store: why } = await loadVersion(store, programKey(flow, hash), arrived);
  if (value === undefined) return { store: why };
  const program = readProgram(value, flow, hash);
  if (!program) return { store: `${programKey(flow, hash)} is not a Program that this Worker runs` };
  remember(archive, `${flow}/${hash}`, program);
  return { program };
}

// KV caches a miss for as long as a value, and a version can be asked for before this location shows it. A second get
// without the long cacheTtl looks again.
async function loadVersion(store: Store, key: string, arrived: number): Promise<Loaded> {
  const cached = await load(store, key, arrived, CACHED);
  return cached.value === undefined && cached.store === undefined ? load(store, key, arrived) : cached;
}

/** Reads a Program from JSON; undefined if it is damaged, another one, or of a format that the Worker does not run. */
export function readProgram(text: string, flow: string, hash: string): Program | undefined {
  const value: unknown = jsonIn(text);
  if (!isProgram(value)) return undefined;
  const { hash: named, ...rest } = value;
  return value.flow === flow && named === hash && hashOf(rest) === hash ? value : undefined;
}

function remember({ read }: Archive, name: string, program: Program): void {
  read.set(name, program);
  // The oldest come first.
  for (const one of read.keys()) if (read.size > MOST_READ) read.delete(one);
}

/** Milliseconds after which a failed write of the own Programs is tried again. */
const AGAIN_MS = 60_000;

/**
 * Writes the Worker's own Programs into KV if they are not there, once for each isolate: for a deploy without
 * `ringflow deploy`, and for versions that are deployed for longer than KV has them. Continues after the reply.
 */
export function archiveOwn(deps: Deps, call: string): void {
  const { archive } = deps;
  if (!archive || Date.now() < archive.writesOwnFrom) return;
  archive.writesOwnFrom = Number.POSITIVE_INFINITY;
  deps.waitUntil(writeOwn(deps, archive, call));
}

async function writeOwn({ programs, store, log }: Deps, archive: Archive, call: string): Promise<void> {
  // The caller's reply comes first: this is an isolate's first call, which has waited for its start.
  await new Promise((resolve) => setTimeout(resolve));
  for (const program of new Set(programs.values())) {
    const { flow, hash: version } = program;
    const key = programKey(flow, version);
    const found = await load(store, key, Date.now());
    if (found.value !== undefined) continue;
    const failure = found.store ?? (await replace(store, key, JSON.stringify(program), ARCHIVED)).store;
    if (failure === undefined) continue;
    // Not at the next webhook: KV may be down, or the day's writes of the free plan used up.
    archive.writesOwnFrom = Date.now() + AGAIN_MS;
    return log({ call, flow, version, event: "archive", store: failure });
  }
}
