/** Saves a call as a test: writes it into the flow's test file, and plays it at once. */
import { readFile, rename, writeFile } from "node:fs/promises";
import type { SourceFile } from "../../flow/language/node.ts";
import { addScenario, type NewScenario } from "../../flow/scenarios/scenario-file.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import type { Refused, SavedTest } from "../../phone/page/contract.ts";
import { playInForms } from "../play/said.ts";
import type { LocalProject } from "../project/project.ts";

/**
 * Saves a call.
 * @param body a `SaveTestRequest`, as JSON
 * @param project the served project, for the flow's file and to play the call
 */
export async function saveCall(project: LocalProject, body: string): Promise<SavedTest | Refused> {
  const request = readRequest(body);
  if (!request) return { problem: "Expected JSON with a flow's name and a scenario." };
  const { flow, scenario } = request;
  const built = project.flows.find((one) => one.flow.name === flow);
  if (!built) return { problem: `The flow "${flow}" does not exist, or has an error.` };
  const flows = project.flows.map((one) => one.flow.name);
  const added = addScenario(await testFileOf(built.flow.file), flow, inOrder(scenario), flows);
  if ("problem" in added) return added;
  await replace(added.file);
  const failure = await failureOf(project, added.file, flow);
  const { file, line, name } = added;
  return { file: file.path, line, name, ...(failure !== undefined && { failure }) };
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

/** A flow's test file; without text if it does not exist yet. */
async function testFileOf(flow: string): Promise<SourceFile> {
  const path = flow.replace(/\.(ya?ml)$/, ".test.$1");
  return { path, text: await readFile(path, "utf8").catch(() => "") };
}

async function replace({ path, text }: SourceFile): Promise<void> {
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, text);
  await rename(fresh, path);
}

/** Why the last call in a test file does not go as written; undefined if it does. */
async function failureOf(project: LocalProject, file: SourceFile, flow: string): Promise<string | undefined> {
  const written = readScenarios(file, [flow]).scenarios.at(-1);
  return written && (await playInForms(written, project, project.variables)).failure?.message;
}
