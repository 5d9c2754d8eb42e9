/** The registry of step kinds. */
import type { CodeOf } from "../language/diagnostic.ts";
import type { Step } from "../model/flow.ts";
import { branch } from "./branch.ts";
import { connect } from "./connect.ts";
import { dial } from "./dial/dial.ts";
import { echo } from "./echo.ts";
import { enqueue } from "./enqueue.ts";
import { gather } from "./gather/gather.ts";
import { hangup } from "./hangup.ts";
import type { StepKind } from "./kind.ts";
import { leave } from "./leave.ts";
import { pause } from "./pause.ts";
import { pay } from "./pay/pay.ts";
import { play } from "./play.ts";
import { record } from "./record/record.ts";
import { redirect } from "./redirect.ts";
import { refer } from "./refer.ts";
import { reject } from "./reject.ts";
import { request } from "./request/request.ts";
import { run } from "./run/run.ts";
import { say } from "./say.ts";
import { set } from "./set.ts";
import { sms } from "./sms/sms.ts";
import { start } from "./start.ts";
import { stop } from "./stop.ts";

const all = [
  say,
  play,
  pause,
  gather,
  branch,
  record,
  dial,
  set,
  request,
  run,
  sms,
  enqueue,
  leave,
  connect,
  start,
  stop,
  pay,
  refer,
  redirect,
  reject,
  hangup,
  echo,
];

/** The codes of the findings that kinds document. */
export type KindCode = CodeOf<NonNullable<(typeof all)[number]["findings"]>>;

/** The codes that kinds can report, and that the rules or the shape of a flow document. */
export type SharedCode =
  | "bad-pattern"
  | "bad-url"
  | "computed-host"
  | "idle-attribute"
  | "missing-key"
  | "not-allowed"
  | "slow-pattern"
  | "twilio-13243"
  | "unassigned-number";

/** A kind of step in the registry. */
export type Kind = StepKind<unknown, KindCode, KindCode | SharedCode>;

/** Every step kind, in the order of the language page. */
export const kinds: readonly Kind[] = all;

const byName = new Map(kinds.map((kind) => [kind.name, kind]));

/** The kind with this name, if any. */
export function kindNamed(name: string): Kind | undefined {
  return byName.get(name);
}

/** The full definition of a step's kind. */
export function kindOf({ kind }: Pick<Step, "kind">): Kind {
  const found = kindNamed(kind.name);
  if (!found) throw new Error(`unknown step kind ${kind.name}`);
  return found;
}
