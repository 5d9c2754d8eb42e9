/** Checks of a `request` step that its schema cannot express. */
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import { MOST_SECONDS, type Request, TIMEOUT } from "./body.ts";
import type { Code } from "./findings.ts";

/** The findings on one step. */
export function lint(step: Step<Request>, _flow: Flow, report: Report<Code | "bad-url">): void {
  const { body, bodyNode } = step;
  const seconds = (body.timeout ?? TIMEOUT) * ((body.retries ?? 0) + 1);
  if (seconds > MOST_SECONDS) {
    const message = `this takes up to ${seconds} s with all retries, and a call waits at most ${MOST_SECONDS}; lower \`timeout\` or \`retries\``;
    report({ code: "slow-request", at: bodyNode, message });
  }
  if (body.json && body.form) {
    report({
      code: "two-bodies",
      at: bodyNode,
      message: "a request sends `json` or `form`, not both; remove one",
    });
  }
  if (typeof body.url === "string" && /^https?:\/\/[^/?#]*@/i.test(body.url)) {
    const message = "a URL cannot contain a user name and password; send them in `headers`, as Authorization";
    report({ code: "bad-url", at: valueAt(step, "url") ?? bodyNode, message });
  }
  lintSecrets(step, report);
  const sent = body.json ? "json" : body.form ? "form" : undefined;
  if (body.method === "GET" && sent !== undefined) {
    const message = `a GET request has no body; use another \`method\`, or \`query\` instead of \`${sent}\``;
    report({ code: "body-of-get", at: valueAt(step, "method") ?? bodyNode, message });
  }
}

/** Anyone on the way can read what is sent by `http:`. */
function lintSecrets({ body, bodyNode, marks }: Step<Request>, report: Report<Code>): void {
  if (typeof body.url !== "string" || !/^http:/i.test(body.url)) return;
  const reads = marks.some(({ node }) => node.type === "scalar" && /\{\{.*\bsecrets\b/s.test(node.text));
  if (!reads) return;
  const message = "anyone on the way can read a secret that is sent by `http:`; use `https:`";
  report({ code: "secret-over-http", severity: "warning", at: bodyNode, message });
}
