/** Replies by text message: until the next question, the message itself has what was written. */
import type { Widget } from "../definition.ts";
import { type Graph, leadsTo, reachedFrom } from "../graph.ts";
import type { Cel } from "../liquid/cel.ts";

const REPLY = "send-and-wait-for-reply";

/** Whether a widget waits for a text message. */
export function isReply({ type }: Widget): boolean {
  return type === REPLY;
}

/** Whether another message can be the last one after a widget: a sub-flow can ask, too. */
function waits(widget: Widget): boolean {
  return isReply(widget) || widget.type === "run-subflow";
}

/** A value of the last text message. */
export interface MessageField extends Cel {
  /** The variable for the value of the message that began a conversation. */
  first: string;
}

const FIELDS: Readonly<Record<string, MessageField>> = {
  Body: { cel: "message.body", type: "string", first: "first_message" },
  MediaUrl0: { cel: "message.media", type: "string", first: "first_picture" },
  NumMedia: { cel: "size(message.attachments)", type: "int", first: "first_pictures" },
};

/** All values of the last text message. */
export const MESSAGE_FIELDS: readonly MessageField[] = Object.values(FIELDS);

/** What the last text message has for `inbound.Body` and such; undefined for another path. */
export function messageCel([inbound, field, more]: readonly (string | number)[]): Cel | undefined {
  const known = Object.hasOwn(FIELDS, String(field)) ? FIELDS[String(field)] : undefined;
  if (inbound !== "inbound" || more !== undefined || !known) return undefined;
  return { cel: known.cel, type: known.type };
}

/**
 * Whether one of the widgets reads a reply when it is not the last message: before it, or after another question. The
 * question's own text counts, too, as it is sent before there is a reply.
 */
export function isReadElsewhere(graph: Graph, reply: Widget, readers: readonly string[]): boolean {
  const { widgets } = graph;
  const isOwn = (name: string): boolean => name === reply.name;
  const from = (names: readonly string[]): string[] =>
    names.flatMap((name) => [...reachedFrom(name, widgets, isOwn)]);
  const after = from(nextOf(reply));
  const others = after.flatMap((name) => {
    const widget = widgets.get(name);
    return widget && waits(widget) && !isOwn(name) ? [widget] : [];
  });
  const [soon, elsewhere] = [
    new Set(after),
    new Set([
      reply.name,
      ...from([...graph.roads.values()]),
      ...others.flatMap((other) => [other.name, ...from(nextOf(other))]),
    ]),
  ];
  return readers.some((name) => elsewhere.has(name) || !soon.has(name));
}

function nextOf({ transitions }: Widget): string[] {
  return transitions.flatMap(({ next }) => next ?? []);
}

/** Whether a question comes before a widget, so that the last message is not the one that began the conversation. */
export function isAfterReply(graph: Graph, name: string): boolean {
  return [...graph.widgets.values()].some((widget) => waits(widget) && leadsTo(graph, widget.name, name));
}
