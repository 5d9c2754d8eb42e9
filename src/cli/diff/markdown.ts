/** A comparison as a comment on a pull request: a headline, a table, and what is long in folds. */
import type { Change } from "../../explore/diff/change.ts";
import { writeYaml } from "../../flow/yaml/write.ts";
import {
  callText,
  countChanges,
  type DiffReport,
  type FlowReport,
  isQuiet,
  NOTHING,
  NOTHING_FOUND,
} from "./report.ts";
import { compareWords } from "./words.ts";

/** Says what a change does to callers. */
export function markdownOf({ flows, since }: DiffReport): string {
  const told = flows.filter((one) => !isQuiet(one));
  const quiet = flows.filter(isQuiet).map(({ flow }) => `\`${flow}\``);
  const total = told.flatMap(({ changes }) => changes);
  const head = told.length === 0 ? NOTHING : `${countChanges(total)} since \`${since}\``;
  const rest = quiet.length > 0 && told.length > 0 ? [`${NOTHING} ${quiet.join(", ")}`] : [];
  return [`### ${head}`, ...told.map(flowPart), ...rest].join("\n\n");
}

function flowPart({ flow, changes, cut, note }: FlowReport): string {
  if (note !== undefined) return `**\`${flow}\`**: ${cell(note)}`;
  const table = [
    "| | Change | Before | Now |",
    "|---|---|---|---|",
    ...changes.map((one) => `| ${one.kind} | ${subject(one)} | ${before(one)} | ${after(one)} |`),
  ].join("\n");
  const bounds = cut.map(({ message }) => `> ${cell(message)}`);
  if (changes.length === 0) return [`**\`${flow}\`**: ${NOTHING_FOUND}`, ...bounds].join("\n\n");
  return [`**\`${flow}\`**: ${countChanges(changes)}`, table, ...bounds, calls(changes)]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The shortest calls, folded: each can be copied into a test file. */
function calls(changes: readonly Change[]): string {
  const parts = changes.flatMap((one) => {
    const call = callText(one);
    if (call === undefined) return [];
    const scenario = one.call ? `\n\n\`\`\`yaml\n${writeYaml([one.call]).trimEnd()}\n\`\`\`` : "";
    return `**${one.kind}**: ${cell(one.message)}\n\n${cell(call)}${scenario}`;
  });
  if (parts.length === 0) return "";
  return `<details><summary>The shortest call to each</summary>\n\n${parts.join("\n\n---\n\n")}\n\n</details>`;
}

function subject({ where, when }: Change): string {
  return cell(when === "" ? where : `${where}, ${when}`);
}

function before({ kind, was = "", now = "" }: Change): string {
  return kind === "prompt" ? marked(was, now, "was", "~~") : cell(was);
}

function after({ kind, was = "", now = "" }: Change): string {
  return kind === "prompt" ? marked(was, now, "now", "**") : cell(now);
}

function marked(was: string, now: string, side: "was" | "now", mark: string): string {
  return compareWords(was, now)
    .filter((run) => run.in === "both" || run.in === side)
    .map((run) => (run.in === "both" ? cell(run.text) : `${mark}${cell(run.text)}${mark}`))
    .join(" ");
}

/** Text that stays in its cell, and is not read as Markdown or HTML. */
function cell(text: string): string {
  return text
    .replace(/[\\`*_~[\]<>|@#]/g, (sign) => (sign === "<" ? "&lt;" : sign === "@" ? "&#64;" : `\\${sign}`))
    .replace(/\s+/g, " ");
}
