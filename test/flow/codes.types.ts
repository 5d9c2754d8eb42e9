/**
 * A finding's code is declared before it can be reported. Nothing runs this file: `npm run typecheck` fails if a line
 * below a `@ts-expect-error` compiles.
 */
import type { FindingCode } from "../../src/flow/catalogue.ts";
import { type CodeOf, defineFindings, errorDoc } from "../../src/flow/language/diagnostic.ts";
import type { rules } from "../../src/flow/rules/registry.ts";
import type { Rule } from "../../src/flow/rules/rule.ts";
import type { StepKind } from "../../src/flow/steps/kind.ts";
import type { kinds } from "../../src/flow/steps/registry.ts";

const FINDINGS = defineFindings([errorDoc("unknown-step", "An unknown step.", "steps:", "steps:")]);
type Code = CodeOf<typeof FINDINGS>;

const at = { span: { start: 0, end: 1 } };

export const rule: Rule<Code> = {
  name: "example",
  findings: FINDINGS,
  check({ report }) {
    report({ code: "unknown-step", at, message: "this code is in the rule's findings" });
    // @ts-expect-error a misspelt code
    report({ code: "unkown-step", at, message: "" });
    // @ts-expect-error a code that another rule documents
    report({ code: "missing-next", at, message: "" });
  },
};

export const sharing: Rule<Code, "missing-next"> = {
  ...rule,
  check: ({ report }) => report({ code: "missing-next", at, message: "this code is declared as shared" }),
};

// @ts-expect-error a rule that documents nothing cannot have a code of its own
export const undocumented: Rule<never> = rule;

export const lint: StepKind<null, Code, "missing-key">["lint"] = (_step, _flow, report) => {
  report({ code: "unknown-step", at, message: "this code is in the kind's findings" });
  report({ code: "missing-key", at, message: "this code is declared as shared" });
  // @ts-expect-error a code that the kind neither documents nor shares
  report({ code: "missing-next", at, message: "" });
};

// The registries accept only shared codes that some part documents.
export const registered: (typeof rules)[number][] = [rule, sharing];
declare const strangeRule: Rule<Code, "no-such-code">;
declare const strangeKind: StepKind<null, never, "no-such-code">;
// @ts-expect-error a shared code that nothing documents
export const refusedRule: (typeof rules)[number] = strangeRule;
// @ts-expect-error a shared code that nothing documents
export const refusedKind: (typeof kinds)[number] = strangeKind;

export const documented: FindingCode = "unknown-step";
// @ts-expect-error a code that nothing documents
export const unknown: FindingCode = "no-such-code";
