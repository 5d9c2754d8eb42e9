/** The conversion on one screen: a definition → a flow and what to say about it. */
import { type Conversion, endOf, type PartNeeded, type Road } from "./conversion.ts";
import type { Definition } from "./definition.ts";
import { firstOfMessages, type Graph, graphOf } from "./graph.ts";
import { type Notes, newNotes } from "./notes.ts";
import { type Converted, convertRoad, FIRST_MESSAGE } from "./road.ts";
import { offerHours } from "./shape/hours.ts";
import { joined } from "./shape/join.ts";
import { mergedIn } from "./shape/leads.ts";
import { named } from "./shape/names.ts";
import { withoutCircles } from "./shape/silent.ts";
import { declared, readIn, withoutUnreadSaves, withUsed } from "./shape/used.ts";
import { Exit, type Step } from "./step.ts";
import type { Variable } from "./values/declared.ts";
import { Values } from "./values/values.ts";
import { readInPlace } from "./widgets/reply/shape.ts";

/** Options of the conversion. */
export interface Options {
  /** Keeps circles of silence as they are. */
  exact?: boolean;
  /** The names of flows that are imported too, by SID. */
  flows?: ReadonlyMap<string, string>;
  /** Whether another flow runs this one. */
  isRun?: boolean;
  /** Whether only text conversations run it. */
  isForText?: boolean;
}

/** A flow, before it is written. */
export interface Draft {
  description: string;
  start: string | undefined;
  onMessage: string | undefined;
  isPart: boolean;
  /** The variables that flows which run this one can store. */
  gives: readonly string[];
  variables: readonly Variable[];
  steps: readonly Step[];
  parts: readonly PartNeeded[];
  notes: Notes;
  graph: Graph;
  values: Values;
}

/** Converts a definition. */
export function convert(
  definition: Definition,
  { exact = false, flows = new Map(), isRun = false, isForText = false }: Options = {},
): Draft {
  const graph = graphOf(definition);
  const notes = newNotes();
  const values = new Values(graph, notes);
  const parts = new Map<string, PartNeeded>();
  const isPart = isRun || isOnlyRun(graph);
  const merged = mergedIn(graph);
  const invalid = new Map<string, Exit>();
  const contextOf = (road: Road): Conversion => ({
    graph,
    values,
    notes,
    road,
    exact,
    merged,
    parts,
    flows,
    invalid,
    end: endOf(road, isPart),
  });
  values.readInPlace(readInPlace(contextOf("text")));
  const voice = voiceRoad(contextOf(isForText ? "text" : "voice"), isPart ? partRoad(graph) : CALLS);
  const text = textRoad(contextOf("text"));
  const c = contextOf("voice");
  const filled = withUsed(c, [...voice.steps, ...text.steps]);
  for (const step of filled) noteResults(step, parts);
  const begun = withFirstMessage(values, filled, text.first);
  const { steps: lean, roots } = joined([...begun.steps, ...filled], [voice.first, begun.first]);
  const cut = withoutUnreadSaves(withoutCircles(c, lean)).map((step) => offerHours(c, step));
  const [all, from] = begunByStep(cut, roots);
  const { steps, names } = named(all, from);
  const [start, onMessage] = from.map((root) => (root.isWord ? undefined : names.get(root.to)));
  return {
    description: definition.description,
    start,
    onMessage,
    isPart,
    gives: [],
    variables: declared(values.declared.variables, steps),
    steps,
    parts: [...parts.values()],
    notes,
    graph,
    values,
  };
}

/** The events of the trigger that are calls. */
const CALLS = ["incomingCall", "incomingRequest"] as const;

/** The key of a step for a call that the original does not answer. */
const NOTHING = "call/";

/** A flow begins with a step, even if calls end at once. */
function begunByStep(steps: Step[], roots: Exit[]): [steps: Step[], roots: Exit[]] {
  const [begin, ...others] = roots;
  if (!begin?.isWord) return [steps, roots];
  const nothing: Step = { key: NOTHING, wish: "call", widgets: [], kind: "branch", body: [{ next: begin }] };
  return [
    [nothing, ...steps],
    [new Exit(NOTHING), ...others],
  ];
}

/** Whether only other flows can begin it: no call and no message does. */
function isOnlyRun(graph: Graph): boolean {
  const isCalled = CALLS.some((event) => graph.roads.has(event));
  return !isCalled && firstOfMessages(graph) === undefined && graph.roads.has("incomingParent");
}

/** The event at which a part begins: a flow can be run without a road for it. */
function partRoad({ roads }: Graph): string[] {
  return ["incomingParent", ...CALLS].filter((event) => roads.has(event)).slice(0, 1);
}

/** What a flow does when it is called, and when it calls. */
function voiceRoad(c: Conversion, events: readonly string[]): Converted {
  const [first, other] = [...new Set(events.flatMap((event) => c.graph.roads.get(event) ?? []))];
  if (first === undefined) return { first: c.end, steps: [] };
  const road = convertRoad(c, first);
  if (other === undefined) return road;
  const request = convertRoad(c, other);
  const keys = new Set(road.steps.map(({ key }) => key));
  const who: Step = {
    key: "direction/",
    wish: "who",
    widgets: [],
    kind: "branch",
    body: [{ when: 'call.direction == "outbound-api"', next: request.first }, { next: road.first }],
  };
  return {
    first: new Exit(who.key),
    steps: [who, ...road.steps, ...request.steps.filter(({ key }) => !keys.has(key))],
  };
}

/** What a flow does with a text message. */
function textRoad(c: Conversion): Converted {
  const first = firstOfMessages(c.graph);
  return first === undefined ? { first: c.end, steps: [] } : convertRoad(c, first);
}

/** The beginning of a text conversation: it keeps what later questions would hide of the first message. */
function withFirstMessage(values: Values, steps: readonly Step[], first: Exit): Converted {
  const read = readIn(steps);
  const kept = values.ofFirstMessage.filter(([{ name }]) => read.has(name));
  if (kept.length === 0) return { first, steps: [] };
  const body = Object.fromEntries(kept.map(([{ name }, cel]) => [name, `{{ ${cel} }}`]));
  const set: Step = { key: FIRST_MESSAGE, wish: "texted", widgets: [], kind: "set", body, next: first };
  return { first: new Exit(set.key), steps: [set] };
}

/** The results that a flow wants of its sub-flows. */
function noteResults({ kind, body }: Step, parts: ReadonlyMap<string, PartNeeded>): void {
  if (kind !== "run" || typeof body !== "object" || body === null || !("flow" in body) || !("save" in body))
    return;
  const part = [...parts.values()].find(({ name }) => name === body.flow);
  if (part && typeof body.save === "object" && body.save !== null)
    for (const name of Object.values(body.save)) part.gives.add(String(name));
}
