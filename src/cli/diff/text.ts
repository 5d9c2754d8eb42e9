/** A comparison for a terminal. Colours show nothing that the text does not. */
import { styleText } from "node:util";
import type { Change } from "../../explore/diff/change.ts";
import {
  callText,
  countChanges,
  type DiffReport,
  type FlowReport,
  isQuiet,
  NOTHING,
  NOTHING_FOUND,
} from "./report.ts";
import { compareWords, type Run } from "./words.ts";

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const INDENT = "  ";

/** Says what a change does to callers. */
export function textOf({ flows, since }: DiffReport, out: NodeJS.WritableStream): string {
  const paint: Paint = (style, text) => styleText(style, text, { stream: out });
  const told = flows.filter((one) => !isQuiet(one));
  const quiet = flows.filter(isQuiet).map(({ flow }) => flow);
  if (told.length === 0) return `${NOTHING} Compared with ${since}: ${quiet.join(", ")}.`;
  const rest = quiet.length > 0 ? [`${NOTHING} ${quiet.join(", ")}`] : [];
  return [...told.map((one) => flowText(one, since, paint)), ...rest].join("\n\n");
}

function flowText({ flow, changes, cut, note }: FlowReport, since: string, paint: Paint): string {
  const name = paint("bold", flow);
  if (note !== undefined) return `${name}: ${note}`;
  const head = changes.length > 0 ? `${countChanges(changes)} since ${since}` : NOTHING_FOUND;
  const bounds = cut.map(({ message }) => `${INDENT}${paint("yellow", message)}`);
  return [`${name}: ${head}`, ...changes.map((one) => changeText(one, paint)), ...bounds].join("\n\n");
}

const STYLES: Partial<Record<Change["kind"], Style>> = { failure: "red", promise: "red", test: "red" };

function changeText(change: Change, paint: Paint): string {
  const label = paint(STYLES[change.kind] ?? "cyan", change.kind.padEnd(11));
  const margin = INDENT + " ".repeat(12);
  const words = change.kind === "prompt" ? wordLines(change, paint) : [];
  const call = callText(change);
  const calls = call === undefined ? [] : [paint("dim", `call: ${call}`)];
  return [`${INDENT}${label} ${change.message}`, ...[...words, ...calls].map((line) => margin + line)].join(
    "\n",
  );
}

/** Both texts in full, with the words that only one has. */
function wordLines({ was = "", now = "" }: Change, paint: Paint): string[] {
  const runs = compareWords(was, now);
  const line = (side: "was" | "now", sign: string, style: Style): string[] => {
    const words = runs.filter((run) => run.in !== (side === "was" ? "now" : "was"));
    return words.length === 0
      ? []
      : [`${paint(style, sign)} ${words.map((run) => word(run, style, paint)).join(" ")}`];
  };
  return [...line("was", "-", "red"), ...line("now", "+", "green")];
}

function word(run: Run, style: Style, paint: Paint): string {
  return run.in === "both" ? run.text : paint(style, run.text);
}
