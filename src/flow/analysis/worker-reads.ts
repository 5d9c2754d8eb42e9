/** The environment variables and secrets that a flow reads. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
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

/** The findings on environment variables and secrets. */
export const environmentFindings = defineFindings([
  {
    code: "unset-variable",
    severity: "error",
    summary:
      "A flow reads an unset environment variable (`{ env: NAME }`) or secret (`secrets.NAME`). Set variables in wrangler.toml, secrets with `npx wrangler secret put`, and both for development in `.dev.vars`.",
    good: yaml`
      destinations:
        billing: { env: BILLING_NUMBER }
      steps:
        billing:
          dial: { to: billing, status: { else: hangup } }
          next: hangup
    `,
  },
  {
    code: "wrong-variable",
    severity: "error",
    summary:
      "The value of an environment variable does not fit the place that reads it (`{ env: NAME }`), such as a number that cannot be dialled. `check` and `start` read wrangler.toml and `.dev.vars`, `build --deploy` reads wrangler.toml.",
    good: yaml`
      destinations:
        billing: { env: BILLING_NUMBER }
      steps:
        billing:
          dial: { to: billing, timeout: { env: RING_SECONDS }, status: { else: hangup } }
          next: hangup
    `,
  },
]);

/** The codes that the list declares. */
export type EnvironmentCode = CodeOf<typeof environmentFindings>;
