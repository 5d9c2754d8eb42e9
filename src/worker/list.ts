/**
 * A list over HTTP: its rows are checked, sealed and put into the queue, whose consumer places the calls. Off without the
 * queue. Handing the same rows over again changes nothing for those that wait or were called.
 */
import { isMap } from "../program/is-map.ts";
import type { Json } from "../program/json.ts";
import { askObject, isKey, readAsked } from "./asked.ts";
import { bears } from "./bearer.ts";
import type { Body } from "./call-fields.ts";
import type { Deps } from "./deps.ts";
import { isHours, isZone } from "./hours.ts";
import { baseOf } from "./links.ts";
import type { Admitted } from "./lists.ts";
import { callOrder } from "./place-call.ts";
import type { Queue, QueuedRow } from "./queue.ts";
import { problem } from "./reply.ts";
import { sealRow } from "./sealed-row.ts";

/** The most rows of a request. */
const MOST = 100;
/** How many messages are sent at once: together at most 256 kB, and a sealed row can have 4 kB. */
const AT_ONCE = 50;

/** A list with the rows of one request. */
interface Listed {
  list: string;
  hours: string;
  /** What the calls have in common. */
  common: Body;
  rows: Map<string, Body>;
}

/** A row that is not handed over. */
interface Refused {
  key: string;
  code: string;
  message: string;
}

/** The rows of a request: those that can be called, and the others. */
interface Checked {
  rows: QueuedRow[];
  refused: Refused[];
}

/** Handles a request; undefined if it is neither POST nor GET. */
export async function handleList(deps: Deps, request: Request, flow: string): Promise<Response | undefined> {
  if (request.method === "GET") return sumUp(deps, request, flow);
  return request.method === "POST" ? takeOver(deps, request, flow) : undefined;
}

async function sumUp({ callsToken, outbound }: Deps, request: Request, flow: string): Promise<Response> {
  if (!bears(callsToken, request))
    return problem(401, "unauthorized", "Send `Authorization: Bearer` with CALLS_TOKEN.");
  if (!outbound) return noQueue();
  const { searchParams } = new URL(request.url);
  const [list, after] = ["list", "after"].map((name) => searchParams.get(name) ?? "");
  if (!list) return problem(400, "list", "Name the list: `?list=…`.");
  return askObject(outbound, flow, { does: "sum", list, after }).catch(silent);
}

async function takeOver(deps: Deps, request: Request, flow: string): Promise<Response> {
  const asked = await readAsked(deps, request);
  if (asked instanceof Response) return asked;
  const { outbound, queue } = deps;
  if (!outbound || !queue) return noQueue();
  const listed = readListed(asked.body);
  if (listed instanceof Response) return listed;
  const { list } = listed;
  const checked = await checkRows(deps, baseOf(deps, request), flow, listed);
  if (checked instanceof Response) return checked;
  const { rows, refused } = checked;
  try {
    const keys = rows.map(({ key }) => key);
    const admitting = await askObject(outbound, flow, { does: "admit", list, keys });
    const admitted: Admitted = await admitting.json();
    const fresh = rows.filter(({ key }) => Object.hasOwn(admitted, key));
    for (let at = 0; at < fresh.length; at += AT_ONCE) {
      const some = fresh.slice(at, at + AT_ONCE);
      await send(queue, some, admitted);
      // After the queue has them: a row that is known but in no queue would wait forever.
      await askObject(outbound, flow, { does: "queued", list, keys: some.map(({ key }) => key) });
    }
    const known = rows.length - fresh.length;
    return Response.json({ queued: fresh.length, known, refused }, { status: 202 });
  } catch {
    return silent();
  }
}

async function send(queue: Queue, rows: readonly QueuedRow[], admitted: Admitted): Promise<void> {
  await queue.sendBatch(rows.map((body) => ({ body, delaySeconds: admitted[body.key] ?? 0 })));
}

/** Reads the body of a request, or says what is wrong with all of it. */
function readListed({ list, hours = "", calls, ...common }: Body): Listed | Response {
  if (typeof list !== "string" || !/^[\w-]{1,64}$/.test(list))
    return problem(400, "list", "Name the list: up to 64 letters, digits, `-` and `_`.");
  if (typeof hours !== "string" || (hours !== "" && !isHours(hours)))
    return problem(400, "hours", "`hours` must be hours of one day, such as 09:00-20:00.");
  const rows = new Map(Array.isArray(calls) ? calls.flatMap(readRow) : []);
  if (!Array.isArray(calls) || rows.size !== calls.length || rows.size > MOST)
    return problem(400, "calls", `\`calls\` must be up to ${MOST} calls, each with a \`key\` of its own.`);
  return { list, hours, common, rows };
}

function readRow(row: Json): [string, Body][] {
  if (!isMap(row) || typeof row.key !== "string" || !isKey(row.key)) return [];
  const { key, ...fields } = row;
  return [[key, fields]];
}

/** Divides the rows into those that can be called and the others. */
async function checkRows(
  deps: Deps,
  base: string,
  flow: string,
  { list, hours, common, rows }: Listed,
): Promise<Checked | Response> {
  const checked: Checked = { rows: [], refused: [] };
  for (const [key, { zone = "", ...own }] of rows) {
    const body = { ...common, ...own };
    const order = await callOrder(deps, base, flow, body);
    if (order instanceof Response) {
      if (order.status === 404) return order;
      const { error }: { error: Omit<Refused, "key"> } = await order.json();
      checked.refused.push({ key, ...error });
    } else if (hours !== "" && !isZone(String(zone))) {
      checked.refused.push({
        key,
        code: "zone",
        message: "`hours` need a `zone`, such as America/New_York.",
      });
    } else {
      const when = hours === "" ? { hours, zone: "" } : { hours, zone: String(zone) };
      const sealed = await sealRow(deps.sealing, flow, key, { base, body, ...when });
      checked.rows.push({ flow, list, key, sealed });
    }
  }
  return checked;
}

function silent(): Response {
  const message = "The queue or the Durable Object does not answer. Repeat the request with the same keys.";
  return problem(503, "queue", message, 10);
}

function noQueue(): Response {
  const message =
    "There is no queue. Make it (`npx wrangler queues create ringflow-calls`), take the comment signs from its lines " +
    "in wrangler.toml, and deploy.";
  return problem(501, "not-set", message);
}
