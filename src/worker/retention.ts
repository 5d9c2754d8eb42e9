/**
 * Deletes recordings that are older than RECORDINGS_KEEP, or than their flow says, with their transcripts, by the cron
 * trigger of wrangler.toml.
 * Source: Twilio, Recordings and Transcriptions resources.
 */
import { scopesOf } from "../engine/scope.ts";
import { secondsOf } from "../program/duration.ts";
import { isMap } from "../program/is-map.ts";
import type { Json } from "../program/json.ts";
import { messageOf } from "../program/message-of.ts";
import type { Program } from "../program/program.ts";
import { findVersion } from "./archive.ts";
import type { Deps } from "./deps.ts";
import { askNoted } from "./noted-recordings.ts";
import { currentVersion } from "./publishing.ts";
import { load } from "./store.ts";
import { type Account, accountOf, askTwilio, refusalIn } from "./twilio.ts";

/** The most of one run. The next one continues. */
const MOST = 200;
const PAGE = 50;

/** Deletes what is due and what is too old. A failure ends its part of the run. Never rejects. */
export async function deleteRecordings(deps: Deps): Promise<void> {
  const began = Date.now();
  const deleted: string[] = [];
  const errors: string[] = [];
  for (const part of [deleteDue, deleteOld])
    await part(deps, deleted).catch((error: unknown) => errors.push(messageOf(error)));
  const error = errors.length > 0 ? errors.join("; ") : undefined;
  if (deleted.length === 0 && error === undefined) return;
  const event = `deleted ${deleted.length} recordings`;
  deps.log({ call: "", flow: "", event, ms: Date.now() - began, ...(error !== undefined && { error }) });
}

/** Deletes the recordings of flows that say how long theirs are kept. One in use is due a day later. */
async function deleteDue(deps: Deps, deleted: string[]): Promise<void> {
  const { outbound } = deps;
  if (!outbound) return;
  const now = deps.callTime();
  const due = await askNoted(outbound, { recordings: "due", now, most: MOST });
  if (due.length === 0) return;
  const kept = await keptByFlows(deps);
  const errors: string[] = [];
  for (const { sid, account } of due) {
    if (kept.has(sid)) {
      await askNoted(outbound, { recordings: "postpone", sid, due: now + DAY });
      continue;
    }
    const user = accountOf(deps, account);
    if (!user) throw new Error("recordings are deleted with TWILIO_API_KEY or TWILIO_AUTH_TOKEN: set one");
    const error = await deleteOne(deps, user, sid).catch(messageOf);
    if (error === undefined) {
      deleted.push(sid);
      await askNoted(outbound, { recordings: "forget", sid });
      continue;
    }
    errors.push(error);
    // The next run begins with the others: one that can never be deleted keeps none of them.
    await askNoted(outbound, { recordings: "postpone", sid, due: now });
    if (errors.length === MOST_ERRORS) break;
  }
  if (errors.length > 0) throw new Error(errors.join("; "));
}

/** After so many failures, it is Twilio that fails, and not a recording. */
const MOST_ERRORS = 5;

/** Milliseconds. */
const DAY = 86_400_000;

/** Deletes the account's recordings that are older than RECORDINGS_KEEP, the latest of them first. */
async function deleteOld(deps: Deps, deleted: string[]): Promise<void> {
  const { recordingsKeep, accountSid = "", outbound } = deps;
  if (recordingsKeep === undefined) return;
  const seconds = secondsOf(recordingsKeep);
  if (seconds === undefined)
    throw new Error(`RECORDINGS_KEEP is "${recordingsKeep}"; expected a duration such as 30d`);
  const account = accountOf(deps, accountSid);
  if (accountSid === "" || !account)
    throw new Error("RECORDINGS_KEEP needs TWILIO_ACCOUNT_SID, and TWILIO_API_KEY or TWILIO_AUTH_TOKEN");
  const kept = await keptByFlows(deps);
  const before = new Date(deps.callTime() - seconds * 1000).toISOString().replace(/\.\d+/, "");
  let next: string | undefined =
    `Recordings.json?${new URLSearchParams({ "DateCreated<": before, PageSize: `${PAGE}` })}`;
  // A page is only left once nothing on it can be deleted: those after it move up.
  while (next !== undefined) {
    const page: Page = await pageAt(deps, account, next);
    // Their flow says when those are due.
    const noted = outbound ? await askNoted(outbound, { recordings: "known", sids: page.sids }) : [];
    const known = new Set([...kept, ...deleted, ...noted.map(({ sid }) => sid)]);
    const old = page.sids.filter((sid) => !known.has(sid));
    for (const sid of old) {
      if (deleted.length === MOST) return;
      await deleteOne(deps, account, sid);
      deleted.push(sid);
    }
    if (old.length === 0) next = page.next;
  }
}

/**
 * The recordings in persistent variables of all callers, such as a greeting: they are used for as long as they are there.
 * @throws Error if one cannot be read
 */
async function keptByFlows(deps: Deps): Promise<ReadonlySet<string>> {
  const { programs, store } = deps;
  const versions = await Promise.all([...new Set(programs.values())].map((one) => versionsOf(deps, one)));
  const variables = versions
    .flat()
    .flatMap((program) => scopesOf(program).flatMap((scope) => Object.values(scope.variables)));
  const names = variables.flatMap(({ type, keep = "" }) =>
    /^(recording|list|map)$/.test(type) && keep.startsWith("flow:") ? [keep] : [],
  );
  const sids = new Set<string>();
  for (const name of new Set(names)) {
    const { value = "", store: why } = await load(store, `keep:${name}`, Date.now());
    if (why !== undefined) throw new Error(`${name} cannot be read: ${why}`);
    for (const [sid] of value.matchAll(/RE[\da-f]{32}/g)) sids.add(sid);
  }
  return sids;
}

/** A bundled program, and the versions that are published over it. */
async function versionsOf(deps: Deps, bundled: Program): Promise<Program[]> {
  const { flow, hash } = bundled;
  const { store } = await currentVersion(deps, flow, "", Date.now());
  if (store !== undefined) throw new Error(`${flow} cannot be read: ${store}`);
  const pointer = deps.publishing?.known.get(flow)?.pointer;
  const hashes = pointer?.over === hash ? [pointer.hash, pointer.canary?.hash ?? hash] : [];
  const published = hashes.map(async (one) => {
    const found = await findVersion(deps, flow, one, Date.now());
    if (!found.program) throw new Error(`the version ${one} of ${flow} cannot be read`);
    return found.program;
  });
  return [bundled, ...(await Promise.all(published))];
}

interface Page {
  sids: string[];
  next?: string;
}

async function pageAt({ web }: Deps, account: Account, path: string): Promise<Page> {
  const asked = await askTwilio(web, account, { path, retries: 2 });
  const { status, body } = asked.answer;
  if (status !== "200" || !isMap(body)) throw new Error(wordsFor("the list of recordings", refusalIn(asked)));
  const next = String(body.next_page_uri ?? "").split(`/Accounts/${account.sid}/`)[1];
  return { sids: sidsIn(body.recordings), ...(next && { next }) };
}

/** Deletes the transcripts first: without the recording, nothing lists them. */
async function deleteOne(deps: Deps, account: Account, sid: string): Promise<void> {
  const path = `Recordings/${sid}/Transcriptions.json`;
  const asked = await askTwilio(deps.web, account, { path, retries: 2 });
  const { status, body } = asked.answer;
  if (status !== "200" && status !== "404")
    throw new Error(wordsFor(`the list of transcripts of ${sid}`, refusalIn(asked)));
  const transcripts = isMap(body) ? sidsIn(body.transcriptions) : [];
  for (const one of transcripts) await remove(deps, account, `Transcriptions/${one}.json`);
  await remove(deps, account, `Recordings/${sid}.json`);
}

async function remove({ web }: Deps, account: Account, path: string): Promise<void> {
  const asked = await askTwilio(web, account, { method: "DELETE", path, retries: 2 });
  const { status } = asked.answer;
  // Another run, or a person, may have deleted it.
  if (status !== "204" && status !== "404") throw new Error(wordsFor(path, refusalIn(asked)));
}

function sidsIn(list: Json | undefined): string[] {
  const items = Array.isArray(list) ? list : [];
  return items.flatMap((one) => (isMap(one) && typeof one.sid === "string" ? [one.sid] : []));
}

function wordsFor(what: string, { status, message }: { status: string; message: string }): string {
  return `${what}: ${status}${message && `, ${message}`}`;
}
