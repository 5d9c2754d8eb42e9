/** Every step kind, in the order in which the language page tells of them. */
import { branch } from "./branch.ts";
import { dial } from "./dial.ts";
import { gather } from "./gather.ts";
import { hangup } from "./hangup.ts";
import type { StepKind } from "./kind.ts";
import { pause } from "./pause.ts";
import { play } from "./play.ts";
import { record } from "./record.ts";
import { redirect } from "./redirect.ts";
import { reject } from "./reject.ts";
import { request } from "./request.ts";
import { say } from "./say.ts";
import { set } from "./set.ts";

export const kinds: readonly StepKind[] = [
  say,
  play,
  pause,
  gather,
  branch,
  record,
  dial,
  set,
  request,
  redirect,
  reject,
  hangup,
];

const byName = new Map(kinds.map((kind) => [kind.name, kind]));

/** The kind of a name, if there is one. */
export function kindNamed(name: string): StepKind | undefined {
  return byName.get(name);
}
