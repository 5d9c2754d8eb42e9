/**
 * SSML inside authors' texts. Only `<` with the name of an element that Twilio supports begins an element; any other
 * `<`, and every `&`, is literal ("SSML under Say").
 */
import { HOLE_CHARACTERS } from "../language/text.ts";

/** What an attribute's value looks like, and in words. */
interface Value {
  pattern: RegExp;
  says: string;
}

/** An element's attributes, and the elements that it can contain. */
interface Shape {
  attributes: Readonly<Record<string, Value>>;
  /** Undefined for an empty element. */
  holds?: readonly string[];
}

const ANY: Value = { pattern: /^/, says: "a text" };
const words = (list: string): Value => ({
  pattern: new RegExp(`^(?:${list.replaceAll(" ", "|")})$`),
  says: `one of ${list.replaceAll(" ", ", ")}`,
});
/** One of a few words, or an amount. */
const amount = (list: string, units: string, such: string): Value => ({
  pattern: new RegExp(`^(?:${list.replaceAll(" ", "|")}|[+-]?\\d+(?:\\.\\d+)?(?:${units})?)$`),
  says: `one of ${list.replaceAll(" ", ", ")}, or an amount such as ${such}`,
});
/** Amazon Polly, "break": ten seconds at most. */
const TIME: Value = {
  pattern: /^(?:(?:10(?:\.0+)?|\d(?:\.\d+)?)s|(?:10000|\d{1,4})(?:\.\d+)?ms)$/,
  says: "seconds such as 1.5s or 500ms, at most ten",
};

const LEAVES = ["break", "phoneme", "say-as", "sub"];
const PHRASES = [...LEAVES, "emphasis", "lang", "prosody", "w"];
const ALL = [...PHRASES, "p", "s"];

/** SSML elements that Twilio speaks, with the nesting that its own builder allows. */
export const SSML: Readonly<Record<string, Shape>> = {
  break: {
    attributes: { strength: words("none x-weak weak medium strong x-strong"), time: TIME },
  },
  emphasis: { attributes: { level: words("strong moderate reduced") }, holds: PHRASES },
  lang: {
    attributes: {
      "xml:lang": { pattern: /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, says: "a language tag such as fr-FR" },
    },
    holds: ALL,
  },
  p: { attributes: {}, holds: [...PHRASES, "s"] },
  phoneme: {
    attributes: {
      alphabet: words("ipa x-sampa x-amazon-jyutping x-amazon-pinyin x-amazon-pron-kana x-amazon-yomigana"),
      ph: ANY,
    },
    holds: [],
  },
  prosody: {
    attributes: {
      volume: amount("default silent x-soft soft medium loud x-loud", "dB", "+6dB"),
      rate: amount("default x-slow slow medium fast x-fast", "%", "90%"),
      pitch: amount("default x-low low medium high x-high", "%|st|Hz", "+10%"),
    },
    holds: ALL,
  },
  s: { attributes: {}, holds: PHRASES },
  "say-as": {
    attributes: {
      "interpret-as": words(
        "characters spell-out cardinal number ordinal digits fraction unit date time address expletive telephone",
      ),
      format: words("mdy dmy ymd md dm ym my d m y yyyymmdd"),
    },
    holds: [],
  },
  sub: { attributes: { alias: ANY }, holds: [] },
  w: { attributes: { role: ANY }, holds: [...LEAVES, "emphasis", "prosody"] },
};

/** A text with SSML in it. */
export type SsmlNode =
  | string
  | { tag: string; attributes: [name: string, value: string][]; children: SsmlNode[] };

/** The problem with a text's SSML, and its offset. */
interface SsmlProblem {
  at: number;
  message: string;
}

const NAMES = Object.keys(SSML).join("|");
const TAG = new RegExp(`<(/?)(${NAMES})((?:\\s+[A-Za-z:-]+\\s*=\\s*(?:"[^"]*"|'[^']*'))*)\\s*(/?)>`, "g");
const ATTRIBUTE = /([A-Za-z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** A malformed tag with a known name. */
const BROKEN = new RegExp(`</?(?:${NAMES})(?=[\\s/>])`);

/** Deeper than any text that is spoken; keeps every walk over the elements far from the end of the stack. */
const DEEPEST = 50;

type Open = { tag: string; at: number; attributes: [string, string][]; children: SsmlNode[] };

/** Splits a text at its SSML elements; reports malformed SSML. */
export function parseSsml(text: string): { nodes: SsmlNode[]; problem?: SsmlProblem } {
  const root: Open = { tag: "", at: 0, attributes: [], children: [] };
  const open: Open[] = [root];
  let from = 0;
  const addWords = (end: number): SsmlProblem | undefined => {
    const piece = text.slice(from, end);
    const broken = BROKEN.exec(piece);
    if (piece !== "") open.at(-1)?.children.push(piece);
    return broken
      ? { at: from + broken.index, message: "this SSML element cannot be read; check its quotes" }
      : undefined;
  };
  for (const match of text.matchAll(TAG)) {
    const problem = addWords(match.index) ?? applyTag(open, match);
    if (problem) return { nodes: root.children, problem };
    from = match.index + match[0].length;
  }
  const problem = addWords(text.length) ?? unclosed(open);
  return problem ? { nodes: root.children, problem } : { nodes: root.children };
}

const LITERAL_TAG = /<\/?([A-Za-z][\w:-]*)(?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>/g;

/** The first tag in a text that Twilio does not know: it would be read out. */
export function literalTag(text: string): (SsmlProblem & { length: number }) | undefined {
  for (const { 0: tag, 1: name = "", index } of text.matchAll(LITERAL_TAG)) {
    if (Object.hasOwn(SSML, name)) continue;
    const message =
      name === "speak"
        ? "`<speak>` would be read out, because Twilio adds its own around each prompt; remove it"
        : `\`<${name}>\` would be read out; Twilio speaks the elements ${Object.keys(SSML).join(", ")}`;
    return { at: index, length: tag.length, message };
  }
  return undefined;
}

function applyTag(open: Open[], match: RegExpExecArray): SsmlProblem | undefined {
  const [, slash, tag = "", attributes = "", empty] = match;
  const top = open.at(-1);
  if (slash) return close(open, tag, match.index);
  const node: Open = { tag, at: match.index, attributes: readAttributes(attributes), children: [] };
  const message = tooDeep(open) ?? misplaced(tag, top?.tag ?? "") ?? wrongAttribute(node);
  if (message) return { at: match.index, message };
  top?.children.push(node);
  if (!empty && SSML[tag]?.holds) open.push(node);
  return undefined;
}

function close(open: Open[], tag: string, at: number): SsmlProblem | undefined {
  if (open.at(-1)?.tag !== tag)
    return { at, message: `</${tag}> has no opening tag here; add <${tag}>, or remove it` };
  open.pop();
  return undefined;
}

function tooDeep(open: readonly Open[]): string | undefined {
  if (open.length <= DEEPEST) return undefined;
  return `SSML elements are nested more than ${DEEPEST} deep here; remove some of them`;
}

function misplaced(tag: string, parent: string): string | undefined {
  const holds = parent === "" ? ALL : (SSML[parent]?.holds ?? []);
  if (holds.includes(tag)) return undefined;
  return `<${tag}> cannot be inside <${parent}>; close <${parent}> before it`;
}

function wrongAttribute({ tag, attributes }: Open): string | undefined {
  const known = SSML[tag]?.attributes ?? {};
  for (const [name, value] of attributes) {
    const shape = Object.hasOwn(known, name) ? known[name] : undefined;
    const names = Object.keys(known);
    const advice = names.length === 0 ? "it has no attributes" : `it has ${names.join(", ")}`;
    if (!shape) return `<${tag}> has no attribute ${name}; ${advice}`;
    // The value of a hole is known only during the call.
    if (!shape.pattern.test(value) && !HOLE_CHARACTERS.test(value))
      return `<${tag}> does not accept ${name}="${value}"; write ${shape.says}`;
  }
  return undefined;
}

function unclosed(open: Open[]): SsmlProblem | undefined {
  const last = open.length > 1 ? open.at(-1) : undefined;
  return (
    last && { at: last.at, message: `<${last.tag}> is never closed; write </${last.tag}> where it ends` }
  );
}

function readAttributes(text: string): [string, string][] {
  return [...text.matchAll(ATTRIBUTE)].map(([, name = "", double, single]) => [name, double ?? single ?? ""]);
}
