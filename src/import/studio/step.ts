/** A flow in the making: steps as plain values, whose exits and prompts can still be told apart. */

/** An exit: another step by its key, or a word such as `hangup`. */
export class Exit {
  readonly to: string;
  readonly isWord: boolean;
  constructor(to: string, isWord = false) {
    this.to = to;
    this.isWord = isWord;
  }
}

/** What is heard, one thing after another. */
export class Prompt {
  readonly items: readonly PromptItem[];
  constructor(items: readonly PromptItem[]) {
    this.items = items;
  }
}

/** A text or a recording. */
export type PromptItem =
  | { say: string; voice: string; language: string; loop?: number }
  | { play: string; loop?: number }
  | { pause: number };

/** A value of a step, as YAML will have it. */
export type Tree = string | number | boolean | null | Exit | Prompt | readonly Tree[] | TreeMap;

/** A map of such values. */
export interface TreeMap {
  readonly [key: string]: Tree;
}

/** A step. */
export interface Step {
  /** What exits call it until it has a name. */
  key: string;
  /** The name that it would like to have. */
  wish: string;
  /** The widgets that it stands for. */
  widgets: readonly string[];
  /** Such as `gather`. */
  kind: string;
  body: Tree;
  next?: Exit;
  /** Lines of a comment above the step. */
  comment?: readonly string[];
}

export const HANGUP = new Exit("hangup", true);
export const RETURN = new Exit("return", true);
export const REPEAT = new Exit("repeat", true);

/** Whether a tree is a map. */
export function isTreeMap(tree: Tree | undefined): tree is TreeMap {
  return (
    typeof tree === "object" &&
    tree !== null &&
    !Array.isArray(tree) &&
    !(tree instanceof Exit) &&
    !(tree instanceof Prompt)
  );
}

/** A tree with every exit replaced. */
function mapExits(tree: Tree, change: (exit: Exit) => Exit): Tree {
  if (tree instanceof Exit) return change(tree);
  if (tree instanceof Prompt) return tree;
  if (isList(tree)) return tree.map((one) => mapExits(one, change));
  if (!isTreeMap(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, one]) => [key, mapExits(one, change)]));
}

function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree);
}

/** A step with every exit replaced. */
export function withExits(step: Step, change: (exit: Exit) => Exit): Step {
  return {
    ...step,
    body: mapExits(step.body, change),
    ...(step.next && { next: change(step.next) }),
  };
}

/** The exits of a step to other steps, in their order. */
export function exitsOf(step: Step): string[] {
  const found: string[] = [];
  withExits(step, (exit) => {
    if (!exit.isWord) found.push(exit.to);
    return exit;
  });
  return found;
}

/** A map without the keys that are undefined. */
export function compact(values: Readonly<Record<string, Tree | undefined>>): TreeMap {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
