/** Liquid texts → plain data, by LiquidJS, whose parser it is; nothing is rendered. */
import {
  AssignTag,
  CaseTag,
  CommentTag,
  IfTag,
  Liquid,
  Value as LiquidValue,
  Output,
  RawTag,
  type Tag,
  type TagToken,
  type Template,
  TypeGuards,
  UnlessTag,
} from "liquidjs";
import type { Branch, Operand, Part, Test, Value } from "./tree.ts";

const liquid = new Liquid();

/** The parts of a text; undefined if it is not Liquid that can be read. */
export function parseLiquid(text: string): Part[] | undefined {
  if (!/\{[{%]/.test(text)) return text === "" ? [] : [{ part: "text", text }];
  try {
    return partsOf(liquid.parse(text));
  } catch {
    return undefined;
  }
}

function partsOf(templates: readonly Template[]): Part[] {
  return templates.flatMap((template): Part[] => {
    if (template instanceof Output) return [{ part: "output", value: filteredOf(template.value) }];
    if (TypeGuards.isHTMLToken(template.token)) return [{ part: "text", text: template.token.getContent() }];
    return TypeGuards.isTagToken(template.token) ? tagOf(template, template.token) : [];
  });
}

function tagOf(tag: Template | Tag, token: TagToken): Part[] {
  if (tag instanceof IfTag || tag instanceof UnlessTag) {
    const branches = tag.branches.map(({ value, templates }, index): Branch => {
      const test = testOf(value.initial.postfix);
      return {
        test: index === 0 && tag instanceof UnlessTag ? { op: "not", of: test } : test,
        parts: partsOf(templates),
      };
    });
    return [{ part: "choice", branches, otherwise: partsOf(tag.elseTemplates ?? []) }];
  }
  if (tag instanceof CaseTag) return [caseOf(tag)];
  if (tag instanceof AssignTag) {
    const [, name = "", value = ""] = /^\s*([\w-]+)\s*=\s*([\s\S]*)$/.exec(token.args) ?? [];
    return [{ part: "assign", name, value: filteredOf(new LiquidValue(value, liquid)) }];
  }
  if (tag instanceof CommentTag) return [];
  if (tag instanceof RawTag) return [{ part: "unknown", tag: "raw" }];
  return [{ part: "unknown", tag: token.name }];
}

function caseOf({ value, branches, elseTemplates }: CaseTag): Part {
  const left = testOf(value.initial.postfix);
  return {
    part: "choice",
    branches: branches.map(({ values, templates }) => ({
      test: values
        .map((one): Test => ({ op: "==", left, right: operandOf(one) }))
        .reduce((first, second): Test => ({ op: "or", left: first, right: second })),
      parts: partsOf(templates),
    })),
    otherwise: partsOf(elseTemplates ?? []),
  };
}

function filteredOf({ initial, filters }: LiquidValue): Value {
  return {
    start: testOf(initial.postfix),
    filters: filters.map(({ name, args }) => ({
      name,
      arguments: args.map((one) => operandOf(Array.isArray(one) ? one[1] : one)),
    })),
  };
}

/** A condition from its tokens in postfix order. */
function testOf(postfix: readonly unknown[]): Test {
  const stack: Test[] = [];
  const pop = (): Test => stack.pop() ?? { literal: null };
  for (const token of postfix) {
    if (!TypeGuards.isOperatorToken(token)) {
      stack.push(operandOf(token));
      continue;
    }
    const { operator } = token;
    const right = pop();
    if (operator === "not") stack.push({ op: "not", of: right });
    else stack.push({ op: operator, left: pop(), right });
  }
  return pop();
}

/** A value that is not compared: a literal or a path. What is neither, such as a range, is null. */
function operandOf(token: unknown): Operand {
  if (TypeGuards.isQuotedToken(token)) return { literal: token.content };
  if (TypeGuards.isNumberToken(token)) return { literal: token.content };
  if (TypeGuards.isLiteralToken(token))
    return { literal: token.literal === "true" ? true : token.literal === "false" ? false : null };
  if (!TypeGuards.isPropertyAccessToken(token)) return { literal: null };
  const root = token.variable === undefined ? [] : [keyOf(token.variable)];
  return { path: [...root, ...token.props.map(keyOf)] };
}

function keyOf(token: unknown): string | number {
  if (TypeGuards.isNumberToken(token)) return token.content;
  if (TypeGuards.isQuotedToken(token)) return token.content;
  return TypeGuards.isWordToken(token) ? token.content : "";
}
