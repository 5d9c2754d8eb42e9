/** Stage 4, second half: a Liquid text → a text with `{{ }}`. */
import { type Cel, type Names, quoted, stringOf, tight } from "./cel.ts";
import { celOf, conditionOf } from "./expression.ts";
import { parseLiquid } from "./parse.ts";
import type { Part, Value } from "./tree.ts";

/** A text of a flow. */
export interface Text {
  text: string;
  /** If it is a single expression. */
  whole?: Cel;
}

/** Translates a text. One that is not Liquid is left as it is, and reported as lost. */
export function translate(source: string, names: Names): Text {
  const parts = parseLiquid(source);
  if (parts === undefined) {
    names.lost("a text that is not correct Liquid");
    return { text: source.replace(/\{\{|\}\}|\{%|%\}/g, "") };
  }
  return textOf(parts, names);
}

/** The parts as a text. */
export function textOf(parts: readonly Part[], names: Names): Text {
  const scope = withAssigned(names);
  const counted = countUp(parts, scope);
  if (counted) return { text: hole(counted), whole: counted };
  const pieces = parts.map((part) => pieceOf(part, scope)).filter((piece) => piece !== "");
  const [first] = pieces;
  if (pieces.length === 1 && typeof first === "object") return { text: hole(first), whole: first };
  return { text: pieces.map((piece) => (typeof piece === "string" ? piece : hole(piece))).join("") };
}

/** An expression in a text. */
export function hole(value: Cel): string {
  return `{{ ${value.type === "recording" ? stringOf(value) : value.cel} }}`;
}

interface Scope extends Names {
  assign(name: string, value: Value): void;
}

/** Names with those that `assign` has made: a name stands for its value. */
function withAssigned(names: Names): Scope {
  const assigned = new Map<string, Cel>();
  return {
    lost: names.lost,
    refer: (path) => (path.length === 1 ? assigned.get(String(path[0])) : undefined) ?? names.refer(path),
    assign(name, value) {
      assigned.set(name, celOf(value, this));
    },
  };
}

function pieceOf(part: Part, scope: Scope): string | Cel {
  switch (part.part) {
    case "text":
      return part.text;
    case "output":
      return literalOf(celOf(part.value, scope));
    case "assign":
      scope.assign(part.name, part.value);
      return "";
    case "unknown":
      scope.lost(`the Liquid tag \`${part.tag}\``);
      return "";
    case "choice":
      return choiceOf(part, scope);
  }
}

/** A value that is known already is text. */
function literalOf(value: Cel): string | Cel {
  const literal = /^'([^'\\]*)'$/.exec(value.cel)?.[1];
  return literal ?? value;
}

function choiceOf({ branches, otherwise }: Extract<Part, { part: "choice" }>, scope: Scope): Cel {
  const last = joined(otherwise, scope);
  const cel = branches.reduceRight(
    (rest, { test, parts }) => `${conditionOf(test, scope)} ? ${joined(parts, scope)} : ${rest}`,
    last,
  );
  return { cel, type: "string", loose: true };
}

/** Parts as one expression that gives a text. */
function joined(parts: readonly Part[], scope: Scope): string {
  const pieces = parts.map((part) => pieceOf(part, scope)).filter((piece) => piece !== "");
  const texts = pieces.map((piece) =>
    typeof piece === "string" ? quoted(piece) : tight({ ...piece, cel: stringOf(piece) }),
  );
  return texts.length === 0 ? "''" : texts.join(" + ");
}

/** `{% if n %}{{ n | plus: 1 }}{% else %}1{% endif %}` counts up from nothing: `n + 1`. */
function countUp(parts: readonly Part[], names: Names): Cel | undefined {
  const [part, more] = parts.filter(isVisible);
  if (part?.part !== "choice" || more !== undefined || part.branches.length !== 1) return undefined;
  const [branch] = part.branches;
  const [output, rest] = branch?.parts.filter(isVisible) ?? [];
  const [start, other] = part.otherwise.filter(isVisible);
  if (output?.part !== "output" || start?.part !== "text" || rest !== undefined || other !== undefined)
    return undefined;
  if (!branch || !("path" in branch.test) || !("path" in output.value.start)) return undefined;
  const [filter] = output.value.filters;
  const [by] = filter?.arguments ?? [];
  const isSame = branch.test.path.join() === output.value.start.path.join();
  if (!isSame || filter?.name !== "plus" || !by || !("literal" in by)) return undefined;
  return start.text.trim() === String(by.literal) ? celOf(output.value, names) : undefined;
}

function isVisible(part: Part): boolean {
  return part.part !== "text" || part.text.trim() !== "";
}
