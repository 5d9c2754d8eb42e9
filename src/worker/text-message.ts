/** A text message to the number: the flow's `onMessage` answers it. */
import { newCall } from "../engine/turn.ts";
import { admit } from "./admit.ts";
import type { Deps } from "./deps.ts";
import { readKept } from "./kept.ts";
import { refuse, reply, SILENCE } from "./reply.ts";
import { runTurn } from "./run-turn.ts";

/** Answers a text message's webhook: with TwiML where it is admitted, which may hold no answer at all. */
export async function answerMessage(deps: Deps, request: Request, flow: string): Promise<Response> {
  const since = Date.now();
  const event = await admit(deps, request);
  if (event instanceof Response) return event;
  if (event.sid === "")
    return refuse(400, "A text message's webhook has a MessageSid, and this one has none.");
  const program = deps.programs.get(flow);
  const note = { call: event.sid, flow, event: "message" };
  if (program?.onMessage === undefined) {
    deps.log({ ...note, error: `there is no flow "${flow}" with \`onMessage\`` });
    return reply(SILENCE);
  }
  const { kept, store } = await readKept(deps.store, program, event.caller.number);
  const before = { ...newCall(event.sid), ...(kept && { kept }) };
  const place = { step: program.onMessage, block: "enter" };
  const { pieces, path, error } = await runTurn(deps, { program, place, before, event, since, beside: true });
  deps.log({
    ...note,
    version: program.hash,
    step: path.at(1),
    error,
    ...(store && { store }),
    ms: Date.now() - since,
  });
  return reply(pieces.join(""));
}
