/** The ways through a flow, for a terminal. Colours show nothing that the text does not. */
import { styleText } from "node:util";
import type { Ending } from "../../explore/exploration.ts";
import { plural } from "../project/report.ts";
import type { PathsReport, ShownExit, ShownWay } from "./report.ts";

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

const WIDTH = 40;
/** Of a long list, the first entries. */
const MOST_LINES = 12;

const ENDINGS: Readonly<Record<Ending, string>> = {
  hangup: "the flow hangs up",
  rejected: "the flow rejects the call",
  apology: "the apology is played",
  caller: "the caller hangs up",
  elsewhere: "another application takes over",
  problem: "Twilio cannot play the document",
};

/** The report as text. */
export function textOfPaths(report: PathsReport, out: NodeJS.WritableStream): string {
  const paint: Paint = (style, text) => styleText(style, text, { stream: out });
  return [
    `${paint("bold", report.flow)}: ${countsOf(report)}`,
    ...report.cut.map((message) => paint("yellow", `Not everything was explored: ${message}`)),
    "",
    ...picture(report, paint),
    "",
    ...endsOf(report),
    "",
    ...soonestOf(report),
    ...longestOf(report),
    ...textsOf(report),
    ...list("No call reaches these steps", report.unreachedSteps, paint),
    ...list("No call takes these exits", report.unreachedExits.map(exitText), paint),
    ...list("Spoken although empty", report.empty.map(emptyText), paint),
    ...list("No test takes these exits", report.untested.map(exitText), paint),
  ].join("\n");
}

/** How many states, turns and ways there are. */
export function countsOf({ states, turns, ways, hasCircles }: PathsReport): string {
  const circles = hasCircles ? ", not counting circles" : "";
  return `${plural(states, "state")}, ${plural(turns, "turn")} between them, ${waysText(ways)}${circles}`;
}

function waysText(ways: number): string {
  if (ways <= 1_000_000) return `${ways.toLocaleString("en-US")} ${ways === 1 ? "way" : "ways"}`;
  return `more than ${ways < 1e9 ? `${Math.floor(ways / 1e6)} million` : "a thousand million"} ways`;
}

/** States by the number of answers on the way to them. */
function picture({ byAnswers }: PathsReport, paint: Paint): string[] {
  const most = Math.max(1, ...byAnswers);
  const shown = byAnswers.slice(0, MOST_LINES);
  const lines = shown.map((count, answers) => {
    const bar = "█".repeat(Math.max(1, Math.round((count / most) * WIDTH)));
    return `${String(answers).padStart(4)}  ${paint("cyan", bar)} ${count}`;
  });
  const rest = byAnswers.slice(MOST_LINES).reduce((sum, count) => sum + count, 0);
  const more = rest > 0 ? [paint("dim", `   …  ${rest} after more answers`)] : [];
  return [paint("dim", "States by the answers before them:"), ...lines, ...more];
}

function endsOf({ ends, begins }: PathsReport): string[] {
  const ended = ends.map(({ ending, turns }) => `${ENDINGS[ending]} (${turns})`).join(", ");
  const begun = begins.filter((label) => label !== "");
  return [
    `Ends:       ${ended === "" ? "none" : ended}`,
    ...(begun.length > 0
      ? [`Beginnings: ${begun.slice(0, MOST_LINES).join("; ")}${begun.length > MOST_LINES ? " …" : ""}`]
      : []),
  ];
}

function soonestOf({ choice, person }: PathsReport): string[] {
  return [`A choice:   ${choiceText(choice)}`, `A person:   ${personText(person)}`];
}

/** When callers can choose. */
export function choiceText(choice: PathsReport["choice"]): string {
  return choice ? until(choice) : "never";
}

/** When somebody is rung, by what, and who. */
export function personText(person: PathsReport["person"]): string {
  return person ? `${until(person)}${by(person)}, ${person.to.join(" and ")}` : "never";
}

function until({ seconds, answers }: ShownWay): string {
  return `after ${seconds} s${answers > 0 ? ` and ${plural(answers, "answer")}` : ""}`;
}

function by({ does }: ShownWay): string {
  return does.length > 0 ? ` (${does.join(", ")})` : "";
}

function longestOf({ longest: { answers, seconds } }: PathsReport): string[] {
  return [`Longest:    ${mostAnswersText(answers)}`, `            ${mostSecondsText(seconds)}`];
}

/** Conversations are no calls: this says so of a flow that holds some. */
function textsOf({ questions = [] }: PathsReport): string[] {
  if (questions.length === 0) return [];
  const count = plural(questions.length, "question");
  return [
    `Texts:      ${count}, not explored; \`ringflow test --coverage\` lists the exits that no test takes`,
  ];
}

/** The call with the most answers. */
export function mostAnswersText(way: ShownWay): string {
  return `${plural(way.answers, "answer")}: ${wayText(way)}`;
}

/** The call with the most speech. */
export function mostSecondsText(way: ShownWay): string {
  return `${way.seconds} s of speech: ${wayText(way)}`;
}

/** What is done, the beginning and the end of a long way. */
function wayText({ does }: ShownWay): string {
  if (does.length === 0) return "nothing has to be done";
  const head = does.slice(0, 6);
  const tail = does.slice(Math.max(6, does.length - 3));
  const left = does.length - head.length - tail.length;
  return [...head, ...(left > 0 ? [`… ${left} more …`] : []), ...tail].join(", ");
}

/** An exit. */
export function exitText({ from, label, to }: ShownExit): string {
  return `${from}${label === "" ? "" : `, ${label}`} → ${to}`;
}

function emptyText({ step, variable, way }: PathsReport["empty"][number]): string {
  return `${variable} in ${step}: ${wayText(way)}`;
}

function list(title: string, lines: readonly string[], paint: Paint): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > MOST_LINES ? [`  … and ${lines.length - MOST_LINES} more`] : [];
  return [
    "",
    paint("yellow", `${title}:`),
    ...lines.slice(0, MOST_LINES).map((line) => `  ${line}`),
    ...more,
  ];
}
