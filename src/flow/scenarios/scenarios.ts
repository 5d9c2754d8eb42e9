/** `flows/<name>.test.yaml` → scenarios, each step with its place in the file. */
import Type, { type Static, type TSchema } from "typebox";
import type { Json } from "../../program/program.ts";
import { type Diagnostic, nearest } from "../language/diagnostic.ts";
import { guard, type InternalCode } from "../language/internal-error.ts";
import type { MarkName } from "../language/mark.ts";
import type { Node, SourceFile, Span } from "../language/node.ts";
import { Keys, OneOf, Shaped } from "../language/schema.ts";
import { vocabularyOf } from "../language/vocabulary.ts";
import type { Belongs } from "../shape/misplaced.ts";
import { plain } from "../shape/project.ts";
import { checkShape } from "../shape/shape.ts";
import type { ShapeCode } from "../shape/shape-findings.ts";
import { readSource } from "../yaml/source.ts";
import type { SourceCode } from "../yaml/source-findings.ts";
import type { ScenarioCode } from "./scenario-findings.ts";

const Words = Type.String({ minLength: 1 });
/** A picture can come without words. */
const Texted = Type.String({ "x-text": "sentences" });

function naming(mark: MarkName) {
  return Type.String({ minLength: 1, "x-mark": mark });
}

/** Values of the flow's variables, by name. */
const Expected = Type.Record(Type.String(), Type.Unsafe<Json>({ "x-mark": "expected" }));
const Sentences = Type.String({ minLength: 1, "x-text": "sentences" });
const KeysPressed = Shaped("^[0-9*#]+$", "keys of 0-9, * and #");
const E164 = Shaped("^(\\+[1-9]\\d{1,14}|[A-Za-z]+(:.+)?)?$", "a number such as +14155550100, or anonymous");

const CalleeStep = Type.Union([
  Keys({ hears: Sentences, hangup: Type.Optional(Type.Union([Type.Boolean(), OneOf("caller")])) }),
  Keys({ presses: KeysPressed }),
  Keys({ says: Sentences }),
  OneOf("silence", "hangup"),
]);
const PayResult = OneOf(
  "success",
  "too-many-failed-attempts",
  "exhausted",
  "payment-connector-error",
  "caller-interrupted-with-star",
  "validation-error",
  "internal-error",
);
const Pause = Shaped(
  "^[1-9]\\d{0,3}[smhd]$",
  "seconds in a call, or a time between text messages such as 31m",
);
const Unanswered = OneOf("busy", "no-answer", "failed", "canceled");
const Ends = OneOf("caller", "callee");
const ScriptStep = Type.Union([
  Keys({ hear: Sentences, hangup: Type.Optional(Type.Boolean()) }),
  Keys({ press: KeysPressed }),
  Keys({ say: Sentences, as: Type.Optional(Words) }),
  Keys({
    dial: naming("destination"),
    callee: Type.Optional(Type.Array(CalleeStep)),
    status: Type.Optional(OneOf("completed", "declined", "no-answer", "busy", "failed", "canceled")),
    ends: Type.Optional(Ends),
    seconds: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  Keys({
    record: Type.Union([Type.Integer({ minimum: 0 }), OneOf("silence")]),
    words: Type.Optional(Type.String()),
    hangup: Type.Optional(Type.Boolean()),
  }),
  Keys({
    wait: Type.Union([Type.Integer({ minimum: 0, maximum: 3600 }), Pause]),
    status: Type.Optional(OneOf("bridged", "queue-full", "error", "system-error", "redirected", "hangup")),
    ends: Type.Optional(Ends),
    seconds: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  Keys({ connect: Type.Record(Words, Type.String()) }),
  Keys({ pay: PayResult, fields: Type.Optional(Type.Record(Words, Type.String())) }),
  Keys({ machine: OneOf("machine_start", "machine_end_beep", "machine_end_silence", "machine_end_other") }),
  Keys({
    retry: Shaped("^[1-9]\\d{0,3}[mhd]$", "minutes, hours or days, such as 10m"),
    unanswered: Type.Optional(Unanswered),
  }),
  Keys({ refer: OneOf("in-progress", "busy", "no-answer", "failed", "untold") }),
  Keys({ sms: Sentences, to: Type.Optional(Words) }),
  Keys({
    delivery: OneOf("delivered", "undelivered", "failed"),
    errorCode: Type.Optional(Shaped("^\\d{5}$", "a code of Twilio's, such as 30005")),
  }),
  Keys({ text: Texted, media: Type.Optional(Type.Array(Words, { minItems: 1 })) }),
  Keys({ request: Words, json: Type.Optional(Type.Unsafe<Json>({})) }),
  OneOf("silence", "hangup", "end", "no sms", "no request"),
]);

/** The answer of an HTTP service in a test: a status, with JSON or a text. */
const Answer = Keys({
  status: Type.Optional(
    Type.Union([Type.Integer({ minimum: 200, maximum: 599 }), OneOf("timeout", "failed")]),
  ),
  json: Type.Optional(Type.Unsafe<Json>({})),
  text: Type.Optional(Type.String()),
});
export type WrittenAnswer = Static<typeof Answer>;
const Answers = Type.Record(Words, Type.Array(Answer, { minItems: 1 }));
type Answers = Static<typeof Answers>;
/** The secrets of a test, by name. */
const Secrets = Type.Record(Words, Type.String());
/** What the number's owner passes along, by name. */
const Parameters = Type.Record(Words, Type.String());
/** The environment variables of a test, which `{ env: NAME }` reads. */
const Env = Type.Record(Words, Type.String());

const At = Shaped(
  "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?(Z|[+-]\\d\\d:\\d\\d)$",
  "a moment with its offset, such as 2026-11-23T12:00:00-05:00",
);
const Caller = Keys({
  name: Type.Optional(Words),
  city: Type.Optional(Words),
  state: Type.Optional(Words),
  zip: Type.Optional(Words),
  country: Type.Optional(Words),
  verified: Type.Optional(Type.Boolean()),
  attestation: Type.Optional(OneOf("A", "B", "C")),
});
const Count = Type.Optional(Type.Integer({ minimum: 1 }));
const Queue = Keys({ position: Count, size: Count, average: Type.Optional(Type.Integer({ minimum: 0 })) });
const Scenario = Keys({
  name: Words,
  at: Type.Optional(At),
  direction: Type.Optional(OneOf("inbound", "outbound")),
  from: Type.Optional(E164),
  to: Type.Optional(E164),
  answeredBy: Type.Optional(Words),
  unanswered: Type.Optional(Unanswered),
  queue: Type.Optional(Queue),
  caller: Type.Optional(Caller),
  parameters: Type.Optional(Parameters),
  kept: Type.Optional(Expected),
  requests: Type.Optional(Answers),
  secrets: Type.Optional(Secrets),
  env: Type.Optional(Env),
  script: Type.Array(ScriptStep, { minItems: 1 }),
  expect: Type.Optional(Expected),
});
const TestFile = Keys({
  flow: naming("flow"),
  requests: Type.Optional(Answers),
  secrets: Type.Optional(Secrets),
  env: Type.Optional(Env),
  scenarios: Type.Array(Scenario, { minItems: 1 }),
});
type TestFile = Static<typeof TestFile>;

/** Says where a key of a scenario belongs that is at another depth. */
const belongs: Belongs = ({ key: { text } }, isOwn) => {
  if (!Object.hasOwn(Scenario.properties, text)) return undefined;
  return isOwn
    ? "it belongs to a scenario: indent it below its `name`"
    : "it goes next to `script`: indent both alike";
};

/** The schema of a test file. */
export const testFileSchema: TSchema = TestFile;
/** What the keys of a test file say about their texts. */
export const testVocabulary = vocabularyOf([testFileSchema]);

/** A scripted call of a test file. */
export interface WrittenScenario {
  flow: string;
  file: string;
  scenario: Static<typeof Scenario>;
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

function place(flow: string, file: string, scenario: Static<typeof Scenario>, node: Node): WrittenScenario {
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
