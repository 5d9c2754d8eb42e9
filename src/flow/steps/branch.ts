/** `branch`: choose an exit by conditions, or by one value. */

import type { Op } from "../../program/op.ts";
import { mediumOf, mediumOfCases } from "../analysis/channels.ts";
import type { Compiler } from "../compile/compiler.ts";
import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import { CasesOf, Exit } from "../language/exit-schema.ts";
import type { Mark } from "../language/mark.ts";
import { Expression, Keys } from "../language/schema.ts";
import { EVERYWHERE, type Medium } from "../language/side-roads.ts";
import { type Static, Type } from "../language/type.ts";
import type { StepKind } from "./kind.ts";

const Case = Keys({ when: Type.Optional(Expression("bool")), next: Exit });
const Cases = Keys({
  on: Expression("text"),
  cases: CasesOf,
  else: Exit,
});
const Body = Type.Union([Type.Array(Case, { minItems: 1 }), Cases]);
type Body = Static<typeof Body>;

function byConditions(cases: Static<typeof Case>[], compiler: Compiler): Op[] {
  const conditions = cases.flatMap(({ when, next }) =>
    when === undefined ? [] : [{ when, ops: compiler.exit(next) }],
  );
  const last = cases.find(({ when }) => when === undefined);
  return [{ op: "when", cases: conditions }, ...compiler.exit(last?.next ?? "hangup")];
}

function byValue(body: Static<typeof Cases>, compiler: Compiler): Op[] {
  const cases = Object.entries(body.cases).map(([key, exit]): [string, Op[]] => [key, compiler.exit(exit)]);
  return [
    { op: "switch", on: { expr: body.on }, loose: true, cases: Object.fromEntries(cases) },
    ...compiler.exit(body.else),
  ];
}

const FINDINGS = defineFindings([
  {
    code: "branch-order",
    severity: "error",
    summary:
      "The last entry of a branch has a `when`, so no exit is left if no condition is true; or an earlier entry has none.",
    bad: yaml`
      steps:
        decide:
          branch:
            - when: caller.country == "US"
              next: hangup
            - { when: caller.country == "CA", next: hangup }
    `,
    good: yaml`
      steps:
        decide:
          branch:
            - when: caller.country == "US"
              next: hangup
            - next: hangup
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

/** The condition beside an exit in a list of them: its place in the list would tell an author little. */
function conditionOf([entry = "", ...rest]: readonly string[], marks: readonly Mark[]): string | undefined {
  if (!/^\d+$/.test(entry) || rest.length !== 1) return undefined;
  const beside = marks.find(
    ({ mark, path }) => mark === "expression" && path[0] === entry && path.length === 2,
  );
  return typeof beside?.value === "string" ? beside.value : "otherwise";
}

/** The only medium on which an exit is taken: it follows a condition on `call.channel`, or is what one leaves. */
function mediumOfExit([first = "", key = ""]: readonly string[], body: Body): Medium | undefined {
  if (!Array.isArray(body)) {
    if (first === "cases") return mediumOfCases(body.on, [key]).yes;
    return first === "else" ? mediumOfCases(body.on, Object.keys(body.cases)).no : undefined;
  }
  const at = Number(first);
  const left = body.slice(0, at).map(({ when = "" }) => mediumOf(when).no);
  return mediumOf(body[at]?.when ?? "").yes ?? left.find((medium) => medium !== undefined);
}

export const branch: StepKind<Body, Code> = {
  name: "branch",
  does: "silent",
  exitLabel: conditionOf,
  exitTrigger: ([entry = ""]) => (/^\d+$/.test(entry) ? "condition" : "outcome"),
  medium: mediumOfExit,
  aliases: { if: ["when"], condition: ["when"] },
  beside: EVERYWHERE,
  doc: {
    summary: "Chooses where to go, by conditions or by one value.",
    text:
      "A list is read from the top: the first `when` that is true wins, and the last entry has no `when`. " +
      "With `on`, the value is looked up in `cases`, and `else` takes every other value. If no case equals the value, one " +
      "that differs only in upper and lower case or final punctuation is taken: a spoken `Yes.` is `yes`.",
    example: yaml`

      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00" }
      steps:
        opening:
          branch:
            - when: isOpen("office")
              next: country
            - next: closed
        country:
          branch:
            on: caller.country
            cases: { US: home, CA: home }
            else: abroad
        home: { say: Welcome., next: hangup }
        abroad: { say: Welcome from abroad., next: hangup }
        closed: { hangup: We are closed. }
    `,
    calls: `
flow: example
scenarios:
  - name: at noon, from the United States
    at: 2026-11-23T12:00:00-05:00
    caller: { country: US }
    script:
      - hear: Welcome.
      - end
  - name: at noon, from Germany
    at: 2026-11-23T12:00:00-05:00
    caller: { country: DE }
    script:
      - hear: Welcome from abroad.
      - end
  - name: in the evening
    at: 2026-11-23T20:00:00-05:00
    script:
      - hear: We are closed.
      - end
`,
  },
  schema: Body,
  keys: {
    when: "A condition: an expression that is true or false.",
    next: "Where to go when the condition is true.",
    on: "The expression whose value picks a case.",
    cases: "Values and their exits.",
    else: "The exit of every other value.",
  },
  next: () => "refused",
  findings: FINDINGS,
  lint(step, _flow, report) {
    if (!Array.isArray(step.body) || step.bodyNode.type !== "list") return;
    const { items } = step.bodyNode;
    const last = step.body.length - 1;
    step.body.forEach(({ when }, index) => {
      const at = items[index] ?? step.bodyNode;
      if (when === undefined && index < last) {
        report({
          code: "branch-order",
          at,
          message: "this entry has no `when`, so the entries below it are never reached; move it to the end",
        });
      } else if (when !== undefined && index === last) {
        report({
          code: "branch-order",
          at,
          message:
            "the last entry of a branch must not have `when`; add one with only `next`, for when no condition is true",
        });
      }
    });
  },
  compile: (step, compiler) => ({
    enter: Array.isArray(step.body) ? byConditions(step.body, compiler) : byValue(step.body, compiler),
  }),
};
