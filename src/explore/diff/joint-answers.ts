/** What can come where calls of two flows wait at the same verb: all that either of them asks for, and what it is to each. */
import { type Answer, actionOf } from "../answers/answer.ts";
import { takenBy } from "../answers/gather.ts";
import type { CallEvent, Waiting } from "../exploration.ts";

/** An event, and what it is to both. */
export interface JointAnswer {
  event: CallEvent;
  was: Answer;
  now: Answer;
  /** Set if only one of them tells it apart from other input. */
  only?: "was" | "now";
}

/** Something that can come in one flow only, such as a called person who declines. */
export interface LoneAnswer {
  event: CallEvent;
  /** With what is done beside the call before it: `answered (key 1)`. */
  label: string;
  only: "was" | "now";
}

/** Joins the answers at one verb. */
export function jointAnswers(
  was: { waiting: Waiting; answers: readonly Answer[] },
  now: { waiting: Waiting; answers: readonly Answer[] },
): { both: JointAnswer[]; lone: LoneAnswer[] } {
  const [before, after] = [byKey(was.answers), byKey(now.answers)];
  const both: JointAnswer[] = [];
  const lone: LoneAnswer[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(key), after.get(key)];
    if (one && other) both.push({ event: other.event, was: one, now: other, ...onlyOf(one, other) });
    else if (one) {
      const taken = takenElsewhere(one, now);
      if (taken) both.push({ event: one.event, was: one, now: taken, ...onlyOf(one, taken) });
      else lone.push({ event: one.event, label: labelOf(one), only: "was" });
    } else if (other) {
      const taken = takenElsewhere(other, was);
      if (taken) both.push({ event: other.event, was: taken, now: other, ...onlyOf(taken, other) });
      else lone.push({ event: other.event, label: labelOf(other), only: "now" });
    }
  }
  return { both, lone };
}

function labelOf({ event, aside }: Answer): string {
  const labels = aside?.labels ?? [];
  return labels.length === 0 || event.label.includes(labels.join(", "))
    ? event.label
    : `${event.label} (${labels.join(", ")})`;
}

function onlyOf(was: Answer, now: Answer): Pick<JointAnswer, "only"> {
  if (was.isOther === now.isOther) return {};
  return { only: now.isOther ? "was" : "now" };
}

function byKey(answers: readonly Answer[]): Map<string, Answer> {
  const found = new Map<string, Answer>();
  for (const answer of answers) {
    const key = keyOf(answer);
    // Asides that differ only in what they set are compared once.
    if (!found.has(key)) found.set(key, answer);
  }
  return found;
}

function keyOf({ event, aside }: Answer): string {
  const { From: _, To: __, ...params } = event.params;
  return JSON.stringify([
    event.kind,
    event.kind === "outcome" ? event.label : "",
    params,
    aside?.labels ?? [],
  ]);
}

/** What an answer of one flow is to the other, which does not ask for it; undefined if it cannot come there. */
function takenElsewhere(
  answer: Answer,
  { waiting: { element }, answers }: { waiting: Waiting; answers: readonly Answer[] },
): Answer | undefined {
  const { event, aside } = answer;
  if (element.name === "Gather") return takenBy(element, event);
  if (element.name === "Dial" || element.name === "Enqueue") {
    const outcome = untimed(answer);
    const same = answers.find((one) => untimed(one) === outcome);
    return same && { ...same, event };
  }
  return aside ? undefined : { event, next: actionOf(element) };
}

/** An outcome without its seconds: a flow that does not tell these apart has it with all of them. */
function untimed({ event, aside }: Answer): string {
  const { From: _, To: __, DialCallDuration: ___, QueueTime: ____, ...params } = event.params;
  return JSON.stringify([params, aside?.labels ?? []]);
}
