/** A section of the language page for each step kind: what it does, an example, what Twilio gets, and its keys. */
import { readEvent } from "../engine/event.ts";
import { newCall, turn } from "../engine/turn.ts";
import { build } from "../flow/build.ts";
import type { Doc, StepKind } from "../flow/steps/kind.ts";
import type { Program } from "../program/program.ts";
import { keysOf } from "./docs-schema.ts";

/** A document that is longer is not shown, in characters. */
const LONGEST_SHOWN = 900;

/** One kind's section. */
export function kindSection(kind: StepKind): string {
  const { name, doc } = kind;
  const example = doc.example.trim();
  const parts = [
    `### ${name}\n`,
    `${doc.summary}\n`,
    fenced("yaml", example),
    ...Object.entries(doc.parts ?? {}).map(
      ([part, text]) => `\`flows/${part}.yaml\`:\n\n${fenced("yaml", text.trim())}`,
    ),
    twimlOf(example, doc),
    `${doc.text}\n`,
    keyTable(kind),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\`\n`;
}

function keyTable({ schema, keys }: StepKind): string {
  const documented = keysOf(schema).filter(({ name }) => Object.hasOwn(keys, name));
  if (documented.length === 0) return "";
  const rows = documented.map(({ name, value, required }) => {
    return `| \`${name}\` | ${value} | ${keys[name]}${required ? " Has to be there." : ""} |`;
  });
  return ["| key | value | what it is for |", "|---|---|---|", ...rows, ""].join("\n");
}

/** The first document that a call to the example gets, where it is short. */
function twimlOf(example: string, { parts = {}, audio }: Doc): string {
  const others = Object.entries(parts).map(([name, text]) => ({ path: `flows/${name}.yaml`, text }));
  const { programs } = build([{ path: "flows/example.yaml", text: example }, ...others], audio);
  const program = programs.find(({ flow }) => flow === "example");
  const document = program && firstDocument(program);
  if (document === undefined || document.length > LONGEST_SHOWN) return "";
  return `A call that comes to it gets:\n\n${fenced("xml", document)}`;
}

/** Monday, noon in New York: when the examples are called. */
const NOON = Date.parse("2026-11-23T12:00:00-05:00");
const CALLER = {
  CallSid: "CA0",
  From: "+14155550111",
  FromCity: "San Francisco",
  FromCountry: "US",
  CallerName: "Ada",
};

function firstDocument(program: Program): string | undefined {
  const place = { step: program.start, block: "enter" };
  const world = { now: NOON, env: {} };
  const { pieces, next, error } = turn(program, place, newCall("CA0"), readEvent(CALLER), world);
  if (error !== undefined) return undefined;
  const xml = pieces
    .map((piece) => (typeof piece === "string" ? piece : `…/${next?.step}/${piece.link}`))
    .join("");
  return indented(xml.replace(/^<\?xml[^>]*\?>/, ""));
}

/** Every verb on a line of its own, and what stands in it below. */
function indented(xml: string): string {
  let depth = 0;
  const lines: string[] = [];
  for (const [piece] of xml.matchAll(
    /<(Say|Play|Number|Sip|Client|Redirect|Queue|Conference)\b(?:[^>]*[^/])?>.*?<\/\1>|<[^>]+>/gs,
  )) {
    const isOwn =
      !/^<(Response|\/Response|Gather|\/Gather|Dial|\/Dial)\b/.test(piece) || piece.endsWith("/>");
    if (piece.startsWith("</")) depth--;
    lines.push("  ".repeat(Math.max(0, depth)) + piece);
    if (!isOwn && !piece.startsWith("</")) depth++;
  }
  return lines.join("\n");
}
