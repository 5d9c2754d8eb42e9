/** What people answer to a question by text message. */
import { optOutWord } from "../../../program/opt-out.ts";
import type { Widget } from "../definition.ts";
import { findsMore } from "../notes.ts";
import { valuesOf } from "../values/compared.ts";
import type { Values } from "../values/values.ts";
import { durationOf, secondsOf } from "../widgets/reply/timeout.ts";
import type { Option, World } from "./world.ts";

/** A picture if the flow looks for one, what people write, and nothing for too long. */
export function replies({ values, paths, notes }: World, widget: Widget): Option[] {
  const seesPictures = paths.some(
    ([, name, , field]) => name === widget.name && /^(?:MediaUrl0|NumMedia)$/.test(String(field)),
  );
  return [
    ...(seesPictures
      ? [writing("a picture", { MediaUrl0: PICTURE }, { text: "Here", media: [PICTURE] })]
      : []),
    ...textsFor(values, widget)
      .filter((text) => !findsMore(notes, widget.name, text))
      .map((text) => writing(text, {}, { text })),
    // No longer: the time for the next question would be running.
    { label: "no reply", event: "timeout", leaves: {}, line: { wait: durationOf(secondsOf(widget)) } },
  ];
}

const PICTURE = "https://example.com/picture.jpg";

function writing(label: string, media: object, line: { text: string; media?: string[] }): Option {
  const inbound = { Body: line.text, NumMedia: String(Object.keys(media).length), ...media };
  return { label, event: "incomingMessage", leaves: { inbound }, line };
}

function textsFor(values: Values, widget: Widget): string[] {
  const compared = values.sources.comparedWith(["widgets", widget.name, "inbound", "Body"]);
  const named = compared.flatMap((one) => valuesOf(one).slice(0, 2)).filter(isText);
  if (named.length === 0) return ["an answer"];
  if (!compared.some(({ type }) => /^(?:less|greater)_than/.test(type)))
    return [...new Set([...named, "something else"])];
  return [...new Set(named.flatMap((one) => [one, String(Number(one) - 1), String(Number(one) + 1)]))];
}

/** Whether a text reaches a flow: Twilio keeps some to itself. */
function isText(text: string): boolean {
  return text !== "" && optOutWord(text) === undefined;
}
