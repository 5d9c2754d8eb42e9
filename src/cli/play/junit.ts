/** A run of the tests as JUnit XML, which CI servers read: a suite for each test file, a case for each call. */
import { type Diagnostic, position } from "../../flow/language/diagnostic.ts";
import { frame } from "../../flow/language/frame.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import { escapeXml } from "../../program/template.ts";
import { diagnosticOf, type Outcome } from "./outcome.ts";
import type { Played } from "./played.ts";

/** A case: a call, or an error of a file. */
interface Case {
  file: string;
  xml: string;
  result: "passed" | "failure" | "error" | "skipped";
}

/** A run as JUnit XML. Errors of flows and test files are cases as well, so that a run with one does not look green. */
export function formatJunit(played: Played): string {
  const texts = new Map(played.files.map(({ path, text }) => [path, text]));
  const textOf = (file: string): string => texts.get(file) ?? "";
  const cases = [
    ...played.findings
      .filter(({ severity }) => severity === "error")
      .map((finding) => errorCase(finding, textOf(finding.file))),
    ...played.wrongKinds.map((why) => caseOf(CONFIG, { name: "examples" }, "error", why)),
    ...played.outcomes.map((outcome) => callCase(outcome, textOf(outcome.written.file))),
    ...played.broken.map((written) =>
      caseOf(
        written.file,
        callOf(written, textOf(written.file)),
        "skipped",
        "Not played: its flow has an error.",
      ),
    ),
  ];
  const suites = Map.groupBy(cases, ({ file }) => file);
  const time = (played.milliseconds / 1000).toFixed(3);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: "ringflow", ...countsOf(cases), time })}>`,
    ...[...suites].flatMap(([file, own]) => [
      `  <testsuite${attributes({ name: file, ...countsOf(own) })}>`,
      ...own.map(({ xml }) => xml),
      "  </testsuite>",
    ]),
    "</testsuites>",
  ].join("\n");
}

/** Where a project lists its own kinds. */
const CONFIG = "ringflow.config";

type Attributes = Readonly<Record<string, string | number>>;

function callCase(outcome: Outcome, text: string): Case {
  const { written, transcript } = outcome;
  const call = callOf(written, text);
  const [failure] = diagnosticOf(outcome);
  if (!failure) return caseOf(written.file, call, "passed");
  return caseOf(written.file, call, "failure", failure.message, [frame(failure, text), ...transcript]);
}

function callOf({ scenario, flow, file, nameSpan }: WrittenScenario, text: string): Attributes {
  return { name: scenario.name, classname: flow, file, line: position(text, nameSpan.start).line };
}

function errorCase(finding: Diagnostic, text: string): Case {
  const { code, file, span, message } = finding;
  const at = { name: code, classname: file, file, line: position(text, span.start).line };
  return caseOf(file, at, "error", message, [frame(finding, text)]);
}

function caseOf(
  file: string,
  at: Attributes,
  result: Case["result"],
  message = "",
  lines: readonly string[] = [],
): Case {
  const start = `    <testcase${attributes(at)}`;
  const why = `      <${result}${attributes({ message })}>${escapeXml(lines.join("\n"))}</${result}>`;
  const xml = result === "passed" ? `${start}/>` : `${start}>\n${why}\n    </testcase>`;
  return { file, result, xml };
}

function countsOf(cases: readonly Case[]): Attributes {
  const count = (wanted: Case["result"]): number => cases.filter(({ result }) => result === wanted).length;
  return {
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  };
}

function attributes(values: Attributes): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll("\n", "&#10;")}"`)
    .join("");
}
