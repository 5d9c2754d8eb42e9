/** A flow of Twilio Studio: the part of a definition that is read here. */

/** A widget: a state of the flow, with its settings and where it leads. */
export interface Widget {
  name: string;
  /** Such as `gather-input-on-call`. */
  type: string;
  properties: Readonly<Record<string, unknown>>;
  transitions: readonly Transition[];
}

/** Where a widget leads after an event. */
export interface Transition {
  /** Such as `keypress`. */
  event: string;
  /** The next widget; undefined if nothing is connected, which ends the call. */
  next?: string;
  /** Of a Split Based On: all of them have to be true. */
  conditions: readonly Condition[];
}

/** A condition of a Split Based On. */
export interface Condition {
  /** What is compared, a Liquid text such as `{{widgets.menu.Digits}}`. */
  argument: string;
  /** Such as `equal_to`. */
  type: string;
  value: string;
}

/** A whole flow. */
export interface Definition {
  description: string;
  /** The widget that an execution begins at: the trigger. */
  initial: string;
  widgets: readonly Widget[];
}

/** A property as a text: numbers and booleans as Liquid prints them, anything else is empty. */
export function textIn({ properties }: Widget, name: string): string {
  const value = properties[name];
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" ? value : "";
}

/** A property as a whole number; undefined if it is not one. */
export function wholeIn(widget: Widget, name: string): number | undefined {
  const text = textIn(widget, name).trim();
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The transition of an event; one that leads nowhere if the widget has none. */
export function transitionOf({ transitions }: Widget, event: string): Transition {
  return transitions.find((one) => one.event === event) ?? { event, conditions: [] };
}

/** The names and values of a list property, such as the parameters of a Run Function. */
export function pairsIn({ properties }: Widget, name: string): [key: string, value: string][] {
  const list = properties[name];
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown): [string, string][] => {
    if (typeof one !== "object" || one === null) return [];
    const { key, value } = { key: undefined, value: undefined, ...one };
    return typeof key === "string" && key !== "" ? [[key, plainText(value)]] : [];
  });
}

function plainText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
