/** A text message to the number: the flow's `onMessage` answers it. */
import { admit } from "./admit.ts";
import type { Deps } from "./deps.ts";
import { recallNew } from "./recall.ts";
import { reply } from "./reply.ts";
import { runTurn } from "./run-turn.ts";

/** Answers a text message's webhook: with TwiML where it is admitted, which may hold no answer at all. */
export async function answerMessage(deps: Deps, request: Request, flow: string): Promise<Response> {
  const since = Date.now();
  const event = await admit(deps, request);
  if (event instanceof Response) return event;
  const program = deps.programs.get(flow);
  const note = { call: event.sid, flow, event: "message" };
  if (program?.onMessage === undefined) {
    deps.log({ ...note, error: `there is no flow "${flow}" with \`onMessage\`` });
    return reply("<Response/>");
  }
  const { call: before, ...found } = await recallNew(deps, program, event);
  const place = { step: program.onMessage, block: "enter" };
  const { pieces, path, error } = await runTurn(deps, { program, place, before, event, since, beside: true });
  deps.log({
    ...note,
    version: program.hash,
    step: path.at(1),
    error,
    ...found,
    ms: Date.now() - since,
  });
  return reply(pieces.join(""));
}
