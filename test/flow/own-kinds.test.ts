/** Step kinds and functions of a project's own, through the whole pipe. */
import { expect, test, vi } from "vitest";
import { defineKind, Exit, Keys, Prompt, Type, Whole } from "../../src/flow/authoring.ts";
import { build, checkRead } from "../../src/flow/build.ts";
import type { Config } from "../../src/flow/config/config.ts";
import { NO_AUDIO } from "../../src/flow/language/audio.ts";
import { readFlow } from "../../src/flow/pipe/read.ts";
import { flowSchema } from "../../src/flow/shape/json-schema.ts";
import type { OwnKind } from "../../src/flow/steps/kind.ts";
import { kindNamed, kindsWith } from "../../src/flow/steps/registry.ts";
import { defineFunction } from "../../src/program/own-function.ts";

const announce = defineKind({
  name: "announce",
  does: "speaks",
  schema: Keys({
    text: Prompt,
    times: Type.Optional(Whole(1, 5)),
    pace: Type.Optional(Type.Number({ minimum: 0.5 })),
    closed: Type.Optional(Exit),
  }),
  keys: { text: "The announcement.", times: "How often it is heard." },
  doc: { summary: "Says something several times." },
  findings: [{ code: "announce/often", severity: "warning", summary: "Five times.", good: "" }],
  lint({ body, bodyNode }, _flow, report) {
    if (body.times === 5)
      report({ code: "announce/often", severity: "warning", message: "callers hear it often", at: bodyNode });
  },
  compile: ({ body, next }, compiler) => ({
    enter: [
      ...Array.from({ length: body.times ?? 1 }, () => compiler.prompt(body.text)),
      ...compiler.exit(next ?? "hangup"),
    ],
  }),
});

const withTax = defineFunction({
  name: "withTax",
  takes: ["number"],
  gives: "number",
  run: (amount) => amount * 1.19,
});

function configWith(...kinds: OwnKind[]): Config {
  return { kinds: kindsWith(kinds), functions: [withTax], advice: {} };
}

function built(text: string, ...kinds: OwnKind[]) {
  const config = configWith(announce, ...kinds);
  const { programs, diagnostics } = build([{ path: "flows/main.yaml", text }], NO_AUDIO, {}, config);
  return { program: programs[0], found: diagnostics.map(({ code, message }) => `${code}: ${message}`) };
}

const step = (body: string): string => `steps:\n  news:\n    ${body}\n    next: hangup\n`;

test("an own kind compiles to the ops that it returns", () => {
  const { program, found } = built(step("announce: { text: Hello., times: 2 }"));
  expect(found).toEqual([]);
  const say = { op: "twiml", parts: ["<Say>Hello.</Say>"] };
  expect(program?.steps.news?.blocks.enter?.slice(0, 2)).toEqual([say, say]);
});

test.each([
  ["anounce: { text: Hello. }", 'unknown-kind: step "news" has no `anounce`; did you mean `announce`?'],
  ["announce: { text: Hello., tmes: 2 }", "unknown-key: `announce` has no key `tmes`; did you mean `times`?"],
  ["announce: { times: 2 }", "missing-key: `announce` needs `text`"],
  ["announce: { text: Hello., times: 9 }", "out-of-range: `times` must be 5 or less"],
  ["announce: { text: Hello., pace: 0.1 }", "out-of-range: `pace` must be 0.5 or more"],
  ["announce: { text: Hello., closed: office }", 'unknown-step: unknown step "office"'],
  ["announce: { text: '{{ vars.name }}' }", "unknown-variable: unknown variable name"],
  ["announce: { text: Hello., times: 5 }", "announce/often: callers hear it often"],
])("%s is checked as Ringflow's own kinds are", (body, found) => {
  expect(built(step(body)).found).toEqual([expect.stringContaining(found)]);
});

test("a key of an own kind that is indented too little is recognised", () => {
  const text = "steps:\n  news:\n    announce: { text: Hello. }\n    times: 2\n    next: hangup\n";
  expect(built(text).found).toEqual([expect.stringContaining("it belongs to `announce`: indent it deeper")]);
});

test("an own function is typed, and a Program names it", () => {
  const { program, found } = built(step('say: "{{ withTax(10) + withTax(2.5) }}"'));
  expect(found).toEqual([]);
  expect(program?.functions).toEqual(["withTax"]);
  expect(built(step("say: Hello.")).program).not.toHaveProperty("functions");
});

test.each([
  [
    "withTax('10')",
    "type-mismatch: no function fits 'withTax(string)' in `withTax('10')`; write it as `withTax(number)`",
  ],
  ["withTx(10)", "unknown-function: unknown function withTx; did you mean withTax?"],
  ["withTax", "unknown-variable: withTax is a function; write withTax()"],
])("%s is a finding", (expression, found) => {
  expect(built(step(`say: "{{ ${expression} }}"`)).found).toEqual([expect.stringContaining(found)]);
});

test("the JSON schema has the kind with its descriptions", () => {
  const schema = JSON.stringify(flowSchema(configWith(announce).kinds));
  expect(schema).toContain('"description":"Says something several times."');
  expect(schema).toContain('"description":"How often it is heard."');
  expect(JSON.stringify(flowSchema())).not.toContain("Says something several times.");
});

const part = { does: "silent", schema: Whole(1), doc: { summary: "Fails." } } as const;

test.each([
  ["throws", () => JSON.parse("{"), "SyntaxError"],
  ["returns no blocks", () => [], "compile must return blocks of ops"],
  ["returns no `enter`", () => ({ begin: [] }), "compile must return a block `enter`"],
  ["returns something else than ops", () => ({ enter: ["end"] }), "op 1 of the block `enter` must be an op"],
  [
    "waits for a block that is missing",
    () => ({ enter: [{ op: "wait", block: "on" }] }),
    "continues at the block `on`",
  ],
] as const)("a kind whose `compile` %s is a finding at the step", (_, compile, why) => {
  const broken = defineKind({ ...part, name: "broken", compile: () => ({ enter: [] }) });
  // As in JavaScript, where no type is in the way.
  Object.assign(broken, { compile });
  const { found, program } = built(step("broken: 1"), broken);
  expect(found).toEqual([
    expect.stringContaining("kind-failed: the step kind `broken` of ringflow.config.ts failed"),
  ]);
  expect(found[0]).toContain(why);
  expect(program).toBeUndefined();
});

test("a check without Programs compiles what an own kind is in: the flow that fails, and the flow that runs it", () => {
  const broken = defineKind({ ...part, name: "broken", compile: () => ({ enter: [] }) });
  Object.assign(broken, { compile: () => JSON.parse("{") });
  const config = configWith(broken);
  const files = [
    { path: "flows/fails.yaml", text: step("broken: 1") },
    { path: "flows/runs.yaml", text: "steps:\n  it: { run: fails, next: hangup }\n" },
    { path: "flows/sound.yaml", text: step("say: Hello.") },
  ];
  const read = files.map((file) => readFlow(file, config));
  const { flows, diagnostics } = checkRead(read, NO_AUDIO, {}, config);
  expect(flows.map(({ flow }) => flow.name)).toEqual(["sound"]);
  expect(diagnostics).toEqual(build(files, NO_AUDIO, {}, config).diagnostics);
  expect(diagnostics.map(({ code }) => code)).toContain("kind-failed");
});

test("a check without Programs compiles no flow of Ringflow's own kinds", () => {
  const say = kindNamed("say");
  if (!say) throw new Error("there is no say");
  const compile = vi.spyOn(say, "compile");
  const read = [readFlow({ path: "flows/main.yaml", text: step("say: Hello.") })];
  const { flows, diagnostics } = checkRead(read, NO_AUDIO);
  expect({ flows: flows.length, diagnostics }).toEqual({ flows: 1, diagnostics: [] });
  expect(compile).not.toHaveBeenCalled();
  compile.mockRestore();
});

test("a kind whose `lint` throws is a finding, and other flows are built", () => {
  const lint = (): never => {
    throw new TypeError("no");
  };
  const broken = defineKind({ ...part, name: "broken", lint, compile: () => ({ enter: [{ op: "end" }] }) });
  expect(built(step("broken: 1"), broken).found).toEqual([expect.stringContaining("(TypeError: no)")]);
});
