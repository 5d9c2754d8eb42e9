/** Plays a call or a text conversation of the original, as Studio would: what is heard, what is sent, and what happens. */
import { pairsIn, textIn, transitionOf, type Widget } from "../definition.ts";
import type { Graph } from "../graph.ts";
import { render } from "../liquid/render.ts";
import { holds } from "../values/holds.ts";
import { isReply } from "../values/replies.ts";
import { happen, hear, send } from "./happens.ts";
import { optionsOf } from "./options.ts";
import type { Played } from "./played.ts";
import type { Option, World } from "./world.ts";

/** The caller, and the number called. */
export const [CALLER, LINE] = ["+14155550111", "+14155550100"];

/** The text message that begins a conversation. */
const FIRST = "Hello";

/** The most widgets in a call, and the most visits to one. */
const [LONGEST, VISITS] = [60, 3];

interface State {
  widgets: Record<string, Record<string, unknown>>;
  variables: Record<string, string>;
  visits: Map<string, number>;
  asked: string;
  /** What was sent on the way back to a question, as a part of it; undefined if the next message is one of its own. */
  joined: string[] | undefined;
  /** Whether the last question by text message had no answer: what is sent next is a message of its own. */
  isSilent: boolean;
  /** What each widget has left in all its visits, by the first key of the path. */
  left: Map<string, Set<string>>;
}

/** Plays a call in which the caller, services and others choose these options, and then the most usual ones. */
export function playOriginal(graph: Graph, world: World, first: string, picks: readonly number[]): Played {
  const played: Played = {
    isText: world.isText,
    lines: [],
    heard: [],
    edges: [],
    choices: [],
    answers: new Map(),
  };
  const state: State = {
    widgets: {},
    variables: {},
    visits: new Map(),
    asked: "",
    joined: undefined,
    isSilent: false,
    left: new Map(),
  };
  if (world.isText) played.lines.push({ text: FIRST });
  let name: string | undefined = first;
  for (let count = 0; name !== undefined; count++) {
    const widget = graph.widgets.get(name);
    if (!widget) break;
    const visits = (state.visits.get(name) ?? 0) + 1;
    state.visits.set(name, visits);
    if (count > LONGEST || visits > VISITS) return { ...played, reason: "too long" };
    const took = visit(world, widget, state, played, picks);
    if (typeof took === "string") return { ...played, reason: took };
    const edge = `${name} ${took.edge}`;
    played.edges.push(edge);
    if (world.notes.joinedTexts.has(edge) && !state.isSilent) state.joined = [];
    if (isChanged(world, widget, took, state)) return { ...played, reason: "changed" };
    name = took.next;
  }
  if (!world.isText) played.lines.push("end");
  return played;
}

interface Took {
  edge: string;
  event: string;
  next: string | undefined;
}

function visit(
  world: World,
  widget: Widget,
  state: State,
  played: Played,
  picks: readonly number[],
): Took | string {
  if (readsStale(world, widget, state)) return "it reads what an earlier visit left";
  const scope = scopeOf(state);
  hear(widget, scope, played);
  switch (widget.type) {
    case "split-based-on":
      return split(widget, scope);
    case "say-play":
      return along(widget, "audioComplete");
    case "set-variables":
      assign(widget, state);
      return along(widget, "next");
    case "send-message":
      tell(widget, scope, state, world, played);
      return along(widget, "sent");
    default:
      return choose(world, widget, state, played, picks);
  }
}

function assign(widget: Widget, state: State): void {
  for (const [key, source] of pairsIn(widget, "variables")) {
    const value = render(source, scopeOf(state)).trim();
    state.variables[key] = value;
    state.widgets[widget.name] = { ...state.widgets[widget.name], [key]: value };
  }
}

/** Sends a message, or keeps it for the question that it is a part of. */
function tell(widget: Widget, scope: object, { joined }: State, world: World, played: Played): void {
  const text = render(textIn(widget, "body"), scope).trim();
  if (joined) joined.push(text);
  else send(text, world, played);
}

/** Takes the option of a widget that waits for the caller, a service or somebody else. */
function choose(
  world: World,
  widget: Widget,
  state: State,
  played: Played,
  picks: readonly number[],
): Took | string {
  const scope = scopeOf(state);
  if (isReply(widget)) {
    const text = render(textIn(widget, "body"), scope).trim();
    send([...(state.joined ?? []), text].join(" "), world, played);
    state.joined = undefined;
  }
  const options = optionsOf(world, widget);
  const index = picks[played.choices.length] ?? 0;
  const option = options?.[index];
  if (!options || !option) return `${widget.type} is not played`;
  played.choices.push({ index, count: options.length, label: option.label, widget: widget.name });
  happen(widget, option, scope, played);
  if (widget.type === "gather-input-on-call" || isReply(widget)) state.asked = widget.name;
  if (isReply(widget)) state.isSilent = option.event === "timeout";
  leave(state, widget, option);
  return along(widget, option.event);
}

function leave({ left, widgets }: State, { name }: Widget, { leaves }: Option): void {
  widgets[name] = { ...leaves };
  left.set(name, new Set([...(left.get(name) ?? []), ...Object.keys(leaves)]));
}

/**
 * Whether a widget reads what another left in an earlier visit and not in the last one, such as the key that was pressed
 * before a silence: whether Studio forgets it is not known.
 */
function readsStale({ paths, values }: World, { name }: Widget, { left, widgets }: State): boolean {
  return paths.some((path) => {
    const [root, source, field] = path.map(String);
    if (root !== "widgets" || source === undefined || field === undefined) return false;
    const isStale = left.get(source)?.has(field) === true && !Object.hasOwn(widgets[source] ?? {}, field);
    return isStale && values.sources.readersOf(path).includes(name);
  });
}

function along(widget: Widget, event: string): Took {
  return { edge: event, event, next: transitionOf(widget, event).next };
}

function split(widget: Widget, scope: object): Took | string {
  for (const [index, { event, next, conditions }] of widget.transitions.entries()) {
    if (event !== "match") continue;
    const results = conditions.map((one) => holds(render(one.argument, scope), one));
    if (results.includes(undefined)) return "it depends on the time, or is not known";
    if (results.every((one) => one)) return { edge: `match ${index}`, event, next };
  }
  return along(widget, "noMatch");
}

/** An exit that leads elsewhere in the flow than in the original. */
function isChanged({ notes }: World, widget: Widget, { event, next }: Took, { asked }: State): boolean {
  const { changedExits } = notes;
  if (changedExits.has(`${widget.name} ${event}`)) return true;
  if (changedExits.has(`${widget.name} > ${next}`)) return true;
  return (
    widget.type === "split-based-on" &&
    event === "noMatch" &&
    next === undefined &&
    changedExits.has(`${asked} noMatch`)
  );
}

function scopeOf({ widgets, variables }: State): object {
  return {
    widgets,
    flow: { variables, channel: { address: LINE }, sid: "CA0123" },
    contact: { channel: { address: CALLER } },
    trigger: {
      From: CALLER,
      To: LINE,
      call: { From: CALLER, To: LINE },
      message: { From: CALLER, To: LINE, Body: FIRST, NumMedia: "0" },
    },
  };
}
