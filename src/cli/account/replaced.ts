/**
 * What `ringflow connect` replaced, so that `disconnect` can put it back. It is kept on this machine and not in git: the
 * URLs of another service can hold its passwords.
 */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMap } from "../../program/is-map.ts";
import { Problem } from "../problem.ts";
import type { AccountNumber, NumberSettings } from "./account.ts";

const FOLDER = ".ringflow";
/** The file, by its path in the project. */
export const REPLACED = join(FOLDER, "numbers.json");

/** Some settings of a number. */
export type Some = { [key in keyof NumberSettings]?: string };

/** One number: its settings before, and what they became. */
export interface Replaced {
  before: Some;
  set: Some;
}

/** What was replaced at a number; undefined if this machine does not know. */
export async function replacedAt(sid: string): Promise<Replaced | undefined> {
  return (await read())[sid];
}

/**
 * Notes what is about to be replaced. If a number is still as `connect` left it, what was there at first is kept.
 * @param wanted every setting that changes, and its value
 */
export async function noteReplaced(number: AccountNumber, wanted: Some): Promise<void> {
  const all = await read();
  const known = all[number.sid];
  const isUntouched = known && differing(number, known.set).length === 0;
  const current = currentOf(number, wanted);
  const before = isUntouched ? { ...current, ...known.before } : current;
  const set = isUntouched ? { ...known.set, ...wanted } : wanted;
  await save({ ...all, [number.sid]: { before, set } });
}

/** Forgets a number. */
export async function forgetReplaced(sid: string): Promise<void> {
  const { [sid]: _, ...others } = await read();
  await save(others);
}

/** The settings that a number has otherwise than wanted. */
export function differing(number: NumberSettings, wanted: Some): (keyof NumberSettings)[] {
  return keysOf(wanted).filter((key) => number[key] !== wanted[key]);
}

/** What a number has where some settings are wanted. */
export function currentOf(number: NumberSettings, wanted: Some): Some {
  return Object.fromEntries(keysOf(wanted).map((key) => [key, number[key]]));
}

const KEYS: Readonly<Record<keyof NumberSettings, true>> = {
  voiceUrl: true,
  voiceMethod: true,
  statusCallback: true,
  statusCallbackMethod: true,
  voiceFallbackUrl: true,
  voiceFallbackMethod: true,
  smsUrl: true,
  smsMethod: true,
};

const isKey = (key: string): key is keyof NumberSettings => key in KEYS;

// In the order in which they are shown.
function keysOf(some: Some): (keyof NumberSettings)[] {
  return Object.keys(KEYS)
    .filter(isKey)
    .filter((key) => some[key] !== undefined);
}

async function read(): Promise<Record<string, Replaced>> {
  const text = await readFile(REPLACED, "utf8").catch(() => "{}");
  try {
    const all: unknown = JSON.parse(text);
    if (isAll(all)) return all;
  } catch {}
  throw new Problem(
    `${REPLACED} cannot be read. Move it away: it says what the account's numbers had before.`,
  );
}

function isAll(value: unknown): value is Record<string, Replaced> {
  return (
    isMap(value) && Object.values(value).every((one) => isMap(one) && isSome(one.before) && isSome(one.set))
  );
}

function isSome(value: unknown): value is Some {
  return isMap(value) && Object.entries(value).every(([key, text]) => isKey(key) && typeof text === "string");
}

async function save(all: Readonly<Record<string, Replaced>>): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const draft = `${REPLACED}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, REPLACED);
}
