/** The registry of step kinds. */
import type { CodeOf } from "../language/diagnostic.ts";
import type { KindFacts, Step } from "../model/flow.ts";
import { ask } from "./ask/ask.ts";
import { branch } from "./branch.ts";
import { connect } from "./connect/connect.ts";
import { dial } from "./dial/dial.ts";
import { echo } from "./echo.ts";
import { enqueue } from "./enqueue/enqueue.ts";
import { gather } from "./gather/gather.ts";
import { hangup } from "./hangup.ts";
import type { OwnKind, StepKind } from "./kind.ts";
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
  ask,
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

/** Ringflow's own kinds of step. */
type BuiltInKind = StepKind<unknown, KindCode, KindCode | SharedCode>;

/** A kind of step that flows can use. */
type Kind = BuiltInKind | OwnKind;

/** Every step kind of Ringflow's own, in the order of the language page. */
export const kinds: readonly BuiltInKind[] = all;

/** The kinds of step that the flows of a project can use. */
export interface Kinds {
  all: readonly Kind[];
  /** The kind with this name, if any. */
  named(name: string): Kind | undefined;
}

/** Ringflow's kinds, and a project's own. */
export function kindsWith(own: readonly OwnKind[]): Kinds {
  const every = [...kinds, ...own];
  const byName = new Map(every.map((kind) => [kind.name, kind]));
  return { all: every, named: (name) => byName.get(name) };
}

/** The kinds of a project without any of its own. */
export const BUILT_IN = kindsWith([]);

/** Ringflow's kind with this name, if any. */
export function kindNamed(name: string): BuiltInKind | undefined {
  return kinds.find((kind) => kind.name === name);
}

/** The full definition of a step's kind. */
export function kindOf({ kind }: Pick<Step, "kind">): Kind {
  if (!isKind(kind)) throw new Error(`unknown step kind ${kind.name}`);
  return kind;
}

// A step has the kind that the registry has for it: graph and rules only see less of it.
function isKind(kind: KindFacts): kind is Kind {
  return "compile" in kind;
}
