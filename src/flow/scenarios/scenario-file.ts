/** Writes a call into a test file without touching anything else in it. */
import { type Diagnostic, position } from "../language/diagnostic.ts";
import type { ListNode, Node, SourceFile } from "../language/node.ts";
import { readSource } from "../yaml/source.ts";
import { appendItem, replaceItems, writeYaml } from "../yaml/write.ts";
import { readScenarios } from "./scenarios.ts";

/** A scenario to write, its name first; its shape is checked when the new text is read. */
export interface NewScenario {
  name: string;
  [key: string]: unknown;
}

/** The new text of the file with the scenario's name and line, or the reason why it cannot be written. */
export type Added = { file: SourceFile; name: string; line: number } | { problem: string };

/**
 * Appends a scenario to a test file. If its name is taken, a number is added.
 * @param file the test file; its text is empty if it does not exist yet
 * @param flows the names of the existing flows
 */
export function addScenario(
  file: SourceFile,
  flow: string,
  scenario: NewScenario,
  flows: readonly string[],
): Added {
  const isNew = file.text.trim() === "";
  const before = isNew ? { scenarios: [], diagnostics: [] } : readScenarios(file, flows);
  const wrong = errorIn(before.diagnostics);
  if (wrong)
    return { problem: `${file.path} has an error itself: ${wrong}. Repair it, and keep the call then.` };
  const other = before.scenarios.find((written) => written.flow !== flow)?.flow;
  if (other !== undefined) return { problem: `${file.path} tests another flow: ${other}.` };
  const names = before.scenarios.map((written) => written.scenario.name);
  const named = { ...scenario, name: freeName(scenario.name, names) };
  const text = isNew ? writeYaml({ flow, scenarios: [named] }) : appended(file, named);
  if (text === undefined) return { problem: `The scenarios of ${file.path} are in brackets. ${BY_HAND}` };
  const added = { path: file.path, text };
  const after = readScenarios(added, flows);
  const refused = errorIn(after.diagnostics);
  if (refused) return { problem: `This call cannot be written as a scenario: ${refused}.` };
  const written = after.scenarios.at(-1);
  if (!written || after.scenarios.length !== names.length + 1)
    return { problem: `There is no place for another scenario in ${file.path}. ${BY_HAND}` };
  return { file: added, name: named.name, line: position(text, written.nameSpan.start).line };
}

/**
 * Gives a scenario of a test file another script.
 * @param flows the names of the existing flows
 */
export function replaceScript(
  file: SourceFile,
  name: string,
  script: readonly unknown[],
  flows: readonly string[],
): Added {
  const items = scenariosIn(file)?.items ?? [];
  const item = items.find((one) => textIn(one, "name") === name);
  const list = item && valueIn(item, "script");
  const text = list?.type === "list" ? replaceItems(file.text, list, script) : undefined;
  if (text === undefined)
    return { problem: `The script of "${name}" is not a list that can be written anew.` };
  const fresh = { path: file.path, text };
  const after = readScenarios(fresh, flows);
  const refused = errorIn(after.diagnostics);
  if (refused) return { problem: `This call cannot be written as a scenario: ${refused}.` };
  const written = after.scenarios.find(({ scenario }) => scenario.name === name);
  return { file: fresh, name, line: position(text, written?.nameSpan.start ?? 0).line };
}

function valueIn(node: Node, key: string): Node | undefined {
  return node.type === "map" ? node.pairs.find((pair) => pair.key.text === key)?.value : undefined;
}

function textIn(node: Node, key: string): string | undefined {
  const value = valueIn(node, key);
  return value?.type === "scalar" ? value.text : undefined;
}

const BY_HAND = "Write them as a list, with `- name:` below each other.";

function errorIn(diagnostics: readonly Diagnostic[]): string | undefined {
  return diagnostics.find(({ severity }) => severity === "error")?.message;
}

function freeName(name: string, taken: readonly string[]): string {
  for (let number = 2, free = name; ; number++) {
    if (!taken.includes(free)) return free;
    free = `${name} (${number})`;
  }
}

function appended(file: SourceFile, scenario: NewScenario): string | undefined {
  const list = scenariosIn(file);
  return list && appendItem(file.text, list, scenario);
}

function scenariosIn(file: SourceFile): ListNode | undefined {
  const { root } = readSource(file);
  const list = root && valueIn(root, "scenarios");
  return list?.type === "list" ? list : undefined;
}
