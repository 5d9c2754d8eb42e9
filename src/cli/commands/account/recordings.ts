/** `ringflow recordings`: lists, fetches and deletes the account's recordings. */
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Account, AccountOptions, AccountRecording } from "../../account/account.ts";
import { type Asking, agreed } from "../../account/agree.ts";
import { download } from "../../account/download.ts";
import { openAccount } from "../../account/open.ts";
import { PATIENCE } from "../../account/patience.ts";
import { Refused } from "../../account/refused.ts";
import { Problem } from "../../problem.ts";
import { plural } from "../../project/report.ts";
import { refuseNotSid } from "./calls.ts";

/** Options of `ringflow recordings list`. */
export interface ListOptions extends AccountOptions {
  /** SID of a call. */
  call?: string;
  /** The first day, as `2026-01-31`. */
  since?: string;
  limit?: number;
  json?: boolean;
}

/**
 * Lists recordings, the newest first.
 * @returns the exit code, 0
 * @throws Problem if Twilio does not answer
 */
export async function listRecordings({ out, patience, ...options }: ListOptions): Promise<number> {
  const { call, since, limit = 50, json = false } = options;
  if (call !== undefined) refuseNotSid(call, "CA", "a call");
  const filter = {
    ...(call !== undefined && { callSid: call }),
    ...(since !== undefined && { since: dayOf(since) }),
  };
  const account = await openAccount(patience);
  const found = await account.recordings(filter, limit);
  if (json) out.write(`${JSON.stringify(found, null, 2)}\n`);
  else if (found.length === 0) out.write("No recordings.\n");
  else for (const recording of found) out.write(`${lineOf(recording)}\n`);
  return 0;
}

function lineOf({ sid, created, seconds, status, source, callSid }: AccountRecording): string {
  const time = created?.toISOString().replace(/\.\d+Z$/, "Z") ?? "";
  const state = status === "completed" ? "" : `  ${status}`;
  return `${sid}  ${time}  ${`${seconds} s`.padStart(6)}  ${source}  ${callSid}${state}`;
}

function dayOf(text: string): Date {
  const day = new Date(text);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime())) return day;
  throw new Problem(`--since needs a day such as 2026-01-31, not "${text}".`);
}

/** Options of `ringflow recordings get`. */
interface GetOptions extends AccountOptions {
  format: "mp3" | "wav";
  /** A folder, or the file of a single recording; this folder if omitted. */
  to?: string;
}

/**
 * Writes recordings to files.
 * @returns the exit code, 0
 * @throws Problem if there is no such recording, or a file exists
 */
export async function getRecordings(sids: readonly string[], options: GetOptions): Promise<number> {
  const { out, format, to = ".", patience = PATIENCE } = options;
  for (const sid of sids) refuseNotSid(sid, "RE", "a recording");
  const isFolder = (await stat(to).catch(() => undefined))?.isDirectory() ?? false;
  if (!isFolder && sids.length > 1)
    throw new Problem(`"${to}" is not a folder, for ${sids.length} recordings.`);
  const account = await openAccount(patience);
  for (const sid of sids) {
    const file = isFolder ? join(to, `${sid}.${format}`) : to;
    if (existsSync(file))
      throw new Problem(`${file} exists already. Move it away, or choose another with --to.`);
    const response = await account.media(sid, format).catch((error: unknown) => explain(account, sid, error));
    const bytes = await download(response, file, process.stderr, patience.answer);
    out.write(`Wrote ${file} (${Math.ceil(bytes / 1000)} kB).\n`);
  }
  return 0;
}

/** A recording that is not finished has no file yet. */
async function explain(account: Account, sid: string, error: unknown): Promise<never> {
  if (!(error instanceof Refused && error.code === NOT_FOUND)) throw error;
  const { status } = await account.recording(sid);
  if (status === "completed") throw error;
  throw new Problem(
    `${sid} is ${status}, and has no file${status === "processing" ? " yet. Try again in a minute" : ""}.`,
  );
}

const NOT_FOUND = 20404;

/** Options of `ringflow recordings rm`. */
type RemoveOptions = AccountOptions & Asking;

/**
 * Deletes recordings at Twilio.
 * @returns the exit code: 1 if the person who was asked said no
 * @throws Problem if there is no such recording
 */
export async function removeRecordings(
  sids: readonly string[],
  { out, patience, ...asking }: RemoveOptions,
): Promise<number> {
  for (const sid of sids) refuseNotSid(sid, "RE", "a recording");
  const account = await openAccount(patience);
  for (const sid of sids) out.write(`${lineOf(await account.recording(sid))}\n`);
  const which = sids.length === 1 ? "this recording" : `these ${plural(sids.length, "recording")}`;
  if (!(await agreed(`Delete ${which}, which cannot be undone?`, asking))) return 1;
  for (const sid of sids) {
    await account.deleteRecording(sid);
    out.write(`Deleted ${sid}.\n`);
  }
  return 0;
}
