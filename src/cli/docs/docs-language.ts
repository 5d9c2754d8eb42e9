/** docs/language.md: the prose of language.md, with tables and sections made from the code in it. */
import { readFile } from "node:fs/promises";
import { functionDocs } from "../../flow/language/functions.ts";
import { HoursSetting, SETTING_DOCS, Settings, VariableSetting } from "../../flow/model/settings.ts";
import { FIELDS } from "../../program/expression.ts";
import { table } from "./docs-markdown.ts";
import { keysOf, keyTable } from "./docs-schema.ts";
import { kindsTable } from "./docs-steps.ts";

const NOTE =
  "This page is made by `npm run docs` from `src/cli/docs/language.md` and the step files. Do not edit it.";

const TEST = `\`\`\`yaml
flow: front-desk
scenarios:
  - name: at noon, key 1 rings the front desk and falls to voicemail
    at: 2026-11-23T12:00:00-05:00
    from: +14155550111
    script:
      - hear: Thank you for calling
      - press: 1
      - dial: reception
        callee: [hears: A call for]
        status: no-answer
      - hear: leave a message
      - record: 12
      - hear: Thank you
      - end
\`\`\``;

/** What stands in the place of \`<!-- name -->\`. */
const PARTS: Readonly<Record<string, () => string>> = {
  note: () => NOTE,
  settings: settingsTable,
  fields: fieldsTable,
  functions: functionRows,
  variables: () => keyTable(keysOf(VariableSetting), VARIABLE_DOCS),
  hours: () => keyTable(keysOf(HoursSetting), HOURS_DOCS),
  kinds: () => kindsTable("steps/"),
  test: () => TEST,
};

/** The whole page. */
export async function languagePage(): Promise<string> {
  const prose = await readFile(new URL("language.md", import.meta.url), "utf8");
  return prose.replace(/^<!-- ([a-z]+) -->$/gm, (_marker, name) => {
    const part = PARTS[name];
    if (!part) throw new Error(`language.md asks for "${name}", and there is no such part`);
    return part().trimEnd();
  });
}

const VARIABLE_DOCS: Record<string, string> = {
  type: "What it holds.",
  default: "What it holds before anything is assigned.",
  maxLength: "The longest text it keeps, in characters; 200 if left out. What is longer is cut.",
  sensitive: "Keeps it out of the log, and lets it be heard or sent only through `reveal()`.",
  keep: "Lets it [outlive the call](#what-lasts): `flow` for all who call, `caller` for each by number.",
};

const HOURS_DOCS: Record<string, string> = {
  timezone: "The zone in which they are reckoned, such as `Europe/London`.",
  open: "Spans by day: one, or a list.",
  closed: "Dates on which nothing is open: of one year, or of every year.",
  special: "Dates with hours of their own; an empty list is none.",
};

function settingsTable(): string {
  const known = new Map(keysOf(Settings).map((key) => [key.name, key]));
  const keys = Object.keys(SETTING_DOCS).map((name) => {
    const value = known.get(name)?.value ?? "map: lower-case words with hyphens → step";
    return { name, value, required: false };
  });
  return keyTable(keys, SETTING_DOCS);
}

function fieldsTable(): string {
  const rows = Object.entries(FIELDS).map(([root, fields]) => {
    const names = Object.entries(fields).map(
      ([name, type]) => `\`${name}\`${type === "string" ? "" : ` (${TYPES[type]})`}`,
    );
    return [`\`${root}\``, names.join(", ")];
  });
  return table(["name", "its fields"], [...rows, ["`vars`", "the flow's [variables](#variables)"]]);
}

const TYPES: Record<string, string> = { bool: "true or false", double: "a number", int: "a whole number" };

function functionRows(): string {
  return functionDocs
    .map(({ call, gives, example }) => {
      const shown = example ? `\`${example.text}\` | \`${example.value}\`` : " | ";
      return `| \`${call}\` | ${gives} | ${shown} |`;
    })
    .join("\n");
}
