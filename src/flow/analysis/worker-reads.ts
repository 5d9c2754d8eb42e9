/** The environment variables and secrets that a flow reads. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import type { MapNode, Node, ScalarNode, Span } from "../language/node.ts";
import { isEnv } from "../language/schema.ts";
import { type Flow, marksOf } from "../model/flow.ts";
import { expressionsOf, isOfPromise, spanIn } from "./expressions.ts";

/** A place in a flow's file that reads one of them. */
export interface WorkerRead {
  name: string;
  isSecret: boolean;
  /** The name itself. */
  span: Span;
}

/** Every place, those in expressions first. */
export function workerReads(flow: Flow): WorkerRead[] {
  return [...secretReads(flow), ...constantReads(flow.root), ...impliedReads(flow)];
}

/** What the Worker itself needs for a choice of the author's, such as `sign: twilio`. */
function impliedReads(flow: Flow): WorkerRead[] {
  return marksOf(flow).flatMap(({ schema, node }) =>
    (schema["x-reads"] ?? []).map((name) => ({ name, isSecret: name.endsWith("_TOKEN"), span: node.span })),
  );
}

const SECRET = /\bsecrets\s*(?:\.\s*|\[\s*["'])([A-Za-z_]\w*)/g;

/** The secrets that a flow's expressions name. */
export function secretReads(flow: Flow): WorkerRead[] {
  const called = expressionsOf(flow).filter(({ mark }) => !isOfPromise(mark));
  return called.flatMap((written) =>
    [...written.text.matchAll(SECRET)].map(({ 0: all, 1: name = "", index }) => {
      const end = index + all.length;
      return { name, isSecret: true, span: spanIn(written, flow.text, end - name.length, end) };
    }),
  );
}

function constantReads(node: Node): WorkerRead[] {
  if (node.type === "scalar") return [];
  if (node.type === "list") return node.items.flatMap(constantReads);
  const name = constantIn(node);
  if (name) return isEnv({ env: name.text }) ? [{ name: name.text, isSecret: false, span: name.span }] : [];
  return node.pairs.flatMap(({ value }) => constantReads(value));
}

/** The name in `{ env: NAME }`, or in a URL's `{ env: NAME, path }`. */
function constantIn({ pairs }: MapNode): ScalarNode | undefined {
  const [{ key, value } = {}, second, ...more] = pairs;
  if (key?.text !== "env" || value?.type !== "scalar" || more.length > 0) return undefined;
  return second === undefined || second.key.text === "path" ? value : undefined;
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
  {
    code: "timeout-without-object",
    severity: "warning",
    summary:
      "An `ask` has a `timeout`, but wrangler.toml has no Durable Object CONVERSATIONS. Without it, Twilio's cookie alone has the conversation: no step runs when the time is over, a later answer begins a new conversation, and after 4 hours the cookie is deleted. `check` and `build --deploy` read wrangler.toml.",
    good: yaml`
      onMessage: day
      variables: { day: { type: string } }
      steps:
        day:
          ask: { prompt: Which day suits you?, save: day, timeout: 2d, otherwise: return }
          next: return
    `,
  },
]);

/** The codes that the list declares. */
export type EnvironmentCode = CodeOf<typeof environmentFindings>;
