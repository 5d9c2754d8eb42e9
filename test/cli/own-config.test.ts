/** `ringflow.config.ts` and `ringflow.functions.ts`: how they are loaded, and what commands say if they are wrong. */
import { readFile, rm } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { build } from "../../src/cli/commands/build.ts";
import { check } from "../../src/cli/commands/check.ts";
import { test as runTests } from "../../src/cli/commands/test.ts";
import { loadConfig } from "../../src/cli/project/config.ts";
import { saying, terminal, write } from "./folder.ts";
import { ANNOUNCE, ANNOUNCE_PROJECT, ANNOUNCES, enterProject } from "./own-project.ts";

const PROJECT = { ...ANNOUNCE_PROJECT, "flows/main.yaml": ANNOUNCES };

const functions = (...parts: string[]): string =>
  `import { defineFunction } from "ringflow/functions";\nexport default [${parts.map((part) => `defineFunction({ ${part} })`).join()}];\n`;
const TWICE = 'name: "twice", takes: ["int"], gives: "int", run: (n) => n * 2';

async function checked(files: Readonly<Record<string, string>>): Promise<string> {
  await enterProject({ "flows/main.yaml": saying("Hello."), ...files });
  const { out, read } = terminal();
  return check(["flows"], { format: "text", out }).then(
    () => read(),
    (problem: Error) => problem.message,
  );
}

const kind = (fields: string): Record<string, string> => ({
  "ringflow.config.ts": `import { defineKind, Keys, Text } from "ringflow";
const kind = { name: "news", does: "speaks", schema: Keys({ text: Text }), doc: { summary: "News." }, compile: () => ({ enter: [] }) };
export default { kinds: [defineKind({ ...kind, ${fields} })] };`,
});

describe("a file that is wrong is a problem that names it", () => {
  test.each([
    [
      "throws",
      { "ringflow.config.ts": 'throw new TypeError("no such door");' },
      "ringflow.config.ts cannot be loaded. TypeError: no such door (ringflow.config.ts:1:7)",
    ],
    [
      "has a syntax error",
      { "ringflow.config.ts": "export default { kinds: [" },
      "ringflow.config.ts cannot be loaded. SyntaxError",
    ],
    [
      "imports a missing file",
      { "ringflow.config.ts": 'import "./kinds/none.ts";' },
      "ringflow.config.ts cannot be loaded. Error: Cannot find module",
    ],
    [
      "exports nothing",
      { "ringflow.config.ts": "export const kinds = [];" },
      "ringflow.config.ts must export its kinds: `export default { kinds: [ … ] }`.",
    ],
    [
      "has functions",
      { "ringflow.config.ts": "export default { functions: [] };" },
      "move them to ringflow.functions.ts",
    ],
    [
      "has another key",
      { "ringflow.config.ts": "export default { kind: [] };" },
      "ringflow.config.ts has `kind`; it can have `kinds` and `advice`.",
    ],
    [
      "has a plain object",
      { "ringflow.config.ts": 'export default { kinds: [{ name: "x" }] };' },
      "has no kind in entry 1 of `kinds`; define it with `defineKind",
    ],
    [
      "has a kind of a name that is taken",
      kind('name: "say"'),
      "has the kind `say`: Ringflow has a key of this name itself",
    ],
    [
      "has a kind of a wrong name",
      kind('name: "Say it"'),
      "has the kind `Say it`: its name must be lower-case words",
    ],
    [
      "has a kind without a schema",
      kind("schema: undefined"),
      "has the kind `news`: `schema` is not a schema",
    ],
    [
      "has a schema of another library",
      kind('schema: { "~standard": {}, type: "object" }'),
      "`schema` is not a schema",
    ],
    ["has a schema that takes anything", kind("schema: Keys({ text: {} })"), "`schema.text` has no `type`"],
    [
      "has a keyword that is not checked",
      kind('schema: Keys({ text: { type: "string", format: "email" } })'),
      "`schema.text` has `format`, which Ringflow does not check",
    ],
    [
      "has a code of Ringflow's",
      kind('findings: [{ code: "unknown-step" }]'),
      'the code "unknown-step" of a finding must begin with "news/"',
    ],
    [
      "has an example with an error",
      kind(
        'doc: { summary: "News.", example: "steps:\\n  a:\\n    news: { txt: Hi }\\n    next: hangup\\n" }',
      ),
      "The example of the kind `news` has an error:\n\nflows/example.yaml:3:13 error unknown-key",
    ],
  ])("%s", async (_, files, problem) => {
    expect(await checked(files)).toContain(problem);
  });

  test.each([
    ["exports no list", "export default {};", "ringflow.functions.ts must export a list of functions"],
    [
      "takes the name of one of Ringflow's",
      functions(TWICE.replace("twice", "round")),
      "has the function `round`: an expression has a function or name like this already",
    ],
    ["takes the name of one of CEL's", functions(TWICE.replace("twice", "size")), "has the function `size`"],
    [
      "takes a name of every object",
      functions(TWICE.replace("twice", "toString")),
      "has the function `toString`",
    ],
    ["defines one twice", functions(TWICE, TWICE), "has the function `twice`"],
    [
      "has an unknown type",
      functions(TWICE.replace('["int"]', '["integer"]')),
      "it has the type `integer`; a type is one of string, int",
    ],
    ["is async", functions(TWICE.replace("(n)", "async (n)")), "`run` is async"],
    [
      "has a wrong example",
      functions(`${TWICE}, examples: { "twice(2)": 5 }`),
      "The example of the function `twice` is wrong: twice(2) is 4, not 5.",
    ],
    [
      "has an example that is no call of it",
      functions(`${TWICE}, examples: { "twice('2')": 4 }`),
      "The example twice('2') of a function cannot be evaluated",
    ],
  ])("functions: %s", async (_, text, problem) => {
    expect(await checked({ "ringflow.functions.ts": text })).toContain(problem);
  });
});

test("ringflow test plays the calls to the examples of own kinds", async () => {
  const doc = `doc: { summary: "News.", example: "steps:\\n  a:\\n    news: { text: Hi }\\n    next: hangup\\n", calls: "flow: example\\nscenarios:\\n  - name: heard\\n    script:\\n      - hear: Bye\\n" },
    compile: (step, compiler) => ({ enter: [compiler.prompt(step.body.text), ...compiler.exit("hangup")] })`;
  await enterProject({
    "flows/main.yaml": saying("Hello."),
    "flows/main.test.yaml": "flow: main\nscenarios:\n  - name: hello\n    script:\n      - hear: Hello.\n",
    ...kind(doc),
  });
  const { out, read } = terminal();
  expect(await runTests(["flows"], { out })).toBe(1);
  expect(read()).toContain("The example of `news`, or a call to it, is wrong");
  expect(read()).toContain("The script says hear: Bye");
  expect(await runTests(["flows/main.test.yaml"], { out })).toBe(0);
});

test("a file is loaded again once it, or a file that it imports, has changed", async () => {
  await enterProject(PROJECT);
  const first = await loadConfig();
  expect(first.kinds.named("announce")?.doc.summary).toBe("Says something several times.");
  expect(await loadConfig()).toBe(first);
  await write({ "kinds/announce.ts": ANNOUNCE.replace("several", "many") });
  const second = await loadConfig();
  expect(second.kinds.named("announce")?.doc.summary).toBe("Says something many times.");
  // Nothing of the functions has changed, so that a running Worker needs no restart.
  expect(second.functions).toBe(first.functions);
  await rm("ringflow.config.ts");
  expect((await loadConfig()).kinds.named("announce")).toBeUndefined();
});

test.each([undefined, "commonjs"])(
  "files in TypeScript are modules in a project of type %s",
  async (type) => {
    const warnings: string[] = [];
    const note = ({ message }: Error): void => void warnings.push(message);
    process.on("warning", note);
    await enterProject({ ...PROJECT, "package.json": JSON.stringify({ type }) });
    expect((await loadConfig()).kinds.named("announce")).toBeDefined();
    process.off("warning", note);
    expect(warnings).toEqual([]);
  },
);

test.each(["js", "mjs"])("a file can be ringflow.config.%s", async (ending) => {
  const text = ANNOUNCE.replaceAll("export const announce", "const announce");
  const file = `${text}\nexport default { kinds: [announce] };\n`;
  await enterProject({ [`ringflow.config.${ending}`]: file, "flows/main.yaml": ANNOUNCES });
  expect((await loadConfig()).kinds.named("announce")).toBeDefined();
});

test("a file that could not be loaded is tried again", async () => {
  await enterProject({ ...PROJECT, "ringflow.config.ts": "export default {" });
  await expect(loadConfig()).rejects.toThrow("cannot be loaded");
  await write(ANNOUNCE_PROJECT);
  expect((await loadConfig()).kinds.named("announce")).toBeDefined();
});

test("build writes the functions for the Worker, with what they import and without types", async () => {
  const shared = "export const double = (n: number): number => n * 2;\n";
  const text = `import { double } from "./shared.ts";\n${functions(TWICE.replace("n * 2", "double(n)"))}`;
  const folder = await enterProject({
    "flows/main.yaml": saying('"{{ twice(2) }}"'),
    "ringflow.functions.ts": text,
    "shared.ts": shared,
  });
  const { out } = terminal();
  expect(await build({ out })).toBe(0);
  const { default: made } = await import(`${pathToFileURL(folder)}/.ringflow/functions.js`);
  expect(made.twice[0]([21n])).toBe(42n);
  // Neither the compiler nor its libraries: the Worker loads it.
  expect((await readFile(".ringflow/functions.js", "utf8")).length).toBeLessThan(6000);
  expect(await readFile(".ringflow/programs.txt", "utf8")).toContain('"functions":["twice"]');
});

test("build writes a module without functions if the project has none", async () => {
  await enterProject({ "flows/main.yaml": saying("Hello.") });
  const { out } = terminal();
  expect(await build({ out })).toBe(0);
  expect(await readFile(".ringflow/functions.js", "utf8")).toBe("export default {};\n");
});

describe("the project's advice", () => {
  const menu = {
    "flows/main.yaml":
      "steps:\n  a: { gather: { prompt: Press 1., choices: { 1: b, 2: b }, noMatch: Pardon?, otherwise: b } }\n  b: { hangup: Bye. }\n",
  };

  test("turns off what it names", async () => {
    expect(await checked(menu)).toContain("advice unspoken-key");
    const off = 'export default { advice: { "unspoken-key": false, "many-options": 7 } };';
    expect(await checked({ ...menu, "ringflow.config.ts": off })).toBe("1 flow, no findings\n");
  });

  test.each([
    ["{ keys: false }", "ringflow.config.ts has `keys` in `advice`; it can have unspoken-key"],
    [
      '{ "many-options": 0 }',
      "a wrong value for `many-options` in `advice`; it can be a whole number, true or false",
    ],
    ['{ "unspoken-key": 3 }', "a wrong value for `unspoken-key` in `advice`; it can be true or false"],
  ])("that is wrong is a problem: %s", async (advice, problem) => {
    const text = `export default { advice: ${advice} };`;
    expect(await checked({ ...menu, "ringflow.config.ts": text })).toContain(problem);
  });
});
