/** Checks of a `request` step that its schema cannot express. */
import { NOT_IN_HEADERS } from "../../../program/header.ts";
import { splitText } from "../../language/text.ts";
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
  lintHeaders(step, report);
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

/** Fetch throws at a name that HTTP does not allow. Values are encoded during a call, which the service may not expect. */
function lintHeaders(step: Step<Request>, report: Report<Code>): void {
  const headers = valueAt(step, "headers");
  if (headers?.type !== "map") return;
  for (const { key, value } of headers.pairs) {
    if (!HEADER_NAME.test(key.text)) {
      const message = `a header cannot be named "${key.text}"; use letters, digits and hyphens`;
      report({ code: "bad-header", at: key, message });
    }
    const unfit = value.type === "scalar" ? NOT_IN_HEADERS.exec(wordsOf(value.text).trim())?.[0] : undefined;
    if (unfit === undefined) continue;
    const what = /[\r\n]/.test(unfit) ? "a line break" : `"${unfit}"`;
    const message = `${what} cannot be in a header and is sent percent-encoded; send this text in \`json\`, \`form\` or \`query\``;
    report({ code: "encoded-header", severity: "warning", at: value, message });
  }
}

/** A token of HTTP. RFC 9110, 5.6.2. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** A text with a letter for each hole: their values are encoded during the call. */
function wordsOf(text: string): string {
  return splitText(text)
    .parts.map((part) => ("words" in part ? part.words : "x"))
    .join("");
}
