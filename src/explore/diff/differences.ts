/** What differs after one event: whether the two are still at one place, and what is heard, set and sent on the way there. */
import type { Arrival } from "../advance.ts";
import type { Heard } from "../exploration.ts";
import type { ChangeKind } from "./change.ts";
import { compareEffects } from "./effects.ts";
import { compareHeard } from "./heard.ts";
import { elsewhere, type Place, type Places } from "./places.ts";
import { compareSettings } from "./settings.ts";
import { type NameOf, namesIn, targetOf, verbOf } from "./target.ts";
import type { Instead, Pair, Stride } from "./walk.ts";

/** One difference, at one event. */
export interface Difference {
  kind: ChangeKind;
  stride: Stride;
  was: string;
  now: string;
  /** What it is about besides: the setting, or who hears it. */
  about: string;
}

/** What is known of both flows. */
export interface Known {
  was: Places;
  now: Places;
  nameOf: NameOf;
}

/** The differences of a stride, and how the walk continues. */
export interface Compared {
  differences: Difference[];
  isSame: boolean;
  instead: Instead[];
}

/** Compares where an event has led both. */
export function compareStride(stride: Stride, known: Known): Compared {
  const { was, now } = stride;
  const [before, after] = [targetOf(was, known.nameOf), targetOf(now, known.nameOf)];
  const moved = { was: elsewhere(known.was, after, before), now: elsewhere(known.now, before, after) };
  const isMoved = before.signature !== after.signature && moved.was.length + moved.now.length > 0;
  if (verbOf(was) !== verbOf(now) || isMoved) {
    const kind = kindOf(stride);
    const difference = { kind, stride, was: before.does, now: after.does, about: "" };
    const places = { was: known.was.at(after.signature), now: known.now.at(before.signature) };
    return { differences: [difference], isSame: false, instead: insteadOf(stride, places) };
  }
  const isRenamed = was.waiting && now.waiting && isOther(namesIn(was.waiting), namesIn(now.waiting));
  const renamed = isRenamed
    ? [{ kind: kindOf(stride), stride, was: before.does, now: after.does, about: "" }]
    : [];
  return { differences: [...renamed, ...within(stride)], isSame: true, instead: [] };
}

function isOther(was: readonly string[], now: readonly string[]): boolean {
  return JSON.stringify(was) !== JSON.stringify(now);
}

function kindOf({ was, now, only }: Stride): ChangeKind {
  const isFailure = (ended: string | undefined): boolean => ended === "apology" || ended === "problem";
  if (isFailure(now.ended) && !isFailure(was.ended)) return "failure";
  return only ? "key" : "exit";
}

/** What differs although both are at one place. */
function within(stride: Stride): Difference[] {
  const { was, now, asides } = stride;
  const difference =
    (kind: ChangeKind, about = "") =>
    (change: { was: string; now: string }) => ({
      kind,
      stride,
      was: change.was,
      now: change.now,
      about,
    });
  const heard = compareHeard(was.heard, now.heard);
  const beside = compareHeard(asides.was?.heard ?? [], asides.now?.heard ?? []);
  const settings =
    was.waiting && now.waiting ? compareSettings(was.waiting.element, now.waiting.element) : [];
  const effects = compareEffects(
    [...(asides.was?.effects ?? []), ...was.effects],
    [...(asides.now?.effects ?? []), ...now.effects],
  );
  return [
    ...heard.texts.map(difference("prompt")),
    ...heard.voices.map(difference("voice")),
    ...beside.texts.map(difference("prompt", "beside the call")),
    ...beside.voices.map(difference("voice", "beside the call")),
    ...settings.map((one) => difference("setting", one.name)(one)),
    ...effects.map((one) => difference(one.kind)(one)),
  ];
}

/** What differs in what runs beside calls, or without one. */
export function compareBeside(stride: Stride, about: string): Difference[] {
  const { was, now } = stride;
  const heard = compareHeard([...was.heard, ...replyOf(was)], [...now.heard, ...replyOf(now)]);
  const difference = (kind: ChangeKind) => (change: { was: string; now: string }) => ({
    kind,
    stride,
    was: change.was,
    now: change.now,
    about,
  });
  return [
    ...heard.texts.map(difference("prompt")),
    ...heard.voices.map(difference("voice")),
    ...compareEffects(was.effects, now.effects).map((one) => difference(one.kind)(one)),
  ];
}

/** The answer to a text message is not TwiML of a call. */
function replyOf({ refused = "" }: Arrival): Heard[] {
  const text = refused.replace(/<[^>]*>/g, " ").trim();
  return text === "" ? [] : [{ kind: "said", text, language: "", voice: "", seconds: 0 }];
}

/** What can come at a pair in one of the flows only. */
export function compareLone({ lone, was, now, begin, id }: Pair): Difference[] {
  const labels = (side: "was" | "now"): string =>
    lone.flatMap(({ only, label }) => (only === side ? [label] : [])).join(", ");
  const [event] = lone.map((one) => one.event);
  if (!event) return [];
  const ends = { path: [], heard: [], effects: [], answers: [] };
  const stride: Stride = {
    id: -1,
    from: id,
    begin,
    event,
    asides: { was: undefined, now: undefined },
    was: { ...ends, call: was.call, waiting: was.waiting },
    now: { ...ends, call: now.call, waiting: now.waiting },
  };
  return [{ kind: "key", stride, was: labels("was"), now: labels("now"), about: POSSIBLE }];
}

/** What a difference is about if something can come in one of the flows only. */
export const POSSIBLE = "possible";

/** Calls of the two at one place: where the one came now, the other comes by another way. */
function insteadOf(
  { was, now }: Stride,
  places: { was: readonly Place[]; now: readonly Place[] },
): Instead[] {
  const [other] = places.now.flatMap(({ standing, way }) => (standing ? [{ standing, way }] : []));
  const [before] = places.was.flatMap(({ standing }) => standing ?? []);
  return [
    ...(was.waiting && other
      ? [{ was: { waiting: was.waiting, call: was.call }, now: other.standing, way: other.way() }]
      : []),
    ...(now.waiting && before ? [{ was: before, now: { waiting: now.waiting, call: now.call } }] : []),
  ];
}
