/** What the owner of the number passes along: parameters of a call's first webhook set the variables that the flow takes. */
import { assignVariable } from "./assign.ts";
import type { Context, State } from "./state.ts";

/** Sets each variable that the flow takes and the webhook has; one that does not convert keeps its default. */
export function takeParameters({ program, event: { params } }: Context, state: State): void {
  if (!program.takes || state.call.rev !== 1) return;
  const headers = headersIn(params);
  for (const name of program.takes) {
    const text = params[name] ?? headers.get(name.toLowerCase());
    if (text !== undefined) assignVariable(state, program, name, text);
  }
}

/** SIP headers by the names of variables: `SipHeader_X-Account-Id` is `account_id`. Case means nothing in a header's name. */
function headersIn(params: Readonly<Record<string, string>>): Map<string, string> {
  const headers = Object.entries(params).flatMap(([name, value]): [string, string][] => {
    const header = /^SipHeader_(?:X-)?(.+)$/i.exec(name)?.[1];
    return header ? [[header.replaceAll("-", "_").toLowerCase(), value]] : [];
  });
  return new Map(headers);
}
