/**
 * The queue's consumer: places the call of each row, through the same Durable Object as all others, whose journal places
 * none twice. The queue delivers at least once, and in any order.
 */
import { isMap } from "../program/is-map.ts";
import { messageOf } from "../program/message-of.ts";
import { askObject, handOver } from "./asked.ts";
import type { Deps } from "./deps.ts";
import { secondsUntil } from "./hours.ts";
import { type ListRequest, MOST_DELAY, type Place, type RowOutcome } from "./lists.ts";
import { callOrder } from "./place-call.ts";
import type { QueueBatch, QueuedRow, QueueMessage } from "./queue.ts";
import { openRow } from "./sealed-row.ts";
import { accountOf } from "./twilio.ts";

/** How often a row is tried whose call fails: after nine hours in all. `max_retries` in wrangler.toml is more. */
const MOST_TRIES = 10;
/** What a queue of dead letters is called. */
const DEAD = /-dead$/;

/** What happens to a row. */
type Fate = RowOutcome | { is: "later"; seconds: number } | { is: "failed"; reason: string };

/** Places the calls of a batch, or puts them off. Never rejects: each message has its own outcome. */
export async function placeQueued(deps: Deps, { queue, messages }: QueueBatch): Promise<void> {
  const isDead = DEAD.test(queue);
  await Promise.all(messages.map((one) => handle(deps, one, isDead)));
}

async function handle(deps: Deps, message: QueueMessage, isDead: boolean): Promise<void> {
  const { body: row, attempts } = message;
  if (!isRow(row)) {
    deps.log({ call: "", flow: "", event: "queue", error: "The message is not a row of a list." });
    return message.ack();
  }
  // Delivered once more than it is tried: the Worker was stopped during the last try.
  const isOver = isDead || attempts > MOST_TRIES;
  const fate = isOver ? dead(row) : await fateOf(deps, row).catch(failed);
  const isLastFailure = fate.is === "failed" && attempts === MOST_TRIES;
  if (isLastFailure) log(deps, row, fate.reason);
  const error = await settle(deps, row, isLastFailure ? dead(row) : fate).catch(messageOf);
  if (error === undefined) return message.ack();
  log(deps, row, error);
  message.retry({ delaySeconds: Math.min(60 * 2 ** (attempts - 1), MOST_DELAY) });
}

/** Notes what became of a row, or sends it to the queue again; returns why it is to be tried again. */
async function settle(deps: Deps, row: QueuedRow, fate: Fate): Promise<string | undefined> {
  if (fate.is === "failed") return fate.reason;
  if (fate.is === "later") {
    if (!deps.queue) return "The queue is not bound.";
    // First: if this fails, the message is tried again, and each time it would leave another one in the queue.
    await ask(deps, row.flow, { does: "queued", list: row.list, keys: [row.key] });
    // A new message: tries and days in the queue count from now on. Sent twice, it still places one call.
    await deps.queue.sendBatch([{ body: row, delaySeconds: Math.min(fate.seconds, MOST_DELAY) }]);
    return undefined;
  }
  if (fate.reason !== undefined) log(deps, row, `${fate.is}: ${fate.reason}`);
  await ask(deps, row.flow, { does: "record", list: row.list, row: fate });
  return undefined;
}

async function fateOf(deps: Deps, { flow, key, sealed }: QueuedRow): Promise<Fate> {
  if (!accountOf(deps, deps.accountSid ?? "")) return failed("There is no account, or no secret of it.");
  const row = await openRow(deps.sealing, flow, key, sealed);
  if (!row)
    return { key, is: "refused", reason: "The row does not open: the secret that sealed it is gone." };
  const { base, body, hours, zone } = row;
  const seconds = hours === "" ? 0 : secondsUntil(hours, zone, Date.now());
  if (seconds > 0) return { is: "later", seconds };
  const order = await callOrder(deps, base, flow, body);
  const answer =
    order instanceof Response ? order : await handOver(deps, key, flow, { ...order, hours, zone });
  const json: { sid?: string; error?: { code: string; message: string } } = await answer.json();
  if (json.sid !== undefined) return { key, is: "placed", sid: json.sid };
  const { code, message } = json.error ?? { code: "", message: `HTTP ${answer.status}` };
  if (answer.status === 429) {
    const after = Number(answer.headers.get("Retry-After") ?? 60);
    const place: Place = await (await ask(deps, flow, { does: "line-up", after })).json();
    return { is: "later", seconds: place.seconds };
  }
  const isRefused = /^40[04]$/.test(`${answer.status}`) || code === "other-body";
  return isRefused ? { key, is: "refused", reason: `${code}: ${message}` } : failed(`${code}: ${message}`);
}

function dead({ key }: QueuedRow): RowOutcome {
  return {
    key,
    is: "lost",
    reason: "It was tried too often. `npx ringflow calls` shows whether there was a call.",
  };
}

const failed = (error: unknown): Fate => ({ is: "failed", reason: messageOf(error) });

async function ask({ outbound }: Deps, flow: string, request: ListRequest): Promise<Response> {
  if (!outbound) throw new Error("OUTBOUND is missing in wrangler.toml.");
  return askObject(outbound, flow, request);
}

function log(deps: Deps, { flow, list, key }: QueuedRow, error: string): void {
  deps.log({ call: "", flow, event: "queue", error: `${list} ${key}: ${error}` });
}

function isRow(body: unknown): body is QueuedRow {
  return isMap(body) && ["flow", "list", "key", "sealed"].every((name) => typeof body[name] === "string");
}
