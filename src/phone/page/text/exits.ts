/** The exits that a turn took. The Worker reports steps; which of several exits led from one to the next, its cause says. */

import type { FlowView } from "../contract/flow.ts";
import type { EdgeView } from "../contract/steps.ts";
import type { ServiceRequestView, TurnView } from "../contract/turn.ts";
import { edgeKey } from "./route.ts";

/** A webhook: its parameters, and the turn that it led to. */
export interface Answered {
  params: Readonly<Record<string, string>>;
  turn?: TurnView;
}

/** A move from one step to the next, by names as in the turn's path. */
interface TakenExit {
  from: string;
  to: string;
  /** Absent if several exits lead there, and nothing says which was taken. Empty for `next`. */
  label?: string;
}

/** The exits of one turn, in order. */
export function exitsOf({ turn, params }: Answered, flows: readonly FlowView[]): TakenExit[] {
  if (!turn) return [];
  const { path, flow: entry, serviceRequests = [] } = turn;
  return path.slice(1).map((to, index): TakenExit => {
    const from = path[index] ?? "";
    const labels = labelsBetween(from, to, entry, flows);
    const asked = serviceRequests.findLast(({ step }) => step === from);
    const label = asked ? byAnswer(labels, asked) : byInput(labels, index === 0 ? params : {});
    return { from, to, ...(label !== undefined && { label }) };
  });
}

/** The labels that are lit, by line of a flow's diagram; a line that is not in here is lit as a whole. */
export function litLabels(
  flow: string,
  entries: readonly Answered[],
  flows: readonly FlowView[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const lit = new Map<string, Set<string>>();
  for (const entry of entries) {
    for (const { from, to, label } of exitsOf(entry, flows)) {
      const [at, own] = split(from, entry.turn?.flow ?? "");
      if (at !== flow || label === undefined) continue;
      const target = to === "hangup" || to === "return" ? `${own} ${to}` : split(to, at)[1];
      const key = edgeKey(own, target);
      lit.set(key, (lit.get(key) ?? new Set()).add(label));
    }
  }
  return lit;
}

/** A name in a path as its flow, and its name there. */
function split(name: string, entry: string): [flow: string, step: string] {
  const dot = name.indexOf(".");
  return dot < 0 ? [entry, name] : [name.slice(0, dot), name.slice(dot + 1)];
}

function labelsBetween(from: string, to: string, entry: string, flows: readonly FlowView[]): string[] {
  const [flow, own] = split(from, entry);
  const [, target] = split(to, entry);
  const edges = flows.find(({ name }) => name === flow)?.edges.filter((edge) => edge.from === own) ?? [];
  const isExit = (wanted: string) => (edge: EdgeView) => edge.to === wanted && !edge.sideRoad;
  const direct = edges.filter(isExit(target));
  return (direct.length > 0 ? direct : edges.filter(isExit("back"))).map(({ label }) => label);
}

/** By a service's answer. */
function byAnswer(labels: readonly string[], asked: ServiceRequestView): string | undefined {
  const outcome = outcomeOf(asked);
  const isGood = /^2\d\d$/.test(outcome);
  const wanted = [outcome, `${outcome[0]}xx`, isGood ? "" : "else"];
  return wanted.find((label) => labels.includes(label)) ?? only(labels);
}

/** A service's answer as `status` names it. */
export function outcomeOf({ outcome, answer }: ServiceRequestView): string {
  return outcome ?? String(answer.status);
}

/** Parameters that say how something ended, and their good ends. */
const OUTCOMES = ["DialCallStatus", "QueueResult", "Result", "ReferCallStatus", "MessageStatus"];
const GOOD = ["completed", "answered", "bridged", "success", "delivered", "sent"];

/** By what the caller did, or by how a dial ended. */
function byInput(labels: readonly string[], params: Answered["params"]): string | undefined {
  if (labels.length < 2) return only(labels);
  const { Digits = "", SpeechResult = "" } = params;
  const key = Digits === "" ? undefined : labels.find((label) => isKey(label, Digits));
  if (key !== undefined) return key;
  const outcome = OUTCOMES.flatMap((name) => params[name] ?? [])[0];
  if (outcome !== undefined)
    return [outcome, GOOD.includes(outcome) ? "" : "else"].find((one) => labels.includes(one));
  if (Digits === "" && SpeechResult === "")
    return ["silence", "otherwise"].find((one) => labels.includes(one));
  return undefined;
}

function only(labels: readonly string[]): string | undefined {
  return labels.length === 1 ? labels[0] : undefined;
}

/** Whether keys take the exit `key 1`, or `key 100-199`. */
function isKey(label: string, digits: string): boolean {
  const [, keys = "", last] = /^key ([^-]+)(?:-(.+))?$/.exec(label) ?? [];
  if (last === undefined) return keys === digits;
  return digits.length === keys.length && keys <= digits && digits <= last;
}
