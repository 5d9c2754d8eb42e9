/**
 * Audio files of earlier versions. A deploy replaces all assets, and one from a clean checkout has only its own, so
 * `ringflow deploy` also writes the files to KV. Requests come here only for files that are not among the assets.
 */
import { isMap } from "../program/is-map.ts";
import { READS_MS } from "./budget.ts";
import { refuse } from "./reply.ts";
import { type Store, within } from "./store.ts";

/** A file's name has a part of its content's hash, so what is cached under a name never changes. */
const NAME = /^\/audio\/([\w/-]+\.[0-9a-f]{8}\.[a-z\d]+)$/;
const CACHED = { type: "stream", cacheTtl: 24 * 3600 } as const;

/** The key of the file that is served at `/audio/<name>`; undefined for another path. */
export function audioKey(path: string): string | undefined {
  const name = NAME.exec(path)?.[1];
  return name === undefined ? undefined : `audio:${name}`;
}

/** Serves a file from KV. */
export async function serveAudio({ store }: { store: Store }, path: string): Promise<Response> {
  const key = audioKey(path);
  if (key === undefined || !store.getWithMetadata) return refuse(404, NOT_FOUND);
  try {
    const found = await within(READS_MS, store.getWithMetadata(key, CACHED));
    if (!found) return refuse(503, NO_ANSWER);
    const { value, metadata } = found;
    return value === null ? refuse(404, NOT_FOUND) : new Response(value, { headers: headersOf(metadata) });
  } catch {
    return refuse(503, NO_ANSWER);
  }
}

function headersOf(metadata: unknown): Record<string, string> {
  const { type } = isMap(metadata) ? metadata : {};
  return {
    "Content-Type": typeof type === "string" ? type : "application/octet-stream",
    "Cache-Control": "public, max-age=31536000, immutable",
  };
}

const NOT_FOUND = "No such audio file.";
const NO_ANSWER = "KV does not answer.";
