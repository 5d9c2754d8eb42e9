/** What a name stands for, in Markdown: of a step, what it says and where it leads. */
import type { Checked } from "../../flow/analysis/checked.ts";
import { edgesOf } from "../../flow/analysis/graph.ts";
import type { Exit } from "../../flow/language/exit-schema.ts";
import { type Step, sentencesOf } from "../../flow/model/flow.ts";
import { kindOf } from "../../flow/steps/registry.ts";
import type { FileRead } from "../project/read.ts";
import type { Named } from "./references.ts";

/** Describes a name. @param checked the flow with its facts, if it could be checked */
export function describe(named: Named, flow: FileRead | undefined, checked: Checked | undefined): string {
  const { sort, name } = named;
  const step = sort === "step" ? flow?.flow?.steps.find((one) => one.name === name) : undefined;
  if (step) return describeStep(step);
  if (sort === "variable") return describeVariable(name, checked);
  if (sort === "flow")
    return [`**${name}** · flow`, ...described(flow?.flow?.settings.description)].join("\n\n");
  return [`**${name}** · ${sort}`, ...sourceOf(flow, named)].join("\n\n");
}

function describeStep(step: Step): string {
  const { doc } = kindOf(step);
  const said = firstSentences(step).map((text) => `> ${text}`);
  const exits = edgesOf(step).map(({ label, to }) => `- ${label === "" ? "" : `${label} `}→ ${exitName(to)}`);
  return [
    `**${step.name}** · \`${step.kind.name}\``,
    said.join("\n>\n"),
    exits.join("\n"),
    `*${doc.summary}*`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function exitName(to: Exit): string {
  return typeof to === "string" ? `\`${to}\`` : `retry of \`${to.retry}\``;
}

/** How many sentences are shown, and how much of each. */
const MOST_SAID = 4;
const LONGEST = 200;

function firstSentences(step: Step): string[] {
  return sentencesOf(step)
    .slice(0, MOST_SAID)
    .map((text) => {
      const line = text.replaceAll(/\s+/g, " ").trim();
      return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
    });
}

function describeVariable(name: string, checked: Checked | undefined): string {
  const variable = checked?.facts.variables[name];
  if (!variable) return `**${name}** · variable`;
  const { type, keep, sensitive, default: value } = variable;
  const facts = [
    `**${name}** · variable, \`${type}\``,
    ...(type === "recording" ? [] : [`Begins as \`${JSON.stringify(value)}\`.`]),
    ...(sensitive ? ["Sensitive."] : []),
    ...(keep === undefined ? [] : [`Kept as \`${keep}\`.`]),
  ];
  return facts.join("\n\n");
}

function described(text: string | undefined): string[] {
  return text === undefined ? [] : [text];
}

const SECTIONS: Partial<Record<Named["sort"], string>> = { destination: "destinations", hours: "hours" };

/** The lines that declare it. */
function sourceOf(flow: FileRead | undefined, { sort, name }: Named): string[] {
  const section = SECTIONS[sort];
  const root = flow?.root;
  const value = root?.type === "map" ? root.pairs.find(({ key }) => key.text === section)?.value : undefined;
  const pair = value?.type === "map" ? value.pairs.find(({ key }) => key.text === name) : undefined;
  if (!flow || !pair) return [];
  return [`\`\`\`yaml\n${flow.file.text.slice(pair.key.span.start, pair.value.span.end).trimEnd()}\n\`\`\``];
}
