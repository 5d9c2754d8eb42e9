/** Stage 8: the report on a flow, as Markdown. */
import type { Draft } from "./convert.ts";
import type { Definition, Widget } from "./definition.ts";
import type { Note } from "./notes.ts";

/** A flow, with what the report counts. */
interface Reported {
  name: string;
  definition: Definition;
  draft: Draft;
  flow: string;
  /** Lines of the definition; 0 if it did not come as a text. */
  lines: number;
}

/** The widgets of a flow, by what became of them. */
export interface Counts {
  widgets: number;
  converted: number;
  gaps: number;
  unreachable: number;
}

/** Counts the widgets. */
export function countsOf({ widgets }: Definition, { graph, steps }: Draft): Counts {
  const unreachable = graph.unreachable.length;
  const marked = new Set(
    steps.filter(({ comment }) => comment?.[0]?.startsWith("imported-gap:")).flatMap((step) => step.widgets),
  );
  return {
    widgets: widgets.length,
    converted: widgets.length - unreachable - marked.size,
    gaps: marked.size,
    unreachable,
  };
}

/** Writes the report. */
export function reportOf(reported: Reported): string {
  const { name, definition, draft } = reported;
  const { notes, graph } = draft;
  const sections = [
    `# Import of ${name}\n`,
    `${summaryOf(reported)}\n`,
    sectionOf("To set", settingsOf(draft)),
    sectionOf("Left", notes.left.map(lineOf)),
    sectionOf(
      "Changed",
      notes.changed.map(({ widget, was, is }) => `- \`${widget}\`: ${was}. Now: ${is}.`),
    ),
    sectionOf("Twilio Functions", functionsOf(notes.functions)),
    sectionOf("Mistakes in the original", [
      ...notes.mistakes.map(lineOf),
      ...graph.dangling.map(
        ({ from, transition }) =>
          `- \`${from}\`: ${transition.event} leads to \`${transition.next}\`, which does not exist.`,
      ),
      ...graph.unreachable.map((widget) => `- \`${widget}\`: no road leads to it, so it is left out.`),
    ]),
    sectionOf(
      "Widgets",
      definition.widgets.flatMap((widget) => widgetLine(widget, draft)),
    ),
  ];
  return sections.filter((section) => section !== "").join("\n");
}

/** The report in a sentence. */
export function summaryOf({ definition, draft, flow, lines }: Reported): string {
  const { widgets, converted, gaps, unreachable } = countsOf(definition, draft);
  const parts = [`${converted} of ${widgets} widgets converted`];
  if (gaps > 0) parts.push(`${gaps} marked with \`imported-gap\``);
  if (unreachable > 0) parts.push(`${unreachable} unreachable and left out`);
  const before = lines > 0 ? `${lines} lines of JSON, ` : "";
  return `${parts.join(", ")}. ${before}${flow.trimEnd().split("\n").length} lines of YAML.`;
}

function sectionOf(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `## ${title}\n\n${lines.join("\n")}\n`;
}

function lineOf({ widget, text }: Note): string {
  return widget === "" ? `- ${text}.` : `- \`${widget}\`: ${text}.`;
}

function settingsOf({ notes }: Draft): string[] {
  const lines = notes.settings.map(({ kind, name, why }) => `- ${KINDS[kind]} \`${name}\`: ${why}.`);
  const hosts = [...new Set(notes.functions.flatMap(({ text }) => hostOf(text)))];
  const signed =
    hosts.length === 0
      ? []
      : [`- Environment variable \`TWILIO_SIGNED_HOSTS\`: ${hosts.map((host) => `\`${host}\``).join(", ")}.`];
  return [...lines, ...signed];
}

const KINDS = { env: "Environment variable", secret: "Secret", allow: "`allow`" } as const;

function hostOf(url: string): string[] {
  return URL.canParse(url) && !url.includes("${") ? [new URL(url).host] : [];
}

function functionsOf(functions: readonly Note[]): string[] {
  if (functions.length === 0) return [];
  return [
    "Requests to these are signed, as Studio signs them, so they can be protected:",
    "",
    ...functions.map(({ widget, text }) => `- \`${widget}\`: ${text}`),
  ];
}

function widgetLine({ name, type }: Widget, { steps }: Draft): string[] {
  const made = steps.filter(({ widgets }) => widgets.includes(name)).map(({ key }) => `\`${key}\``);
  return made.length === 0 ? [] : [`- \`${name}\` (${type}) → ${made.join(", ")}`];
}
