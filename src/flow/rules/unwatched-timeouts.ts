/** Time-outs of text conversations that no one watches: without a Durable Object, cookies alone have the conversations. */
import type { Checked } from "../analysis/checked.ts";
import type { EnvironmentCode } from "../analysis/worker-reads.ts";
import type { Diagnostic } from "../language/diagnostic.ts";
import { valueAt } from "../model/flow.ts";

/** Seconds that Twilio keeps a cookie of a text message. */
const COOKIE_LASTS = 4 * 3600;

/** A warning for each `timeout` that a flow writes down, for a Worker without the binding CONVERSATIONS. */
export function unwatchedTimeouts({ flow, graph }: Checked): Diagnostic<EnvironmentCode>[] {
  return flow.steps.flatMap((step): Diagnostic<EnvironmentCode>[] => {
    const { timeout = 0 } = step.kind.waitsForMessage?.(step.body) ?? {};
    const written = valueAt(step, "timeout");
    if (timeout === 0 || !written || !graph.reached.has(step.name)) return [];
    const { span } = written;
    const message = timeout > COOKIE_LASTS ? TOO_LONG : UNWATCHED;
    return [
      { code: "timeout-without-object", severity: "warning", file: flow.file, span, message, hint: HINT },
    ];
  });
}

const TOO_LONG =
  "without the Durable Object CONVERSATIONS, the conversation is lost after 4 hours, when Twilio deletes its cookie, and no time-out runs";
const UNWATCHED =
  "without the Durable Object CONVERSATIONS, no time-out runs: an answer after this time begins a new conversation";
const HINT =
  'Add the binding to wrangler.toml: [[durable_objects.bindings]] with name = "CONVERSATIONS" and class_name = "Conversations", and [[migrations]] with tag = "v3" and new_sqlite_classes = ["Conversations"].';
