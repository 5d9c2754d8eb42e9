/** Where a flow reads the Worker's variables and secrets. */

import type { FindingDoc } from "../language/diagnostic.ts";
import type { Node, Span } from "../language/node.ts";
import { isEnv } from "../language/schema.ts";
import type { Flow } from "../model/flow.ts";
import { expressionsOf, spanIn } from "./expressions.ts";

/** A place in a flow's file that reads one of them. */
export interface WorkerRead {
  name: string;
  isSecret: boolean;
  /** The name itself. */
  span: Span;
}

/** Every place, those in expressions first. */
export function workerReads(flow: Flow): WorkerRead[] {
  return [...secretReads(flow), ...constantReads(flow.root)];
}

const SECRET = /\bsecrets\s*(?:\.\s*|\[\s*["'])([A-Za-z_]\w*)/g;

/** The secrets that a flow's expressions name. */
export function secretReads(flow: Flow): WorkerRead[] {
  return expressionsOf(flow).flatMap((written) =>
    [...written.text.matchAll(SECRET)].map(({ 0: all, 1: name = "", index }) => {
      const end = index + all.length;
      return { name, isSecret: true, span: spanIn(written, flow.text, end - name.length, end) };
    }),
  );
}

function constantReads(node: Node): WorkerRead[] {
  if (node.type === "scalar") return [];
  if (node.type === "list") return node.items.flatMap(constantReads);
  const [pair, ...more] = node.pairs;
  if (pair?.key.text === "env" && pair.value.type === "scalar" && more.length === 0) {
    const { text, span } = pair.value;
    return isEnv({ env: text }) ? [{ name: text, isSecret: false, span }] : [];
  }
  return node.pairs.flatMap(({ value }) => constantReads(value));
}

/** The findings on what the Worker is given. */
export const environmentFindings: readonly FindingDoc[] = [
  {
    code: "unset-variable",
    severity: "error",
    summary:
      "A flow reads a Worker's variable by `{ env: NAME }`, or a secret by `secrets.NAME`, and it is not set: a variable in wrangler.toml, a secret by `npx wrangler secret put`, and for development in `.dev.vars`.",
    good: "destinations:\n  billing: { env: BILLING_NUMBER }\nsteps:\n  billing:\n    dial: { to: billing, status: { else: hangup } }\n    next: hangup\n",
  },
  {
    code: "wrong-variable",
    severity: "error",
    summary:
      "A Worker's variable that does not fit where a flow reads it by `{ env: NAME }`: a number that cannot be dialled, seconds that are no number. `check` and `start` look at wrangler.toml and `.dev.vars`, `build --deploy` at wrangler.toml.",
    good: "destinations:\n  billing: { env: BILLING_NUMBER }\nsteps:\n  billing:\n    dial: { to: billing, timeout: { env: RING_SECONDS }, status: { else: hangup } }\n    next: hangup\n",
  },
];
