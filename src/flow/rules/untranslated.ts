/** Untranslated texts that callers in another language hear. */
import type { Checked } from "../analysis/checked.ts";
import { stepsIn } from "../analysis/languages.ts";
import type { Mark } from "../language/mark.ts";
import type { Node } from "../language/node.ts";
import { maskHoles } from "../language/text.ts";
import type { Step } from "../model/flow.ts";

/** A text, and the languages of the callers who hear it untranslated. */
interface Untranslated {
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
