/**
 * Placing calls. Off unless CALLS_TOKEN is set; its bearer may
 *
 * | request                       | does                                                                |
 * |-------------------------------|---------------------------------------------------------------------|
 * | POST /calls/<flow>            | places a call that begins in the flow                               |
 * | PUT  /calls/<flow>/<CallSid>  | moves a call in progress to the flow, or to a step of it            |
 * | POST /calls/<flow>/list       | hands rows of a list over to the queue, which places their calls    |
 * | GET  /calls/<flow>/list       | says what became of a list's rows                                   |
 */
import { handOver, readAsked } from "./asked.ts";
import { faultIn, MOVING } from "./call-fields.ts";
import type { Deps } from "./deps.ts";
import { baseOf, MOST_URL } from "./links.ts";
import { handleList } from "./list.ts";
import { callOrder, programOf, setIn, tooLong } from "./place-call.ts";
import { problem } from "./reply.ts";
import { MOVED, sealStart } from "./start.ts";
import { type Refusal, redirectCall } from "./twilio.ts";

/** Handles a request; undefined if there is no such path, or no CALLS_TOKEN. */
export async function handleCalls(deps: Deps, request: Request, path: string): Promise<Response | undefined> {
  const [, , flow = "", sid] = path.split("/");
  if (!deps.callsToken) return undefined;
  if (sid === "list") return handleList(deps, request, flow);
  if (request.method !== (sid ? "PUT" : "POST")) return undefined;
  return sid ? moveCall(deps, request, flow, sid) : placeCall(deps, request, flow);
}

async function placeCall(deps: Deps, request: Request, flow: string): Promise<Response> {
  const asked = await readAsked(deps, request);
  if (asked instanceof Response) return asked;
  const order = await callOrder(deps, baseOf(deps, request), flow, asked.body);
  return order instanceof Response ? order : handOver(deps, keyIn(request), flow, order);
}

const keyIn = ({ headers }: Request): string => headers.get("Idempotency-Key") ?? "";

async function moveCall(deps: Deps, request: Request, flow: string, sid: string): Promise<Response> {
  const asked = await readAsked(deps, request);
  if (asked instanceof Response) return asked;
  // It becomes a part of Twilio's URL.
  if (!/^CA[\da-f]{32}$/i.test(sid)) return problem(404, "sid", "The path must end in a CallSid.");
  const { account, body } = asked;
  const program = await programOf(deps, flow, body);
  if (program instanceof Response) return program;
  const fault = faultIn(program, body, MOVING);
  if (fault) return problem(400, fault.field, fault.message);
  const step = typeof body.step === "string" ? body.step : undefined;
  const now = Math.floor(Date.now() / 1000);
  const ticket = await sealStart(deps.sealing, flow, { step, set: setIn(body), rev: MOVED + (now % LAST) });
  const url = `${baseOf(deps, request)}/voice/${flow}?t=${ticket}`;
  if (url.length > MOST_URL) return tooLong();
  const refused = await redirectCall(deps.web, account, sid, url);
  return refused ? notMoved(refused) : Response.json({ sid });
}

/** Says why a call is not moved: Twilio knows no such call, it is not in progress, or Twilio itself has failed. */
function notMoved({ status, code, message }: Refusal): Response {
  return problem(statusOf(status, code), `twilio-${code}`, message, status === "429" ? 1 : undefined);
}

/** A moved call begins at a revision by the clock, in seconds: no other move of it has the same. Delivery reports have later ones. */
const LAST = 4e8;

/** Source: Twilio, error 21220: "Unable to update record. Call is not in-progress." */
const NOT_IN_PROGRESS = 21_220;

function statusOf(status: string, code: number): number {
  if (code === NOT_IN_PROGRESS) return 409;
  if (status === "timeout") return 504;
  return /^(400|404|429)$/.test(status) ? Number(status) : 502;
}
