/**
 * The way of a webhook, from the request to the reply. Once it is admitted, a caller is on the line: the reply is always
 * TwiML, whatever goes wrong.
 */
import type { Event } from "../engine/event.ts";
import type { Turn } from "../engine/turn.ts";
import type { Program, Road } from "../program/program.ts";
import { admit } from "./admit.ts";
import type { Deps } from "./deps.ts";
import { type Continuation, linkUp, pathOf, sealerOf, splitUrl } from "./links.ts";
import { type LogLine, nameEvent } from "./log.ts";
import { type Programs, programOf } from "./programs.ts";
import { putState, type Sealed } from "./put-state.ts";
import { recall } from "./recall.ts";
import { APOLOGY, reply } from "./reply.ts";
import { runTurn } from "./run-turn.ts";

/** What a webhook's URL names: a place in a flow with the ticket that came along, or the beginning of a flow. */
export interface Target {
  flow: string;
  /** Without a place, `voice` begins a call, and `aside` answers a text message. */
  road: Road;
  at?: Continuation;
  ticket?: string | undefined;
}

/** The program that answers, and the place where it resumes. */
interface Found {
  program: Program;
  at: Continuation;
}

/** Handles the webhook of a call, an aside or a text message: TwiML with status 200, or the refusal of an unadmitted one. */
export async function handleWebhook(deps: Deps, request: Request, target: Target): Promise<Response> {
  const arrived = Date.now();
  const event = await admit(deps, request);
  if (event instanceof Response) return event;
  const line: LogLine = { call: event.sid, flow: target.flow, event: nameEvent(event, true) };
  try {
    const found = find(deps.programs, target);
    Object.assign(line, describe(found, event));
    const { call, ...recalled } = await recall(deps, found.program, found.at, target.ticket ?? "", event);
    const given = { program: found.program, event, aside: found.at.road === "aside" };
    const turned = await runTurn(deps, given, found.at, call, arrived);
    const sealed = await sealLinks(deps, request, found, turned);
    const written = await putState(deps, found, call, sealed);
    Object.assign(line, recalled, outcomeOf(turned, sealed), written);
    return reply(sealed.twiml);
  } catch (error) {
    line.error = error instanceof Error ? error.message : String(error);
    return excuse(target.road);
  } finally {
    deps.log({ ...line, ms: Date.now() - arrived });
  }
}

function find(programs: Programs, { flow, road, at }: Target): Found {
  // If this Worker no longer has the version, the call continues in the current one, at the same place.
  const program = programOf(programs, flow, at?.hash);
  if (!program) throw new Error("unknown flow");
  if (at) return { program, at };
  const step = road === "voice" ? program.start : program.onMessage;
  if (step === undefined) throw new Error("the flow has no onMessage");
  return { program, at: { road, flow: program.flow, hash: program.hash, step, block: "enter", rev: 0 } };
}

function describe({ program, at }: Found, event: Event): Partial<LogLine> {
  const { hash, step, block, rev, road } = at;
  // Another version may not have the step, or may ask for something else there: nothing that was entered is logged.
  const sensitive = hash !== program.hash || program.steps[step]?.sensitive === true;
  return {
    version: program.hash,
    versionMissing: hash === program.hash ? undefined : hash,
    step,
    block,
    event: rev === 0 && road === "voice" ? "start" : nameEvent(event, sensitive),
  };
}

async function sealLinks(
  deps: Deps,
  request: Request,
  { program, at }: Found,
  turned: Turn,
): Promise<Sealed> {
  // An aside works on a copy of the state: its links stay at the call's own revision.
  const call = at.road === "aside" ? { ...turned.call, rev: at.rev } : turned.call;
  const next = { ...at, hash: program.hash, rev: call.rev, ...turned.next };
  const seal = sealerOf(deps.sealing, call);
  const base = deps.publicUrl ?? splitUrl(request.url)[0];
  return {
    ...(await linkUp(turned.pieces, next, base, seal)),
    call,
    seal,
    ...(turned.next && { next: pathOf(next) }),
  };
}

function outcomeOf({ next, cut, error }: Turn, { ticket }: Sealed): Partial<LogLine> {
  return { next: next?.step, ticket, ...(cut.length > 0 && { cut }), error };
}

function excuse(road: Road): Response {
  // On an aside no one waits for an apology: the leg is connected.
  return reply(road === "voice" ? APOLOGY : "<Response/>");
}
