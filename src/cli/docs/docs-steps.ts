/**
 * docs/steps/: a page for each step kind, with its example, what is heard when that is called, and all that its file
 * says of it; and their index.
 */
import { SIDE_ROADS } from "../../flow/language/side-roads.ts";
import type { StepKind } from "../../flow/steps/kind.ts";
import { kinds } from "../../flow/steps/registry.ts";
import { anchorOf, fenced, table } from "../docs-markdown.ts";
import { describeSent } from "../play/sent.ts";
import { type ExampleCalls, playExample } from "./docs-calls.ts";
import { exitsSection } from "./docs-exits.ts";
import { keysOf, keyTable, takes } from "./docs-schema.ts";
import { titlesOf } from "./docs-twiml.ts";

const LANGUAGE = "../language.md";

const INDEX = `# Kinds of steps

This page is made by \`npm run docs\` from the step files. Do not edit it.

A step of a flow is of one kind. Each kind has a page: an example, what is heard when it is called, its keys, its exits and
its findings. What holds for all of them is on the page of [the flow language](${LANGUAGE}).
`;

/** The table of all kinds; `folder` is where their pages are, as seen from the page that it stands on. */
export function kindsTable(folder: string): string {
  return table(
    ["kind", "what it does"],
    kinds.map(({ name, doc }) => [`[\`${name}\`](${folder}${name}.md)`, doc.summary]),
  );
}

/** The index of the kinds' pages. */
export function kindsIndex(): string {
  return `${INDEX}\n${kindsTable("")}`;
}

/** One kind's page; throws a Problem where its example's calls do not go as written. */
export async function kindPage(kind: StepKind): Promise<string> {
  const played = await playExample(kind);
  const sections = [
    headOf(kind),
    example(played),
    heard(played),
    twiml(kind, played),
    keys(kind),
    exitsSection(kind, LANGUAGE),
    findings(kind),
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function headOf({ name, doc, beside = [] }: StepKind): string {
  const note = `This page is made by \`npm run docs\` from \`src/flow/steps/${name}.ts\`. Do not edit it.`;
  const around = `[All kinds of steps](README.md) · [the flow language](${LANGUAGE})`;
  // A kind's text names sections of the language page as that page itself would.
  const text = doc.text.replaceAll("](#", `](${LANGUAGE}#`);
  const places = beside.map((road) => `- ${SIDE_ROADS[road]}\n`).join("");
  const roads = places === "" ? [] : [`It may run beside the call:\n\n${places}`];
  return [`# ${name}\n`, `${note}\n`, `${doc.summary}\n`, `${text}\n`, ...roads, `${around}\n`].join("\n");
}

function example({ flows: [own, ...others] }: ExampleCalls): string {
  const beside = others.map(({ path, text }) => `Beside it, \`${path}\`:\n\n${fenced("yaml", text)}`);
  return ["## Example\n", fenced("yaml", own?.text ?? ""), ...beside].join("\n");
}

function heard({ test, calls }: ExampleCalls): string {
  const intro =
    "These calls to it were played when this page was made. They are written down as any " +
    `[test](${LANGUAGE}#tests) is, here in \`${test.path}\`:`;
  const played = calls.map(({ name, transcript, sent }) => {
    const lines = [...transcript, ...sent.map((one) => `sent meanwhile: ${describeSent(one)}`)];
    return `**${name}**\n\n${fenced("text", lines.join("\n"))}`;
  });
  const legend =
    "And this is what comes of them, as `npx ringflow test --verbose` prints it: what the caller hears and what the call " +
    "does, and behind `>` what the test has the caller, or the other end, do.";
  return ["## What is heard\n", `${intro}\n`, fenced("yaml", test.text), `${legend}\n`, ...played].join("\n");
}

function twiml(kind: StepKind, played: ExampleCalls): string {
  const links = titlesOf([kind]).map((title) => `[${title}](../twiml.md#${anchorOf(title)})`);
  const written = links.length > 0 ? [`It writes: ${links.join(" · ")}.\n`] : [];
  const intro =
    "The first of these calls begins with this document; `…` stands for the Worker's own addresses.\n";
  return ["## What Twilio gets\n", intro, fenced("xml", played.twiml), ...written].join("\n");
}

function keys({ name, schema, keys: texts }: StepKind): string {
  const documented = keysOf(schema, LANGUAGE).filter((key) => Object.hasOwn(texts, key.name));
  const parts = ["## Keys\n", valuesOf(name, takes(schema, LANGUAGE)), keyTable(documented, texts)];
  return parts.filter((part) => part !== "").join("\n");
}

/** What may stand behind a kind's name. */
function valuesOf(name: string, values: readonly string[]): string {
  if (values.length < 2) return values.map((value) => `\`${name}:\` takes: ${value}.\n`).join("");
  return `\`${name}:\` takes one of these:\n\n${values.map((value) => `- ${value}\n`).join("")}`;
}

function findings({ findings: docs = [] }: StepKind): string {
  if (docs.length === 0) return "";
  const rows = docs.map(({ code, severity, summary }) => [
    `[${code}](../findings.md#${code})`,
    severity,
    summary,
  ]);
  const intro = "What `npx ringflow check` finds in steps of this kind, besides what it finds in any step:\n";
  return ["## Findings\n", intro, table(["finding", "severity", "when"], rows)].join("\n");
}
