/** Say/Play → `say`, `play`; a text that depends on a value → a `branch` and a `say` for each text. */
import { type Conversion, exitOn } from "../conversion.ts";
import { textIn, type Widget } from "../definition.ts";
import type { Names } from "../liquid/cel.ts";
import { conditionOf, operandOf } from "../liquid/expression.ts";
import { parseLiquid } from "../liquid/parse.ts";
import { textOf } from "../liquid/text.ts";
import type { Branch, Part, Test } from "../liquid/tree.ts";
import { kebab } from "../names.ts";
import { promptOf, saidBy, spoken } from "../prompts.ts";
import { Exit, Prompt, type Step, type Tree } from "../step.ts";
import { stepFor } from "./widget.ts";

/** Converts a Say/Play. */
export function convertSay(c: Conversion, widget: Widget): Step[] {
  const next = exitOn(c, widget, "audioComplete");
  const digits = textIn(widget, "digits");
  if (digits !== "" && textIn(widget, "say") + textIn(widget, "play") === "")
    return [stepFor(widget, { kind: "play", body: { play: { digits } }, next })];
  return (
    alternatives(c, widget, next) ?? [
      stepFor(widget, { kind: "say", body: new Prompt(promptOf(c, widget)), next }),
    ]
  );
}

/** Texts of which one is longer than this are steps of their own. */
const LONG = 40;

type Choice = Extract<Part, { part: "choice" }>;

function alternatives(c: Conversion, widget: Widget, next: Exit): Step[] | undefined {
  if (textIn(widget, "play").trim() !== "") return undefined;
  const parts = parseLiquid(textIn(widget, "say")) ?? [];
  const choices = parts.filter((part) => part.part === "choice");
  const [choice] = choices;
  if (!choice || choices.length !== 1 || parts.some(({ part }) => part === "assign")) return undefined;
  const names = c.values.namesIn(widget.name);
  const textFrom = (some: readonly Part[]): string => spoken(textOf(some, names).text);
  const lists = [...choice.branches.map((branch) => branch.parts), choice.otherwise];
  if (!lists.some((list) => textFrom(list).length > LONG)) return undefined;
  const at = parts.indexOf(choice);
  const [before, after] = [textFrom(parts.slice(0, at)), textFrom(parts.slice(at + 1))];
  const last = after === "" ? next : new Exit(`${widget.name}/after`);
  if (isDecided(choice, names)) {
    const text = [before, textFrom(choice.otherwise), after].filter((one) => one !== "").join(" ");
    return [{ ...sayStep(widget, widget.name, widget.name, text), next }];
  }
  const labels = labelsOf(choice);
  const said = lists.map((list, index): Step | undefined => {
    const text = [before, textFrom(list)].filter((one) => one !== "").join(" ");
    const key = `${widget.name}/${index}`;
    const wish = `${widget.name} ${labels[index] ?? ""}`;
    return text === "" ? undefined : { ...sayStep(widget, key, wish, text), next: last };
  });
  const exits = said.map((step) => (step ? new Exit(step.key) : last));
  const branch = stepFor(widget, { kind: "branch", body: branchOf(c, widget, choice, exits) });
  const end =
    after === "" ? [] : [{ ...sayStep(widget, `${widget.name}/after`, `${widget.name} end`, after), next }];
  return [branch, ...said.filter((step) => step !== undefined), ...end];
}

function sayStep(widget: Widget, key: string, wish: string, text: string): Step {
  return stepFor(widget, { key, wish, kind: "say", body: new Prompt([saidBy(widget, text)]) });
}

function branchOf(c: Conversion, widget: Widget, { branches }: Choice, exits: readonly Exit[]): Tree {
  const names = c.values.namesIn(widget.name);
  const otherwise = exits.at(-1) ?? c.end;
  const on = branches.map(({ test }) => equalTo(test));
  const [first] = on;
  const isSwitch = first && on.length > 1 && on.every((one) => one?.path === first.path);
  const value = isSwitch ? operandOf(first.operand, names) : undefined;
  if (value?.type === "string" && value.cel !== "''") {
    const cases = on.flatMap((one, index) =>
      (one?.values ?? []).map((text) => [` ${text}`, exits[index] ?? otherwise] as const),
    );
    return { on: value.cel, cases: Object.fromEntries(cases), else: otherwise };
  }
  return [
    ...branches.map(({ test }, index) => ({
      when: conditionOf(test, names),
      next: exits[index] ?? otherwise,
    })),
    { next: otherwise },
  ];
}

/** Whether the value that decides is always empty, so that only one text is ever heard. */
function isDecided({ branches }: Choice, names: Names): boolean {
  return branches.every(({ test }) => {
    const one = equalTo(test);
    return one !== undefined && !one.values.includes("") && operandOf(one.operand, names).cel === "''";
  });
}

/** `x == "a"`, or `x == "a" or x == "b"`. */
function equalTo(
  test: Test,
): { path: string; operand: { path: readonly (string | number)[] }; values: string[] } | undefined {
  if (!("op" in test)) return undefined;
  if (test.op === "or") {
    const [left, right] = [equalTo(test.left), equalTo(test.right)];
    return left && right && left.path === right.path
      ? { ...left, values: [...left.values, ...right.values] }
      : undefined;
  }
  if (test.op !== "==" || "op" in test.left || !("path" in test.left)) return undefined;
  if ("op" in test.right || !("literal" in test.right) || typeof test.right.literal !== "string")
    return undefined;
  return { path: test.left.path.join(), operand: test.left, values: [test.right.literal] };
}

/** What tells the texts apart, for the names of their steps. */
function labelsOf({ branches }: Choice): string[] {
  const labels = branches.map(({ test }: Branch, index) => equalTo(test)?.values[0] ?? `when ${index + 1}`);
  return [...labels.map(kebab), "otherwise"];
}
