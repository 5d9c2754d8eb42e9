/**
 * One webhook, from the request to the reply. Once it is admitted, somebody is on the phone, and is answered
 * whatever happens.
 */
import type { Event } from "../engine/event.ts";
import type { Program, Road } from "../program/program.ts";
import { admit } from "./admit.ts";
import type { Deps } from "./deps.ts";
import { type Address, splitUrl } from "./links.ts";
import { type LogLine, nameEvent } from "./log.ts";
import { programOf } from "./programs.ts";
import { APOLOGY, reply } from "./reply.ts";
import { type Answer, takeTurn } from "./take-turn.ts";

/** What a webhook's URL asks for: a place in a flow with the ticket that came along, or a beginning. */
export interface Asked {
  flow: string;
  /** Where no place is named, `voice` begins a call, and `aside` answers a text message. */
  road: Road;
  at?: Address;
  ticket?: string | undefined;
}

type Note = Omit<LogLine, "call" | "flow" | "ms">;
type Noted = Answer & { note: Note };

/** Answers a call's or a text message's webhook: TwiML with status 200 where it is admitted, a refusal where it is not. */
export async function answer(deps: Deps, request: Request, asked: Asked): Promise<Response> {
  const began = deps.now();
  const event = await admit(deps, request);
  if (event instanceof Response) return event;
  const base = deps.publicUrl ?? splitUrl(request.url)[0];
  const { response, note, saved } = await respond(deps, base, asked, event);
  const whose = { call: event.sid, flow: asked.flow };
  deps.log({ ...whose, ...note, ms: deps.now() - began });
  if (saved) deps.later(saved.then((outcome) => noteTrouble(deps, { ...whose, event: "write", ...outcome })));
  return response;
}

// A write that went well behind the reply is no news.
function noteTrouble(deps: Deps, line: LogLine): void {
  if (line.duplicate || line.store) deps.log(line);
}

async function respond(deps: Deps, base: string, asked: Asked, event: Event): Promise<Noted> {
  const { flow, road, ticket = "" } = asked;
  // A version that this Worker does not have goes on in the current one, at the same place.
  const program = programOf(deps.programs, flow, asked.at?.hash);
  const at = asked.at ?? (program && startOf(program, road));
  if (!program || !at) {
    const lacks = program ? "onMessage" : "flow";
    return excuse(road, { event: nameEvent(event, true) }, `there is no ${lacks}`);
  }
  const note = describe(program, at, event);
  try {
    const taken = await takeTurn(deps, { program, at, ticket, base, event });
    return { ...taken, note: { ...note, ...taken.note } };
  } catch (error) {
    return excuse(road, note, String(error));
  }
}

function startOf({ flow, hash, start, onMessage }: Program, road: Road): Address | undefined {
  const step = road === "voice" ? start : onMessage;
  return step === undefined ? undefined : { road, flow, hash, step, block: "enter", rev: 0 };
}

function describe(program: Program, at: Address, event: Event): Note {
  const { hash, step, block, rev, road } = at;
  // Another version may not know the step, or what it asks for: then nothing that was entered is told.
  const sensitive = hash !== program.hash || program.steps[step]?.sensitive === true;
  return {
    version: program.hash,
    versionMissing: hash === program.hash ? undefined : hash,
    step,
    block,
    event: rev === 0 && road === "voice" ? "start" : nameEvent(event, sensitive),
  };
}

// Beside a call nobody waits for an apology: the leg that asks is connected.
function excuse(road: Road, note: Note, error: string): Noted {
  return { response: reply(road === "voice" ? APOLOGY : "<Response/>"), note: { ...note, error } };
}
