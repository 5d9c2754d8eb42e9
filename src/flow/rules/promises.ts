/** Promises: the names in them exist, and mean one thing. The explorer decides whether they are kept. */

import type { Checked } from "../analysis/checked.ts";
import { isEndWord } from "../analysis/promised.ts";
import { type Diagnostic, suggesterOf } from "../language/diagnostic.ts";
import type { Mark } from "../language/mark.ts";
import type { Flow } from "../model/flow.ts";
import { END_WORDS } from "../model/promises.ts";
import { kinds } from "../steps/registry.ts";
import { type Flows, partsOf } from "./parts.ts";
import { type Code, FINDINGS } from "./promises-findings.ts";
import type { Rule, RuleContext } from "./rule.ts";

const KINDS: ReadonlySet<string> = new Set(kinds.map(({ name }) => name));
/** The keys of a promise whose steps come before something else: the call continues there. */
const BEFORE_MORE: ReadonlySet<string> = new Set(["from", "always"]);

type Shared = "unknown-step";

export const promises: Rule<Code, Shared> = {
  name: "promises",
  findings: FINDINGS,
  check(context) {
    for (const mark of promisedIn(context.flow)) checkName(mark, context);
  },
};

/** A name in a promise. */
type Named = Mark & { value: string };

function promisedIn({ marks }: Flow): Named[] {
  return marks.flatMap((mark) =>
    mark.mark === "promised" && typeof mark.value === "string" ? [{ ...mark, value: mark.value }] : [],
  );
}

function checkName({ value: name, node: at, path }: Named, context: RuleContext<Code | Shared>): void {
  const { flow, report } = context;
  const [, , key = ""] = path;
  if (isEndWord(name)) {
    const message = `\`${key}\` must be a step; the call is over at \`${name}\``;
    if (BEFORE_MORE.has(key)) report({ code: "wrong-promise", at, message });
    return;
  }
  if (flow.steps.some((step) => step.name === name)) return void checkAmbiguous(name, at, context);
  // A part's step is checked with the flow of the part.
  if (name.includes(".") || isKind(name, flow) || flow.broken.some((step) => step.name === name)) return;
  const meant = suggesterOf([...stepsAndKinds(flow), ...END_WORDS])(name);
  const advice =
    meant === undefined
      ? "; name a step, a kind of step such as `record`, or `hangup`"
      : `; did you mean "${meant}"?`;
  report({ code: "unknown-step", at, message: `unknown step "${name}"${advice}`, meant });
}

function isKind(name: string, { steps }: Flow): boolean {
  return KINDS.has(name) || steps.some(({ kind }) => kind.name === name);
}

function stepsAndKinds({ steps, broken }: Flow): string[] {
  return [...steps, ...broken].map(({ name }) => name).concat([...KINDS]);
}

function checkAmbiguous(
  name: string,
  at: Mark["node"],
  { flow: { steps }, report }: RuleContext<Code | Shared>,
): void {
  const other = steps.find((step) => step.kind.name === name && step.name !== name);
  if (!other) return;
  const message = `"${name}" is a step and also the kind of "${other.name}"; this is about the step alone`;
  report({ code: "ambiguous-promise", severity: "warning", at, message });
}

/** Checks the names of parts' steps. */
export function lintPromises(checked: Checked, flows: Flows): Diagnostic<Shared>[] {
  const { flow } = checked;
  const named = promisedIn(flow).filter(({ value }) => value.includes("."));
  if (named.length === 0) return [];
  const names = partsOf(checked, flows).flatMap((part) =>
    [...part.flow.steps, ...part.flow.broken].map((step) => `${part.flow.name}.${step.name}`),
  );
  const suggest = suggesterOf(names);
  return named.flatMap(({ value, node: { span } }): Diagnostic<Shared>[] => {
    if (names.includes(value)) return [];
    const meant = suggest(value);
    const advice =
      meant === undefined
        ? "; write the name of a flow that this one runs, a dot, and the step"
        : `; did you mean "${meant}"?`;
    const message = `unknown step "${value}"${advice}`;
    return [{ code: "unknown-step", severity: "error", file: flow.file, span, message, meant }];
  });
}
