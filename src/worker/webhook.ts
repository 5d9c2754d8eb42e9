/**
 * The way of a webhook, from the request to the reply. Once a call has begun, the reply is always TwiML, whatever goes
 * wrong. A call that cannot begin gets an error, so that Twilio requests its fallback URL.
 */
import { type Event, identityOf } from "../engine/event.ts";
import type { Turn } from "../engine/turn.ts";
import { messageOf } from "../program/message-of.ts";
import { admit } from "./admit.ts";
import { archiveOwn } from "./archive.ts";
import type { Deps } from "./deps.ts";
import { beginOf, type Found, find, findKnown, type Target } from "./find.ts";
import { baseOf, linkUp, pathOf, sealerOf, withAdded } from "./links.ts";
import { type LogLine, nameEvent } from "./log.ts";
import { misdirectedTo } from "./misdirected.ts";
import { currentVersion } from "./publishing.ts";
import { putState, type Sealed } from "./put-state.ts";
import { recall } from "./recall.ts";
import { APOLOGY, FAILED, refuse, reply } from "./reply.ts";
import { runTurn } from "./run-turn.ts";
import { type Begun, lacksValues, STAYS_SEALED, withStart } from "./start.ts";

/** Handles the webhook of a call, an aside or a text message: TwiML with status 200, or a refusal. */
export async function handleWebhook(deps: Deps, request: Request, target: Target): Promise<Response> {
  const arrived = Date.now();
  const admitted = await admit(deps, request, target.at === undefined);
  if (admitted instanceof Response) return admitted;
  const start: Begun = target.at ? { event: admitted } : await withStart(deps.sealing, target.flow, admitted);
  const { event, isSealed } = start;
  const error = target.at ? undefined : misdirectedTo(target, event);
  if (error) {
    deps.log({ call: event.sid, flow: target.flow, event: "misdirected", error });
    return new Response(null, { status: 204 });
  }
  const conversed = target.road === "aside" && (await converse(deps, request, target, event, arrived));
  if (conversed) {
    archiveOwn(deps, event.sid);
    return conversed;
  }
  const line: LogLine = { call: event.sid, flow: target.flow, event: nameEvent(event, true) };
  try {
    return await answer({ deps, request, target, start, arrived }, line);
  } catch (error) {
    line.error = messageOf(error);
    return excuse(target);
  } finally {
    if (isSealed) Object.assign(line, { degraded: true, error: joined(STAYS_SEALED, line.error) });
    deps.log({ ...line, ms: Date.now() - arrived });
    archiveOwn(deps, event.sid);
  }
}

/** A webhook that was admitted, as it came. */
interface Admitted {
  deps: Deps;
  request: Request;
  target: Target;
  start: Begun;
  arrived: number;
}

/** Runs the turn of a webhook, and notes on the line what it comes to. */
async function answer({ deps, request, target, start, arrived }: Admitted, line: LogLine): Promise<Response> {
  const { event } = start;
  const found = findKnown(deps, target) ?? (await find(deps, target, event, arrived, start.step));
  if (typeof found === "string") {
    line.error = found;
    return target.at ? excuse(target) : refuse(404, found);
  }
  Object.assign(line, describe(found, event));
  // Only the lost version knew what this is about, and no caller waits for it.
  if (found.isLost && (target.road === "aside" || event.gone)) return reply(NOTHING);
  const { program, at } = found;
  // A call about nothing is worse than none.
  if (lacksValues(start, program)) return reply(APOLOGY);
  const { call, degraded, store } = await recall(deps, program, at, target.ticket ?? "", event, arrived);
  if (target.at && target.road === "aside" && endsDelivery(event)) {
    Object.assign(line, degraded ? { degraded, error: STAYS_SEALED } : await noteReport(deps, event));
    if (degraded || line.duplicate) return reply(NOTHING);
  }
  call.rev = start.rev ?? call.rev;
  const begun = beginOf(found, call, target.at ? withAdded(event, request.url) : event);
  const base = baseOf(deps, request);
  const given = { program, event: begun.event, base, aside: at.road === "aside" };
  const turned = await runTurn(deps, given, begun.place, begun.call, arrived);
  const sealed = await sealLinks(deps, base, found, turned);
  const written = await putState(deps, found, call, sealed, arrived);
  Object.assign(line, { degraded, store: store ?? line.store }, outcomeOf(found, turned, sealed), written);
  return reply(sealed.twiml);
}

/** Answers a text message within its conversation; undefined if there is none, and without the module that holds them. */
async function converse(
  deps: Deps,
  request: Request,
  { flow, at }: Target,
  event: Event,
  arrived: number,
): Promise<Response | undefined> {
  if (at) return undefined;
  const isHeld = deps.conversations || /\bringflow=/.test(request.headers.get("Cookie") ?? "");
  if (!isHeld && !(await currentVersion(deps, flow, identityOf(event), arrived)).program?.sorry)
    return undefined;
  const outgoing = await deps.outgoing().catch((error) => {
    deps.log({ call: event.sid, flow, event: "conversation", error: messageOf(error) });
  });
  return outgoing?.handleTextMessage(deps, request, flow, event, arrived);
}

/** The part of the log line that is known before the turn. */
function describe({ program, at, isLost, store }: Found, event: Event): Partial<LogLine> {
  const { hash, step, block, rev, road } = at;
  // Another version may not have the step, or may ask for something else there: nothing that was entered is logged.
  const sensitive = isLost || program.steps[step]?.sensitive === true;
  return {
    version: program.hash,
    ...(isLost && { versionMissing: hash, error: VERSION_LOST }),
    ...(store && { store }),
    step,
    block,
    event: rev === 0 && road === "voice" ? "start" : nameEvent(event, sensitive),
  };
}

/** Joins the document, and seals the new state into its continuation URLs. */
async function sealLinks(deps: Deps, base: string, { program, at }: Found, turned: Turn): Promise<Sealed> {
  // An aside works on a copy of the state: its links stay at the call's own revision.
  const call = at.road === "aside" ? { ...turned.call, rev: at.rev } : turned.call;
  const next = { ...at, hash: program.hash, rev: call.rev, ...turned.next };
  const seal = sealerOf(deps.sealing, call);
  return {
    ...(await linkUp(turned.pieces, next, base, seal)),
    call,
    seal,
    ...(turned.next && { next: pathOf(next) }),
  };
}

/** The part of the log line that the turn decides. */
function outcomeOf({ isLost, store }: Found, turned: Turn, { ticket }: Sealed): Partial<LogLine> {
  const { next, cut } = turned;
  const line: Partial<LogLine> = { next: next?.step, ticket, error: turned.error };
  if (isLost) line.error = joined(VERSION_LOST, turned.error);
  if (cut.length > 0) line.cut = cut;
  if (store) line.store = store;
  return line;
}

function joined(...errors: (string | undefined)[]): string | undefined {
  return errors.filter((text) => text).join("; ") || undefined;
}

function excuse({ road, at }: Target): Response {
  if (!at) return refuse(500, FAILED);
  // On an aside no one waits for an apology: the leg is connected.
  return reply(road === "voice" ? APOLOGY : NOTHING);
}

/** Whether a report on a text message is its last one: those before it have no side road. */
function endsDelivery({ params: { MessageStatus = "" } }: Event): boolean {
  return /^(delivered|undelivered|failed)$/.test(MessageStatus);
}

async function noteReport(deps: Deps, { sid }: Event): Promise<Partial<LogLine>> {
  return (await deps.outgoing()).noteReport(deps, sid);
}

const VERSION_LOST = "version-lost";

const NOTHING = "<Response/>";
