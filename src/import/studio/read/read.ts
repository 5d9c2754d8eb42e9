/** Stage 1: the text of a file, or a value from Twilio's API → a definition, or why it is not one. */
import { isMap } from "../../../program/is-map.ts";
import type { Condition, Definition, Transition, Widget } from "../definition.ts";
import { jsonIn } from "./embedded.ts";

/** A definition, or a sentence that says why there is none. */
export type Read = { definition: Definition } | { problem: string };

/** The most widgets that Studio allows in a flow is far less. */
const MOST_WIDGETS = 5000;

/** Reads a file: JSON, JSON inside `{definition}`, or a JavaScript module or HCL around it. */
export function readText(text: string): Read {
  const value = jsonIn(text);
  if (value === undefined)
    return { problem: "There is no JSON with `states` in it. Export the flow from Studio: Show Flow JSON." };
  return readDefinition(value);
}

/** Reads a value that may be a definition, or hold one. */
export function readDefinition(value: unknown): Read {
  const inner = unwrapped(value);
  if (!isMap(inner))
    return { problem: "The JSON is not the definition of a Studio flow: it has no `states`." };
  const { states, initial_state, description } = inner;
  if (!Array.isArray(states)) return { problem: "`states` is not a list of widgets." };
  if (states.length > MOST_WIDGETS) return { problem: `The flow has more than ${MOST_WIDGETS} widgets.` };
  const widgets: Widget[] = [];
  for (const [index, state] of states.entries()) {
    const read = widgetOf(state);
    if (typeof read === "string") return { problem: `In \`states\`, widget ${index + 1} ${read}.` };
    if (widgets.some(({ name }) => name === read.name))
      return { problem: `Two widgets are called "${read.name}".` };
    widgets.push(read);
  }
  return whole(widgets, textOf(initial_state), textOf(description));
}

function whole(widgets: readonly Widget[], named: string, description: string): Read {
  const trigger = widgets.find(({ type }) => type === "trigger");
  const initial = named === "" ? trigger?.name : named;
  if (initial === undefined) return { problem: "The flow has no trigger, so no call can begin." };
  if (widgets.find(({ name }) => name === initial)?.type !== "trigger")
    return { problem: `\`initial_state\` is "${initial}", which is not a trigger of the flow.` };
  return { definition: { description: description.trim(), initial, widgets } };
}

/** The definition in a file of Twilio's CLI, of Terraform's state, or of the REST API. */
function unwrapped(value: unknown, depth = 0): unknown {
  if (depth > 4) return undefined;
  if (typeof value === "string" && value.trimStart().startsWith("{"))
    return unwrapped(jsonIn(value), depth + 1);
  if (Array.isArray(value) && value.length === 1) return unwrapped(value[0], depth + 1);
  if (!isMap(value) || "states" in value) return value;
  return unwrapped(value.definition ?? value.flow, depth + 1);
}

/** A widget, or what is wrong with it. */
function widgetOf(state: unknown): Widget | string {
  if (!isMap(state)) return "is not an object";
  const { name, type, properties = {}, transitions = [] } = state;
  if (typeof name !== "string" || name.trim() === "") return "has no name";
  if (typeof type !== "string" || type === "") return `("${name}") has no type`;
  if (!isMap(properties)) return `("${name}") has \`properties\` that are not an object`;
  if (!Array.isArray(transitions)) return `("${name}") has \`transitions\` that are not a list`;
  return { name, type, properties, transitions: transitions.flatMap(transitionFrom) };
}

function transitionFrom(value: unknown): Transition[] {
  if (!isMap(value) || typeof value.event !== "string") return [];
  const { event, next, conditions } = value;
  const all = Array.isArray(conditions) ? conditions.flatMap(conditionFrom) : [];
  return [{ event, conditions: all, ...(typeof next === "string" && next !== "" && { next }) }];
}

function conditionFrom(value: unknown): Condition[] {
  if (!isMap(value) || typeof value.type !== "string") return [];
  const [argument] = Array.isArray(value.arguments) ? value.arguments : [];
  return [{ argument: textOf(argument), type: value.type, value: textOf(value.value) }];
}

function textOf(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" ? value : "";
}
