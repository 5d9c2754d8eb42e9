/** Saves a call as a test, or records one anew: writes it into its file, plays it at once, and can take it back. */
import { readFile, rm } from "node:fs/promises";
import type { SourceFile } from "../../flow/language/node.ts";
import {
  type Added,
  addScenario,
  type NewScenario,
  replaceScript,
} from "../../flow/scenarios/scenario-file.ts";
import { readScenarios, type WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import type { NamedTest, Refused, SavedTest, Undone } from "../../phone/page/contract/tests.ts";
import { isMap } from "../../program/is-map.ts";
import { playInForms } from "../play/said.ts";
import { replaceTestFile, testFileOf } from "../play/test-file.ts";
import { FLOWS, readFiles, testFiles } from "../project/files.ts";
import type { LocalProject } from "../project/project.ts";

/** Writes tests, and takes back what it wrote last. */
export interface TestWriter {
  /** Saves a call. @param body a `SaveTestRequest`, as JSON */
  save(project: LocalProject, body: string): Promise<SavedTest | Refused>;
  /** Records a test anew. @param body a `NamedTest`, as JSON */
  rerecord(project: LocalProject, body: string): Promise<SavedTest | Refused>;
  undo(): Promise<Undone | Refused>;
}

/** A writer that has written nothing yet. Projects are the served ones: for a flow's file, and to play the call. */
export function testWriter(): TestWriter {
  let last: { before: SourceFile; after: SourceFile } | undefined;

  const write = async (project: LocalProject, flow: string, before: SourceFile, added: Added) => {
    if ("problem" in added) return added;
    const { file, line, name } = added;
    await replaceTestFile(file);
    last = { before, after: file };
    const failure = await failureOf(project, file, flow, name);
    return { file: file.path, line, name, ...(failure !== undefined && { failure }) };
  };

  return {
    save: async (project, body) => {
      const request = readRequest(body);
      if (!request) return { problem: "Expected JSON with a flow's name and a scenario." };
      const { flow, scenario } = request;
      const built = project.flows.find((one) => one.flow.name === flow);
      if (!built) return { problem: `The flow "${flow}" does not exist, or has an error.` };
      const before = await testFileOf(built.flow.file);
      return write(project, flow, before, addScenario(before, flow, inOrder(scenario), flowsIn(project)));
    },
    rerecord: async (project, body) => {
      const { flow, name } = namesIn(body);
      const found = await findTest(project, flow, name);
      if (!found) return { problem: `There is no test "${name}".` };
      const { rerecorded } = await import("../play/rerecord.ts");
      const script = await rerecorded(found.written, project, project.variables);
      if ("problem" in script) return script;
      return write(project, flow, found.file, replaceScript(found.file, name, script, flowsIn(project)));
    },
    undo: async () => {
      if (!last) return { problem: "Nothing was written." };
      const { before, after } = last;
      const text = await readFile(after.path, "utf8").catch(() => "");
      if (text !== after.text) return { problem: `${after.path} was changed since, and stays as it is.` };
      last = undefined;
      if (before.text === "") await rm(before.path);
      else await replaceTestFile(before);
      return { undone: before.path };
    },
  };
}

function flowsIn({ flows }: LocalProject): string[] {
  return flows.map((one) => one.flow.name);
}

function namesIn(body: string): NamedTest {
  const value = parsed(body);
  const { flow, name } = isMap(value) ? value : {};
  return { flow: String(flow), name: String(name) };
}

async function findTest(
  project: LocalProject,
  flow: string,
  name: string,
): Promise<{ file: SourceFile; written: WrittenScenario } | undefined> {
  for (const file of await readFiles(await testFiles([FLOWS]))) {
    const { scenarios } = readScenarios(file, flowsIn(project));
    const written = scenarios.find((one) => one.flow === flow && one.scenario.name === name);
    if (written) return { file, written };
  }
  return undefined;
}

function readRequest(body: string): { flow: string; scenario: NewScenario } | undefined {
  const value = parsed(body);
  if (typeof value !== "object" || value === null || !("flow" in value) || !("scenario" in value))
    return undefined;
  const { flow, scenario } = value;
  return typeof flow === "string" && isNamed(scenario) ? { flow, scenario } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isNamed(value: unknown): value is NewScenario {
  return typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
}

/** In reading order: the name first, the long script last. */
function inOrder({ name, at, direction, from, to, script, ...rest }: NewScenario): NewScenario {
  return { name, ...defined({ at, direction, from, to }), ...rest, script };
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Why a test does not go as written; undefined if it does. */
async function failureOf(
  project: LocalProject,
  file: SourceFile,
  flow: string,
  name: string,
): Promise<string | undefined> {
  const { scenarios } = readScenarios(file, [flow]);
  const written = scenarios.find(({ scenario }) => scenario.name === name);
  return written && (await playInForms(written, project, project.variables)).failure?.message;
}
