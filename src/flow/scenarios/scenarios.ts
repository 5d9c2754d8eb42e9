/** `flows/<name>.test.yaml` → scenarios, each step with its place in the file. */
import type { Json } from "../../program/json.ts";
import { type Diagnostic, nearest } from "../language/diagnostic.ts";
import { guard, type InternalCode } from "../language/internal-error.ts";
import type { Node, SourceFile, Span } from "../language/node.ts";
import { plain } from "../shape/project.ts";
import { checkShape } from "../shape/shape.ts";
import type { ShapeCode } from "../shape/shape-findings.ts";
import { readSource } from "../yaml/source.ts";
import type { SourceCode } from "../yaml/source-findings.ts";
import type { ScenarioCode } from "./scenario-findings.ts";
import { type Answers, belongs, type Scenario, TestFile, testVocabulary } from "./test-file-schema.ts";

/** A scripted call of a test file. */
export interface WrittenScenario {
  flow: string;
  file: string;
  scenario: Scenario;
  /** The place of its name, and of each step of its script. */
  nameSpan: Span;
  stepSpans: Span[];
  /** The variables that it expects, by name. */
  expectSpans: Readonly<Record<string, Span>>;
}

/** The codes of the findings on a test file. */
type TestFileCode = ScenarioCode | SourceCode | ShapeCode | InternalCode;

/** A test file's scenarios, or its findings. */
export interface Scenarios {
  scenarios: WrittenScenario[];
  diagnostics: Diagnostic<TestFileCode>[];
}

function isTestFile(shaped: {
  value: unknown;
  diagnostics: Diagnostic[];
}): shaped is { value: TestFile; diagnostics: [] } {
  return shaped.diagnostics.length === 0;
}

/**
 * Reads a test file.
 * @param flows the names of the existing flows
 */
export function readScenarios(file: SourceFile, flows: readonly string[]): Scenarios {
  return guard(
    "reading the test file",
    () => readInShape(file, flows),
    (found) => ({
      scenarios: [],
      diagnostics: [{ ...found, severity: "error", file: file.path, span: { start: 0, end: 1 } }],
    }),
  );
}

function readInShape(file: SourceFile, flows: readonly string[]): Scenarios {
  const { root, diagnostics } = readSource(file, testVocabulary);
  if (!root || diagnostics.some(({ severity }) => severity === "error"))
    return { scenarios: [], diagnostics };
  const shaped = checkShape(TestFile, root, { file: file.path, what: "the test file", belongs });
  if (!isTestFile(shaped)) return { scenarios: [], diagnostics: [...diagnostics, ...shaped.diagnostics] };
  const { flow, scenarios, requests = {}, secrets = {}, env = {} } = shaped.value;
  const unknown = flows.includes(flow) ? [] : [unknownFlow(file.path, root, flow, flows)];
  const list = below(root, "scenarios");
  const items = list?.type === "list" ? list.items : [];
  const written = scenarios.map((scenario, index) =>
    place(
      flow,
      file.path,
      {
        ...scenario,
        requests: answersOf(scenario.requests ?? {}, requests),
        secrets: { ...secrets, ...scenario.secrets },
        env: { ...env, ...scenario.env },
      },
      items[index] ?? root,
    ),
  );
  return { scenarios: unknown.length > 0 ? [] : written, diagnostics: [...diagnostics, ...unknown] };
}

/** A scenario's own answers come first, then the file's; in each, URLs without a `*` come first. */
function answersOf(own: Answers, shared: Answers): Answers {
  const isExact = ([url]: [string, unknown]): boolean => !url.includes("*");
  const ordered = [own, shared].flatMap((answers) => {
    const all = Object.entries(answers);
    return [...all.filter(isExact), ...all.filter((one) => !isExact(one))];
  });
  // A key keeps the place of its first entry, and has the value of its last.
  return { ...Object.fromEntries(ordered), ...own };
}

function unknownFlow(
  file: string,
  root: Node,
  flow: string,
  flows: readonly string[],
): Diagnostic<ScenarioCode> {
  const near = nearest(flow, flows);
  const advice = near ? `; did you mean "${near}"?` : "";
  const span = below(root, "flow")?.span ?? root.span;
  return {
    code: "unknown-flow",
    severity: "error",
    file,
    span,
    message: `unknown flow "${flow}"${advice}`,
  };
}

function below(node: Node, key: string): Node | undefined {
  return node.type === "map" ? node.pairs.find((pair) => pair.key.text === key)?.value : undefined;
}

function place(flow: string, file: string, scenario: Scenario, node: Node): WrittenScenario {
  const script = below(node, "script");
  const steps = script?.type === "list" ? script.items : [];
  const kept = below(node, "kept");
  const expected = below(node, "expect");
  return {
    flow,
    file,
    scenario: {
      ...scenario,
      // Only a call that was placed can be unanswered.
      ...(scenario.unanswered && { direction: "outbound" }),
      ...(kept && { kept: valuesOf(kept) }),
      ...(expected && { expect: valuesOf(expected) }),
    },
    nameSpan: below(node, "name")?.span ?? node.span,
    stepSpans: steps.map(({ span }) => span),
    expectSpans: Object.fromEntries(
      expected?.type === "map" ? expected.pairs.map(({ key }) => [key.text, key.span]) : [],
    ),
  };
}

// A variable has the value that YAML reads: `007` in quotes is a text.
function valuesOf(node: Node): Record<string, Json> {
  return node.type === "map"
    ? Object.fromEntries(node.pairs.map(({ key, value }) => [key.text, plain(value)]))
    : {};
}
