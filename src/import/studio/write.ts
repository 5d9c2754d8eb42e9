/** A draft → the text of a flow. The voice and language that most prompts have are the flow's own. */
import { NO_CONFIG } from "../../flow/config/config.ts";
import { format } from "../../flow/format/format.ts";
import { formOf } from "../../flow/format/forms.ts";
import { type Plain, type PlainMap, writeMap, writePair } from "../write/yaml.ts";
import type { Draft } from "./convert.ts";
import { Exit, isTreeMap, Prompt, type PromptItem, type Step, type Tree } from "./step.ts";
import type { Variable } from "./values/declared.ts";

/** The part of a draft that is written. */
export type Written = Pick<
  Draft,
  "description" | "start" | "onMessage" | "isPart" | "gives" | "variables" | "steps"
>;

/** What prompts have unless they say otherwise. */
interface Manner {
  voice: string;
  language: string;
}

/** Writes a flow, as `ringflow fmt` would have it. */
export function writeFlow(draft: Written, path = "flow.yaml"): string {
  const text = written(draft);
  return format({ path, text }, formOf("flow", NO_CONFIG.kinds)) ?? text;
}

function written(draft: Written): string {
  const manner = mannerOf(draft.steps);
  const [first] = draft.steps;
  const { gives, isPart } = draft;
  const takes = draft.variables.filter(({ isTaken }) => isTaken).map(({ name }) => name);
  const head: Record<string, Plain | undefined> = {
    description: draft.description || undefined,
    voice: manner.voice || undefined,
    language: manner.language === "" || manner.language === "en-US" ? undefined : manner.language,
    timezone: /\b(?:now|today)\(\)/.test(JSON.stringify(draft.steps)) ? "UTC" : undefined,
    start: draft.start === undefined || draft.start === first?.key ? undefined : draft.start,
    onMessage: draft.onMessage,
    gives: gives.length === 0 ? undefined : gives,
    // A part without parameters and results says so.
    takes: takes.length === 0 && (!isPart || gives.length > 0) ? undefined : takes,
    variables: variablesOf(draft.variables),
  };
  const pairs = Object.entries(head).flatMap(([key, value]) =>
    value === undefined ? [] : [writePair(key, value, "")],
  );
  return `${pairs.join("")}steps:\n${draft.steps.map((step) => writeStep(step, manner)).join("")}`;
}

function variablesOf(variables: readonly Variable[]): PlainMap | undefined {
  if (variables.length === 0) return undefined;
  return Object.fromEntries(
    variables.map(({ name, type, default: value, maxLength }) => [
      name,
      {
        type,
        ...(value !== undefined && { default: value }),
        ...(maxLength !== undefined && { maxLength }),
      },
    ]),
  );
}

function writeStep({ key, kind, body, next, comment = [] }: Step, manner: Manner): string {
  const lines = comment.map((line) => `  # ${line}\n`).join("");
  const value = plainOf(withoutLanguage(body, manner), manner);
  const isPlayed =
    kind === "say" &&
    body instanceof Prompt &&
    body.items.length === 1 &&
    typeof value === "object" &&
    value !== null &&
    "play" in value &&
    Object.keys(value).length === 1;
  const step: PlainMap = isPlayed
    ? { play: value.play ?? "", ...(next && { next: next.to }) }
    : { [kind]: value, ...(next && { next: next.to }) };
  return `${lines}  ${key}:\n${writeMap(step, "    ")}`;
}

/** A gather recognises the call's language anyway. */
function withoutLanguage(body: Tree, { language }: Manner): Tree {
  if (!isTreeMap(body) || body.language !== (language || "en-US")) return body;
  const { language: _, ...rest } = body;
  return rest;
}

function plainOf(tree: Tree, manner: Manner): Plain {
  if (tree instanceof Exit) return tree.to;
  if (tree instanceof Prompt) return promptOf(tree, manner);
  if (isList(tree)) return tree.map((one) => plainOf(one, manner));
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, one]) => [key, plainOf(one, manner)]));
}

function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree);
}

function promptOf({ items }: Prompt, manner: Manner): Plain {
  const plain = items.map((item) => itemOf(item, manner));
  const [only, another] = plain;
  return only !== undefined && another === undefined ? only : plain;
}

function itemOf(item: PromptItem, manner: Manner): Plain {
  if ("pause" in item) return { pause: item.pause };
  if ("play" in item) return { play: item.play, ...(item.loop && { loop: item.loop }) };
  const language = item.language === manner.language || item.language === "" ? undefined : item.language;
  const voice = item.voice === manner.voice || item.voice === "" ? undefined : item.voice;
  if (voice === undefined && language === undefined && item.loop === undefined) return item.say;
  return {
    say: item.say,
    ...(voice && { voice }),
    ...(language && { language }),
    ...(item.loop && { loop: item.loop }),
  };
}

/** The voice and the language of most prompts. */
function mannerOf(steps: readonly Step[]): Manner {
  const items = steps.flatMap(({ body }) => itemsIn(body)).filter((item) => "say" in item);
  return {
    voice: mostFrequent(items.map(({ voice }) => voice)),
    language: mostFrequent(items.map(({ language }) => language)),
  };
}

function itemsIn(tree: Tree): PromptItem[] {
  if (tree instanceof Prompt) return [...tree.items];
  if (tree instanceof Exit || typeof tree !== "object" || tree === null) return [];
  return Object.values(tree).flatMap(itemsIn);
}

/** Those without one follow the others. */
function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== "") counts.set(text, (counts.get(text) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? "";
}
