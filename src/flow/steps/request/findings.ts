/** The findings on `request` steps. */
import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";

/** A flow with a request that has these keys, and a URL. */
function requesting(...keys: readonly string[]): string {
  return yaml`
    steps:
      ask:
        request:
          url: https://crm.example.com/callers
          ${keys.join("\n          ")}
          status: { else: hangup }
        next: hangup
  `;
}

export const FINDINGS = defineFindings([
  {
    code: "secret-over-http",
    severity: "warning",
    summary: "A request sends a secret to an `http:` URL.",
    bad: yaml`
      steps:
        ask:
          request:
            url: http://crm.example.com/callers
            headers: { Authorization: "{{ secrets.CRM }}" }
            status: { else: hangup }
          next: hangup
    `,
    good: requesting('headers: { Authorization: "{{ secrets.CRM }}" }'),
  },
  {
    code: "bad-header",
    severity: "error",
    summary: "The name of a header has a character that HTTP does not allow, or is empty.",
    bad: requesting("headers: { X Name: Ada }"),
    good: requesting("headers: { X-Name: Ada }"),
  },
  {
    code: "encoded-header",
    severity: "warning",
    summary:
      "The value of a header has a line break or a character outside Latin-1. It is sent percent-encoded, as UTF-8.",
    bad: requesting("headers: { X-Agent: Łukasz }"),
    good: requesting("json: { agent: Łukasz }"),
  },
  {
    code: "slow-request",
    severity: "error",
    summary: "A request can take longer than a call can wait.",
    bad: requesting("timeout: 6", "retries: 1"),
    good: requesting("timeout: 5", "retries: 1"),
  },
  {
    code: "two-bodies",
    severity: "error",
    summary: "A request has both `json` and `form`.",
    bad: requesting("json: { a: 1 }", "form: { a: 1 }"),
    good: requesting("json: { a: 1 }"),
  },
  {
    code: "body-of-get",
    severity: "error",
    summary: "A `GET` request has a body.",
    bad: requesting("method: GET", "json: { a: 1 }"),
    good: requesting("method: GET", "query: { a: 1 }"),
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
