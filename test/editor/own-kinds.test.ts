/** The language server in a project with step kinds and functions of its own. */
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Editor, startEditor } from "./client.ts";

const AUTHORING = pathToFileURL(resolve("src/flow/authoring.ts")).href;

const config = (name: string): string => `
import { defineKind, Exit, Keys, Prompt, Type } from ${JSON.stringify(AUTHORING)};
console.log("what a config prints is no message of the protocol");
export default {
  kinds: [
    defineKind({
      name: "${name}",
      does: "speaks",
      schema: Keys({ text: Prompt, closed: Type.Optional(Exit) }),
      keys: { text: "The announcement.", closed: "Where to go on a closed day." },
      doc: { summary: "Says something of our own." },
      compile: ({ body, next }, compiler) => ({ enter: [compiler.prompt(body.text), ...compiler.exit(next ?? "hangup")] }),
    }),
  ],
};
`;
const FUNCTIONS = `
export default [{ name: "withTax", takes: ["number"], gives: "number", summary: "Adds the tax.", run: (amount) => amount * 1.19 }];
`;
const FLOW = "steps:\n  a:\n    announce: { text: Hello., closed: b }\n    next: b\n  b:\n    hangup: Bye.\n";

let editor: Editor;

beforeAll(async () => {
  editor = await startEditor({
    "ringflow.config.js": config("announce"),
    "ringflow.functions.js": FUNCTIONS,
  });
  await editor.open("flows/own.yaml", FLOW);
});
afterAll(async () => {
  await editor.close();
});

const typed = (text: string): Promise<string[]> => editor.offers("flows/typed.yaml", `steps:\n  b:\n${text}`);

test("knows the kind in findings, hover and the outline", async () => {
  expect(await editor.findings("flows/own.yaml")).toEqual([]);
  expect(await editor.hover("flows/own.yaml", "announce:")).toContain("Says something of our own.");
  expect(await editor.hover("flows/own.yaml", "closed:")).toContain("closed day");
  const steps = (await editor.symbols("flows/own.yaml")).find(({ name }) => name === "steps");
  expect(steps?.children?.[0]?.detail).toBe("announce");
});

test("completes the kind, its keys and its exits", async () => {
  expect(await typed("    |\n")).toContain("announce:");
  expect(await typed("    announce: { | }\n")).toEqual(["text: ", "closed: "]);
  expect(await typed("    announce: { text: Hi., closed: | }\n")).toContain("b");
});

test("completes the function, and says what it does", async () => {
  expect(await typed("    branch:\n      - when: with|\n")).toContain("withTax($0)");
});

test("takes a kind that has changed", async () => {
  await writeFile(join(editor.folder, "ringflow.config.js"), config("proclaim"));
  await editor.type("flows/own.yaml", FLOW.replace("announce", "proclaim"));
  expect(await editor.findings("flows/own.yaml")).toEqual([]);
});

test("keeps the last kinds while the config is broken", async () => {
  await writeFile(join(editor.folder, "ringflow.config.js"), "export default {");
  await editor.type("flows/own.yaml", `${FLOW.replace("announce", "proclaim")}\n`);
  expect(await editor.findings("flows/own.yaml")).toEqual([]);
});
