/** Names of steps and variables, from those of widgets. */
import { EXIT_WORDS } from "../../flow/language/exit-schema.ts";

/** A widget's name as lower-case words with hyphens: `SendToFlex` and `send_to_flex` are `send-to-flex`. */
export function kebab(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return /^[a-z]/.test(words) ? words : words === "" ? "step" : `step-${words}`;
}

/** A name as a variable's: letters, digits and underscores. */
export function variableName(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^[A-Za-z]/.test(words) ? words : `value_${words}`;
}

/** What a widget asks for, from its name: `GatherExtension` asks for the `extension`. */
export function subjectOf(widget: string): string {
  const words = kebab(widget).split("-");
  const kept = words.filter((word) => !GENERIC.has(word) && !/^\d+$/.test(word));
  return variableName((kept.length === 0 ? ["answer"] : kept).join("_"));
}

/** Words that say what kind of widget it is. */
const GENERIC = new Set(
  "gather input get enter ask on call say play step http post request function fetch send and reply wait for sms".split(
    " ",
  ),
);

/** Whether a name is one that Studio gives, such as `say_play_1`, and says nothing. */
export function isGeneric(name: string): boolean {
  return /^(?:say|play|say_play|gather|gather_input(?:_on_call)?|split|set_variables|http|function|connect_call|send_message|send_and_reply|record_voicemail)(?:_\d+)?$/i.test(
    name,
  );
}

/** A name for each wish, none twice and none an exit's. */
export class Taken {
  readonly #names = new Set<string>(EXIT_WORDS);

  /** The wish, with a number if it is taken. */
  take(wish: string, separator = "-"): string {
    let name = wish;
    for (let count = 2; this.#names.has(name); count++) name = `${wish}${separator}${count}`;
    this.#names.add(name);
    return name;
  }
}
