/** Writes what a deploy serves into KV, for calls that will still be in it after the next deploy. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Built } from "../../flow/build.ts";
import { AUDIO_TYPES, endingOf, type ServedAudio } from "../../flow/language/audio.ts";
import type { Program } from "../../program/program.ts";
import { ARCHIVED, programKey } from "../../worker/archive.ts";
import { audioKey } from "../../worker/audio.ts";
import { Problem } from "../problem.ts";
import { reasonIn, type Wrangler } from "./wrangler.ts";

/** A pair as `wrangler kv bulk put` reads it. */
interface Pair {
  key: string;
  value: string;
  expiration_ttl: number;
  base64?: true;
  metadata?: { type: string };
}

const FOLDER = ".ringflow";
/** Characters in one upload: Cloudflare takes 100 MB. */
const MOST_LENGTH = 60e6;
const TTL = { expiration_ttl: ARCHIVED.expirationTtl };

/**
 * Writes Programs and audio into the Worker's namespace.
 * @returns false if there is no namespace yet: it is made by the first deploy
 * @throws Problem if Cloudflare does not take them
 */
export async function archive(
  { programs, audio }: Pick<Built, "programs" | "audio">,
  run: Wrangler,
): Promise<boolean> {
  const pairs = [...programs.map(pairOf), ...(await Promise.all(audio.map(audioPair)))];
  for (const batch of batchesOf(pairs)) {
    const complaint = await upload(batch, run);
    if (NO_NAMESPACE.test(complaint)) return false;
    if (complaint !== "") throw new Problem(`Cannot archive the flows in KV. ${reasonIn(complaint)}`);
  }
  return true;
}

// wrangler, of a Worker that was never deployed, or never with this binding; 10007 is Cloudflare's code for the former.
const NO_NAMESPACE = /No KV namespace ID found|This Worker does not exist|code: 10007/;

function pairOf(program: Program): Pair {
  return { key: programKey(program.flow, program.hash), value: JSON.stringify(program), ...TTL };
}

async function audioPair({ path, url }: ServedAudio): Promise<Pair> {
  const type = AUDIO_TYPES[endingOf(url)]?.contentType ?? "application/octet-stream";
  const value = (await readFile(path)).toString("base64");
  return { key: audioKey(url) ?? "", value, base64: true, metadata: { type }, ...TTL };
}

function batchesOf(pairs: readonly Pair[]): Pair[][] {
  const batches: Pair[][] = [[]];
  let length = 0;
  for (const pair of pairs) {
    length += pair.value.length;
    if (length > MOST_LENGTH && batches.at(-1)?.length) {
      batches.push([]);
      length = pair.value.length;
    }
    batches.at(-1)?.push(pair);
  }
  return batches;
}

/** A version of a flow in KV, and when it was written, in milliseconds since 1970; of a published one, that is unknown. */
export interface ArchivedVersion {
  hash: string;
  written: number | undefined;
}

/**
 * Lists the versions of a flow in KV.
 * @throws Problem if Cloudflare does not answer
 */
export async function archivedVersions(flow: string, run: Wrangler): Promise<ArchivedVersion[]> {
  const prefix = programKey(flow, "");
  const { printed, complaint } = await run.ask(["kv", "key", "list", "--prefix", prefix, ...WHERE]);
  if (complaint !== "") throw new Problem(`Cannot list the versions in KV. ${reasonIn(complaint)}`);
  const keys: { name: string; expiration?: number }[] = JSON.parse(printed);
  return keys.map(({ name, expiration }) => ({
    hash: name.slice(prefix.length),
    written: expiration === undefined ? undefined : (expiration - ARCHIVED.expirationTtl) * 1000,
  }));
}

/**
 * Deletes versions of a flow from KV.
 * @throws Problem if Cloudflare does not delete them
 */
export async function deleteVersions(flow: string, hashes: readonly string[], run: Wrangler): Promise<void> {
  const keys = hashes.map((hash) => programKey(flow, hash));
  const complaint = await withFile(keys, run, (file) => ["kv", "bulk", "delete", file, "--force", ...WHERE]);
  if (complaint !== "") throw new Problem(`Cannot delete the versions in KV. ${reasonIn(complaint)}`);
}

const WHERE = ["--binding", "CALLS", "--remote"];

function upload(pairs: readonly Pair[], run: Wrangler): Promise<string> {
  return withFile(pairs, run, (file) => ["kv", "bulk", "put", file, ...WHERE]);
}

async function withFile(value: unknown, run: Wrangler, args: (file: string) => string[]): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  const file = join(FOLDER, `archive-${process.pid}.json`);
  try {
    await writeFile(file, JSON.stringify(value));
    return (await run.ask(args(file))).complaint;
  } finally {
    await rm(file, { force: true });
  }
}
