/**
 * What the owner of the number, or the order of a placed call, passes along: parameters of a call's first webhook set the
 * variables that the flow takes.
 */
import { assignVariable } from "./assign.ts";
import type { Context, State } from "./state.ts";

/** Sets each variable that the flow takes and the webhook has; one that does not convert keeps its default. */
export function takeParameters({ program, event: { params, set } }: Context, state: State): void {
  const { takes } = program;
  // A call that was moved is at a later revision.
  if (!takes || (state.call.rev !== 1 && set === undefined)) return;
  for (const [parameter, value] of Object.entries({ ...params, ...set })) {
    const name = nameOfParameter(parameter);
    if (takes.includes(name)) assignVariable(state, program, name, value);
  }
}

/** The variable of a parameter. A SIP header `SipHeader_X-Account-Id` is `account_id`: its case means nothing. */
export function nameOfParameter(parameter: string): string {
  const header = /^SipHeader_(X-)?(.+)/i.exec(parameter)?.[2];
  return header?.replaceAll("-", "_").toLowerCase() ?? parameter;
}
