/** Definitions of Studio for tests, and what becomes of them. */
import { build } from "../../src/flow/build.ts";
import { type Import, type Imported, importStudio } from "../../src/import/studio/import.ts";

/** A transition: an event, and where it leads. */
type To = Readonly<Record<string, string | undefined>>;

/** A widget, its properties, and its transitions by event. */
export function widget(name: string, type: string, properties: object, to: To = {}): object {
  return {
    name,
    type,
    properties,
    transitions: Object.entries(to).map(([event, next]) => ({ event, next })),
  };
}

/** A Split Based On: conditions as `[type, value, next]`. */
export function split(
  name: string,
  argument: string,
  conditions: readonly (readonly [type: string, value: string, next?: string | undefined])[],
  other?: string,
): object {
  const matches = conditions.map(([type, value, next]) => ({
    event: "match",
    next,
    conditions: [{ friendly_name: "", arguments: [argument], type, value }],
  }));
  return {
    name,
    type: "split-based-on",
    properties: { input: argument },
    transitions: [{ event: "noMatch", next: other }, ...matches],
  };
}

/** The text of a definition whose calls begin at the first widget. */
export function definition(...widgets: readonly object[]): string {
  return beginningOn("incomingCall", widgets);
}

/** The text of a definition whose text conversations begin at the first widget. */
export function conversation(...widgets: readonly object[]): string {
  return beginningOn("incomingMessage", widgets);
}

function beginningOn(event: string, widgets: readonly object[]): string {
  const [first] = widgets;
  const next = first && "name" in first ? String(first.name) : undefined;
  const trigger = widget("Trigger", "trigger", {}, { [event]: next });
  return JSON.stringify({
    description: "A flow",
    states: [trigger, ...widgets],
    initial_state: "Trigger",
    flags: {},
  });
}

/** Imports one definition. */
export function imported(text: string, options: { exact?: boolean } = {}): Imported {
  const { flows, problems } = importStudio([{ name: "line", sid: "", content: text }], options);
  const [flow] = flows;
  if (!flow) throw new Error(problems.map(({ problem }) => problem).join());
  return flow;
}

/** The steps of a flow that was imported, without what comes before them. */
export function steps(text: string, options: { exact?: boolean } = {}): string {
  const { flow } = imported(text, options);
  return flow.slice(flow.indexOf("steps:\n") + "steps:\n".length);
}

/** The findings on all files of an import, as `severity code`. */
export function findingsOf({ flows, stubs }: Import): string[] {
  const texts = [...flows.map(({ name, flow }) => [name, flow] as const), ...stubs];
  const { diagnostics } = build(texts.map(([name, text]) => ({ path: `flows/${name}.yaml`, text })));
  return diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}
