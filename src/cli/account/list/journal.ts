/**
 * The journal of a list: what was asked of the Worker, and what it answered, one JSON object a line. A line is on the disk
 * before the request that it announces, so a list whose run ended at any moment can be continued.
 */
import { randomBytes } from "node:crypto";
import { link, open, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { jsonIn } from "../../../engine/values.ts";
import { isMap } from "../../../program/is-map.ts";
import { Problem } from "../../problem.ts";

/** The first line. */
export interface Head {
  /** The beginning of every Idempotency-Key. */
  id: string;
  flow: string;
  /** URL of the Worker, which knows the keys. */
  url: string;
}

/** The part of a journal that says what became of a number. */
export type Known =
  | { is: "placed"; sid: string }
  /** Certainly not placed. */
  | { is: "refused" }
  /** Asked of the Worker, without an answer that says what became of it. */
  | { is: "asked"; at: number; body: Body };

/** The body of a request for a call. */
export type Body = Readonly<Record<string, unknown>>;

/** What became of each number of a list. */
export interface Past {
  head: Head;
  known: Map<string, Known>;
}

/** A journal that is written. */
export interface Journal extends Past {
  /** Returns when the line is on the disk. */
  write(to: string, entry: Known): Promise<void>;
  /** The same for several lines. */
  writeAll(entries: readonly (readonly [to: string, entry: Known])[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads a journal; undefined if there is none.
 * @throws Problem if the file is something else
 */
export async function readJournal(file: string): Promise<Past | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new Problem(`Cannot read the journal ${file}: ${error.code}.`);
  });
  if (text === undefined) return undefined;
  const [first = "", ...lines] = text.split("\n");
  const { id, flow, url } = mapIn(first);
  if (typeof id !== "string" || typeof flow !== "string" || typeof url !== "string")
    throw new Problem(`${file} is not the journal of a list. Name another file with --journal.`);
  const known = new Map<string, Known>();
  for (const line of lines) remember(known, mapIn(line));
  return { head: { id, flow, url }, known };
}

/** Opens the journal, which begins with `head` if it is new. */
export async function openJournal(file: string, head: Omit<Head, "id">): Promise<Journal> {
  const past = (await readJournal(file)) ?? (await begin(file, head));
  const handle = await open(file, "a");
  // Each run begins after an empty line, so that a line that a crash cut off does not run into the next one.
  let start = "\n";
  const writeAll: Journal["writeAll"] = async (entries) => {
    if (entries.length === 0) return;
    const lines = entries.map(([to, entry]) => `${JSON.stringify({ to, ...entry })}\n`);
    const text = start + lines.join("");
    start = "";
    await handle.appendFile(text);
    await handle.datasync();
    for (const [to, entry] of entries) remember(past.known, { to, ...entry });
  };
  return {
    ...past,
    writeAll,
    write: (to, entry) => writeAll([[to, entry]]),
    close: () => handle.close(),
  };
}

/** Makes a journal, which appears under its name with its whole first line. */
async function begin(file: string, head: Omit<Head, "id">): Promise<Past> {
  const id = randomBytes(9).toString("base64url");
  const draft = `${file}.${id}`;
  try {
    // It has people's numbers in it.
    await writeFile(draft, `${JSON.stringify({ id, ...head })}\n`, { flush: true, mode: 0o600 });
    // It fails if another run has made one meanwhile.
    await link(draft, file);
    await syncFolder(dirname(file));
  } catch (error) {
    const made = await readJournal(file);
    if (made) return made;
    throw new Problem(`Cannot write the journal ${file}: ${codeOf(error)}. Name another with --journal.`);
  } finally {
    await rm(draft, { force: true });
  }
  return { head: { id, ...head }, known: new Map() };
}

/** Puts the file's name on the disk, on the systems that can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);

// A line that a crash has cut off does not count: its request was not sent, or its answer comes again for the same key.
function mapIn(line: string): Readonly<Record<string, unknown>> {
  const value = jsonIn(line);
  return isMap(value) ? value : {};
}

function remember(known: Map<string, Known>, entry: Readonly<Record<string, unknown>>): void {
  const { to, is, sid, at, body } = entry;
  if (typeof to !== "string" || known.get(to)?.is === "placed") return;
  if (is === "placed") known.set(to, { is, sid: String(sid) });
  if (is === "refused") known.set(to, { is });
  // The first request of several without an answer counts: the Worker holds the others to it.
  if (is === "asked" && isMap(body) && known.get(to)?.is !== "asked")
    known.set(to, { is, at: Number(at), body });
}
