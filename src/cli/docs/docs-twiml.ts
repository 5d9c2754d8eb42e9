/** docs/twiml.md: all of TwiML for voice, how flows write it, and what they leave out and why. */
import type { JsonSchema } from "../../flow/language/mark.ts";
import type { AnyKind } from "../../flow/steps/kind.ts";
import { kinds } from "../../flow/steps/registry.ts";
import { SSML } from "../../flow/twiml/ssml.ts";
import { LEFT_OUT, type LeftOut, type TwimlRow, twimlRows } from "../../flow/twiml-table.ts";

const INTRO = `# TwiML, as flows write it

Every element and attribute of TwiML for voice, and how a flow writes it. \`…\` marks where the attributes go. The
compiler writes the attributes marked *always*. A test compares this page's table with Twilio's own SDK, attribute by
attribute, and compiles every row.`;

/** The page, as Markdown. */
export function twimlTable(): string {
  const sections = elementsOf(kinds).map(section);
  return [INTRO, ...sections, markup(), leftOut(), ""].join("\n\n");
}

/** The headings of the page's sections about what these kinds write. */
export function titlesOf(written: readonly AnyKind[]): string[] {
  return elementsOf(written).flatMap(([first]) => (first ? [titleOf(first)] : []));
}

/** The rows of each element, without speech markup. */
function elementsOf(written: readonly AnyKind[]): TwimlRow[][] {
  const rows = twimlRows(written).filter(({ parent, element }) => !isMarkup(parent) && !isMarkup(element));
  return groupBy(rows, ({ parent, element }) => `${parent} ${element}`);
}

function titleOf({ parent, element }: TwimlRow): string {
  return parent === "Response" ? element : `${element} in ${parent}`;
}

function isMarkup(element: string): boolean {
  return Object.hasOwn(SSML, element);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

function section(rows: readonly TwimlRow[]): string {
  const [first = { parent: "", element: "", example: "" }] = rows;
  const title = `${first.parent === "Response" ? "##" : "###"} ${titleOf(first)}`;
  const attributes = rows.filter(({ attribute }) => attribute !== undefined);
  const table = attributes.map(
    ({ attribute, schema }) => `| \`${attribute}\` | ${schema ? inWords(schema) : "*always*"} |`,
  );
  const head = table.length === 0 ? [] : ["", "| attribute | value |", "|---|---|", ...table];
  return [title, "", "```yaml", first.example, "```", ...head].join("\n");
}

/** The values of an attribute, in words. */
function inWords(schema: JsonSchema): string {
  const [first, second] = schema.anyOf ?? [];
  if (first && second?.type === "array") return `${inWords(first)}; one, or a list`;
  const one = first ?? schema;
  if (one.enum && second?.type === "integer") return `${one.enum.join(", ")}, or ${inWords(second)}`;
  if (one.enum) return one.enum.map((word) => `\`${word}\``).join(", ");
  if (one.type === "boolean") return "`true`, `false`";
  if (one.type === "integer")
    return one.maximum === undefined ? `${one.minimum} or more` : `${one.minimum} to ${one.maximum}`;
  if (one["x-says"] !== undefined) return one["x-says"];
  return one["x-mark"] === "url" ? "a URL" : "text";
}

function markup(): string {
  const lines = Object.entries(SSML).map(([tag, { attributes, holds = [] }]) => {
    const names = Object.keys(attributes).map((name) => `\`${name}\``);
    return `| \`<${tag}>\` | ${names.join(", ")} | ${holds.map((inner) => `\`<${inner}>\``).join(", ")} |`;
  });
  const intro = "Speech markup is written in the texts themselves, for voices of Polly and Google.";
  return [
    "## Markup in Say",
    "",
    intro,
    "",
    "| element | attributes | can contain, besides text |",
    "|---|---|---|",
    ...lines,
  ].join("\n");
}

function leftOut(): string {
  const lines = LEFT_OUT.map((one) => `| ${nameOf(one)} | ${one.why} |`);
  return ["## What flows do not write", "", "| TwiML | why |", "|---|---|", ...lines].join("\n");
}

function nameOf({ parent, element, attribute }: LeftOut): string {
  const tag = parent === "Response" ? `<${element}>` : `<${parent}><${element}>`;
  return attribute === undefined ? `\`${tag}\`` : `\`${attribute}\` of \`${tag}\``;
}
