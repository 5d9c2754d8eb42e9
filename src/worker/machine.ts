/**
 * Answering machine detection, asynchronously: the verdict comes while the flow speaks already, and moves the call to the
 * flow's `onMachine`. Source: Twilio, "Answering machine detection".
 */
import { admit } from "./admit.ts";
import type { Deps } from "./deps.ts";
import { baseOf } from "./links.ts";
import { accountOf, redirectCall } from "./twilio.ts";

/** Handles the verdict: 204, whatever it is. The ticket in the URL is that of `onMachine`. */
export async function handleMachine(deps: Deps, request: Request, flow: string): Promise<Response> {
  const event = await admit(deps, request, true);
  if (event instanceof Response) return event;
  const { AnsweredBy = "", t = "" } = event.params;
  const account = accountOf(deps, event.accountSid);
  if (account && /^machine_\w+$/.test(AnsweredBy)) {
    const url = `${baseOf(deps, request)}/voice/${flow}?AnsweredBy=${AnsweredBy}&t=${t}`;
    const refused = await redirectCall(deps.web, account, event.sid, url);
    deps.log({ call: event.sid, flow, event: AnsweredBy, ...(refused && { error: refused.message }) });
  }
  return new Response(null, { status: 204 });
}
