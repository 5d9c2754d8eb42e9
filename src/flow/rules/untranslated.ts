/** Untranslated texts that callers in another language hear. */
import type { Checked } from "../analysis/checked.ts";
import { type Graph, targetOf } from "../analysis/graph.ts";
import type { Mark } from "../language/mark.ts";
import type { Node } from "../language/node.ts";
import { isExit } from "../language/schema.ts";
import { HEARD_BY_CALLER } from "../language/side-roads.ts";
import { maskHoles } from "../language/text.ts";
import type { Step } from "../model/flow.ts";

/** A text, and the languages of the callers who hear it untranslated. */
export interface Untranslated {
  node: Node;
  languages: string[];
}

/** Every plain text of a prompt that callers hear in a language other than the flow's own. */
export function untranslated({ flow, graph, facts }: Checked): Untranslated[] {
  const others = facts.languages.filter((tag) => tag !== facts.language);
  const reached = others.map((tag) => ({ tag, steps: stepsIn(tag, graph) }));
  return flow.steps.flatMap((step) => {
    const languages = reached.flatMap(({ tag, steps }) => (steps.has(step.name) ? [tag] : []));
    return languages.length === 0 ? [] : plainTexts(step).map((node) => ({ node, languages }));
  });
}

/** The steps that a call can reach after it changes to a language and before it changes again. */
function stepsIn(language: string, graph: Graph): ReadonlySet<string> {
  const waiting = [...graph.steps.values()].flatMap((step) =>
    exitsOf(step).flatMap(({ to, changesTo }) => (changesTo === language ? to : [])),
  );
  const reached = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const step = graph.steps.get(name);
    if (!step || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...exitsOf(step).flatMap(({ to, changesTo }) => (changesTo === undefined ? to : [])));
    // The other roads are heard by staff, who need no translation.
    const heard = graph.sides.filter(({ from, road }) => from === name && HEARD_BY_CALLER.includes(road));
    waiting.push(...heard.map(({ to }) => to));
  }
  return reached;
}

/** A step's exits: the target of each, and the language that the call changes to, if any. */
function exitsOf({ name, marks }: Step): { to: string[]; changesTo: string | undefined }[] {
  const changes = marks.filter(({ mark }) => mark === "language");
  return marks.flatMap((exit) => {
    if (exit.mark !== "exit" || !isExit(exit.value)) return [];
    const change = changes.find(({ path }) => isBelow(exit.path, path.slice(0, -1)));
    const target = targetOf({ from: name, to: exit.value });
    const changesTo = typeof change?.value === "string" ? change.value : undefined;
    return [{ to: target === undefined ? [] : [target], changesTo }];
  });
}

function isBelow(path: readonly string[], above: readonly string[]): boolean {
  return above.every((key, index) => path[index] === key);
}

/** Texts with words, from prompts without a language. A sibling in another language counts as the translation. */
function plainTexts({ kind, marks }: Step): Node[] {
  const isForOthers = ({ path: [key = ""] }: Mark): boolean => kind.heardByOthers?.includes(key) ?? false;
  const prompts = marks.filter((mark) => mark.mark === "prompt" && !isForOthers(mark));
  return prompts.flatMap((prompt) => {
    const siblings = prompts.filter(({ path }) => parent(path) === parent(prompt.path));
    const text = textOf(prompt);
    return text && hasWords(text) && !siblings.some(namesLanguage) ? [text] : [];
  });
}

// The parent of a list entry is the list; any other prompt is its own parent.
function parent(path: readonly string[]): string {
  return (/^\d+$/.test(path.at(-1) ?? "") ? path.slice(0, -1) : path).join("/");
}

function textOf({ node }: Mark): Node | undefined {
  return node.type === "map" ? node.pairs.find(({ key }) => key.text === "say")?.value : node;
}

function namesLanguage({ node }: Mark): boolean {
  return node.type === "map" && node.pairs.some(({ key }) => key.text === "language");
}

function hasWords(node: Node): boolean {
  return node.type === "scalar" && /\p{L}{2}/u.test(maskHoles(node.text).replace(/<[^>]*>/g, ""));
}
