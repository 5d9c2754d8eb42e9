/** Plain values → YAML as a person writes it: short maps on one line, long texts folded, comments above steps. */
import { writeYaml } from "../../flow/yaml/write.ts";

/** A value of YAML. A map's key may begin with a space, which keeps numbers in their order, and is not written. */
export type Plain = string | number | boolean | null | readonly Plain[] | PlainMap;

/** A map of such values. */
export interface PlainMap {
  readonly [key: string]: Plain;
}

/** The longest line that is written on purpose. */
const WIDTH = 108;

/** The longest value of a map on one line. */
const SHORT = 44;

/** `key: value`, indented, with a line break. */
export function writePair(key: string, value: Plain, indent: string): string {
  const name = keyOf(key);
  const inline = inlineOf(value);
  const line = `${indent}${name}: ${inline}\n`;
  if (inline !== undefined && line.length <= WIDTH) return line;
  if (isMap(value)) return `${indent}${name}:\n${writeMap(value, `${indent}  `)}`;
  if (isList(value))
    return `${indent}${name}:\n${wrapped(value, `${indent}  `) ?? writeList(value, `${indent}  `)}`;
  return `${indent}${name}: ${scalar(value, `${indent}  `)}\n`;
}

/** The pairs of a map. */
export function writeMap(map: PlainMap, indent: string): string {
  return Object.entries(map)
    .map(([key, value]) => writePair(key, value, indent))
    .join("");
}

/** Whether a map has one value, so that `- hear: Hello.` says it. */
function isPair(value: Plain): boolean {
  if (!isMap(value)) return false;
  const [only, another] = Object.entries(value);
  return (
    only !== undefined && another === undefined && !isMap(only[1]) && !isList(only[1]) && only[0] !== "next"
  );
}

/** A long list of words, several on a line; undefined if it is another list. */
function wrapped(list: readonly Plain[], indent: string): string | undefined {
  const items = list.map((one) => (isMap(one) || isList(one) ? undefined : inlineScalar(one)));
  if (list.length < 6 || items.some((one) => one === undefined || one.length > SHORT / 2)) return undefined;
  const text = items.map((one, index) => `${one}${index === items.length - 1 ? "]" : ","}`);
  return `${folded(text.join("\u0000"), `${indent} `, "\u0000").replace(" ", "").replace(/^( *)/, "$1[")}\n`;
}

function writeList(list: readonly Plain[], indent: string): string {
  return list
    .map((value) => {
      const inline = isPair(value) ? undefined : inlineOf(value);
      if (inline !== undefined && indent.length + inline.length + 2 <= WIDTH) return `${indent}- ${inline}\n`;
      if (isMap(value)) return `${indent}- ${writeMap(value, `${indent}  `).trimStart()}`;
      if (isList(value)) return `${indent}-\n${writeList(value, `${indent}  `)}`;
      return `${indent}- ${scalar(value, `${indent}  `)}\n`;
    })
    .join("");
}

/** A map or a list on one line; undefined if it is too much for one. */
function inlineOf(value: Plain, depth = 0): string | undefined {
  if (isList(value)) {
    const items = value.map((one) => inlineOf(one, depth + 1));
    const isShort = items.every((one) => one !== undefined && one.length <= SHORT);
    return isShort && (depth > 0 || !value.some(isMap)) ? `[${items.join(", ")}]` : undefined;
  }
  if (!isMap(value)) return depth === 0 ? undefined : inlineScalar(value);
  const pairs = Object.entries(value).map(([key, one]) => [keyOf(key), inlineOf(one, depth + 1)] as const);
  if (pairs.length === 0) return "{}";
  // A question has lines of its own.
  if (depth === 0 && "prompt" in value) return undefined;
  if (
    pairs.some(([, one]) => one === undefined || one.length > SHORT + 10) ||
    pairs.length > (depth === 0 ? 4 : 5)
  )
    return undefined;
  return `{ ${pairs.map(([key, one]) => `${key}: ${one}`).join(", ")} }`;
}

function inlineScalar(value: string | number | boolean | null): string | undefined {
  if (typeof value !== "string") return String(value);
  if (value.includes("\n")) return undefined;
  const isPlain = /^(?:[A-Za-z_/][\w .+/@'-]*[\w.+]|[A-Za-z]|\+[1-9]\d{4,14}|https:\/\/[\w./?=%+-]+)$/.test(
    value,
  );
  return isPlain && !RESERVED.test(value) ? value : quotedScalar(value);
}

function quotedScalar(text: string): string {
  return text.includes('"') && !/['\\]/.test(text) ? `'${text}'` : JSON.stringify(text);
}

const RESERVED = /^(?:true|false|null|yes|no|on|off|~)$/i;

function scalar(value: string | number | boolean | null, indent: string): string {
  if (typeof value !== "string") return String(value);
  const isLong = indent.length + value.length > WIDTH;
  const isFoldable = !value.includes("\n") && !/ {2}|^\s|\s$/.test(value) && value.includes(" ");
  if (isLong && isFoldable) return `>-\n${folded(value, indent)}`;
  return writeYaml(value)
    .trimEnd()
    .replace(/\n(?=.)/g, `\n${indent}`);
}

function folded(text: string, indent: string, at = " "): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(at)) {
    if (line !== "" && indent.length + line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => indent + one).join("\n");
}

function keyOf(key: string): string {
  const name = key.startsWith(" ") ? key.slice(1) : key;
  const isPlain = /^(?:[A-Za-z_][\w-]*|\d+(?:-\d+)?)$/.test(name) && !/^(?:true|false|null)$/i.test(name);
  return isPlain ? name : JSON.stringify(name);
}

function isMap(value: Plain): value is PlainMap {
  return typeof value === "object" && value !== null && !isList(value);
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
