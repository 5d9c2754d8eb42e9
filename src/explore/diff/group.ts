/** Differences as changes: one for each cause, however many ways, moments and answers of services meet it. */
import type { Begin, Edge, ServiceAnswer } from "../exploration.ts";
import { CHANGE_KINDS, type Change } from "./change.ts";
import { type Difference, POSSIBLE } from "./differences.ts";
import { describe, whereOf } from "./sentences.ts";
import { type NameOf, targetOf } from "./target.ts";
import type { Pair, Stride, Walked } from "./walk.ts";
import { beginsAtPairs, whenOf } from "./when.ts";

/** What is needed to write changes down. */
export interface Told {
  walked: Walked;
  begins: readonly Begin[];
  nameOf: NameOf;
  /** Writes a call down; the way is one of the new flow. */
  callOf(way: readonly Edge[]): Change["call"];
}

/** A change, and how long its shortest call is. */
interface Ordered {
  change: Change;
  length: number;
}

/** Groups differences. */
export function groupChanges(differences: readonly Difference[], told: Told): Change[] {
  const groups = Map.groupBy(differences, (one) => keyOf(one, told.walked.pairs));
  const atPairs = beginsAtPairs(told.walked);
  const alike = Map.groupBy(told.walked.strides, (stride) => eventKey(stride, told.walked.pairs));
  const found = [...groups.values()].map((group) => changeOf(group, told, { atPairs, alike }));
  return found.sort(inOrder).map(({ change }) => change);
}

function inOrder(one: Ordered, other: Ordered): number {
  const rank = ({ change }: Ordered): number => CHANGE_KINDS.indexOf(change.kind);
  return rank(one) - rank(other) || one.length - other.length;
}

/** The same for what one edit of a flow causes. */
function keyOf({ kind, was, now, about, stride }: Difference, pairs: readonly Pair[]): string {
  if (kind === "voice") return JSON.stringify([kind, was, now]);
  if (kind !== "key" || about === POSSIBLE) return JSON.stringify([kind, was, now, about]);
  // Without the key, the caller is asked again in words of their own.
  return JSON.stringify([kind, stepAt(stride, pairs), stride.only, stride.only === "now" ? now : was]);
}

function stepAt({ from }: Stride, pairs: readonly Pair[]): string | undefined {
  return from === undefined ? undefined : pairs[from]?.was.waiting.step;
}

function eventKey(stride: Stride, pairs: readonly Pair[]): string {
  return JSON.stringify([stepAt(stride, pairs) ?? "", stride.event.kind, stride.event.label]);
}

interface Index {
  atPairs: readonly ReadonlySet<number>[];
  /** The strides on the same event of the same step. */
  alike: ReadonlyMap<string, readonly Stride[]>;
}

function changeOf(group: readonly Difference[], told: Told, index: Index): Ordered {
  const { pairs } = told.walked;
  const strides = [...new Set(group.map(({ stride }) => stride))];
  const ways = strides.map((stride) => wayOf(stride, told.walked));
  const shortest = ways.reduce((best, way) => (way.length < best.length ? way : best));
  const first = group[ways.indexOf(shortest)] ?? group[0];
  if (!first) throw new Error("A group of differences is empty.");
  const here = strides.filter((one) => stepAt(one, pairs) === stepAt(first.stride, pairs));
  const when = conditionOf(strides, told, index);
  const subject = {
    difference: first,
    events: [...new Set(here.map(eventOf))],
    at: placeOf(first.stride, told),
    places: new Set(strides.map((one) => stepAt(one, pairs))).size,
    when,
  };
  const call = told.callOf(shortest);
  return {
    length: shortest.length,
    change: {
      kind: first.kind,
      message: describe(subject),
      where: whereOf(subject),
      was: first.was,
      now: first.now,
      when,
      ...(call && { call }),
      way: shortest.map(({ event }) => event.label).slice(1),
      steps: {
        was: stepsOf(strides, ({ was }) => was.path),
        now: stepsOf(strides, ({ now }) => now.path),
      },
    },
  };
}

/** What these strides have in common, and others on the same events have not: how the call began, and its answers. */
function conditionOf(strides: readonly Stride[], told: Told, { atPairs, alike }: Index): string {
  const others = strides
    .map((stride) => eventKey(stride, told.walked.pairs))
    .flatMap((key) => alike.get(key) ?? [])
    .filter((stride) => !strides.includes(stride));
  const beginsOf = (all: readonly Stride[]): Set<number> =>
    new Set(all.flatMap(({ from, begin }) => (from === undefined ? [begin.id] : [...(atPairs[from] ?? [])])));
  const parts = [whenOf(told.begins, beginsOf(strides), beginsOf(others)), answersIn(strides, others)];
  return parts.filter((part) => part !== "").join(", ");
}

function eventOf({ event, asides }: Stride): string {
  const labels = asides.now?.labels ?? [];
  const beside = labels.length > 0 && event.kind === "outcome" && !event.label.startsWith("while waiting");
  return beside ? `${event.label} (${labels.join(", ")})` : event.label;
}

function stepsOf(strides: readonly Stride[], pathOf: (stride: Stride) => readonly string[]): string[] {
  return [...new Set(strides.flatMap(pathOf))].filter((step) => step !== "hangup");
}

/** The place before an event; undefined at the begin of a call. */
function placeOf({ from }: Stride, { walked, nameOf }: Told): string | undefined {
  const pair = from === undefined ? undefined : walked.pairs[from];
  if (!pair) return undefined;
  const via = walked.strides[pair.via];
  const { waiting, call } = pair.was;
  const heard = via?.to === pair.id ? via.was.heard : [];
  return targetOf({ waiting, call, path: [], heard, effects: [], answers: [] }, nameOf).at;
}

/** What services answer on the strides, if it is not all that they can. */
function answersIn(strides: readonly Stride[], others: readonly Stride[]): string {
  const labels = (all: readonly Stride[]): string[] => [
    ...new Set(all.map(({ now, asides }) => answersText([...(asides.now?.answers ?? []), ...now.answers]))),
  ];
  const here = labels(strides);
  const apart = labels(others).filter((label) => !here.includes(label));
  if (apart.length === 0 || here.length === 0) return "";
  return here
    .filter((label) => label !== "")
    .slice(0, 2)
    .join(", or ");
}

function answersText(answers: readonly ServiceAnswer[]): string {
  return answers.map(({ url, label }) => `${hostOf(url)} answers ${label}`).join(", then ");
}

function hostOf(url: string): string {
  return /^https?:\/\/([^/?]+)/.exec(url)?.[1] ?? url;
}

/** The shortest way through a stride, as the new flow has it. */
function wayOf(stride: Stride, { pairs, strides }: Walked): Edge[] {
  const way: Edge[] = [];
  let at: Stride | undefined = stride;
  while (at) {
    way.push(edgeOf(at));
    const pair: Pair | undefined = at.from === undefined ? undefined : pairs[at.from];
    if (pair?.way) return [...pair.way, ...way.reverse()];
    at = pair && strides[pair.via];
  }
  return way.reverse();
}

function edgeOf({ id, begin, event, now, asides }: Stride): Edge {
  const { answers, path, heard, effects } = now;
  return {
    id,
    to: id,
    begin: begin.id,
    event,
    answers: [...(asides.now?.answers ?? []), ...answers],
    path,
    asides: asides.now?.paths ?? [],
    heard,
    seconds: heard.reduce((sum, one) => sum + ("seconds" in one ? one.seconds : 0), 0),
    effects,
  };
}
