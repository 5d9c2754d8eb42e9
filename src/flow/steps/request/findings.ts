/** The findings on `request` steps. */
import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";

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
    good: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            headers: { Authorization: "{{ secrets.CRM }}" }
            status: { else: hangup }
          next: hangup
    `,
  },
  {
    code: "bad-header",
    severity: "error",
    summary: "The name of a header has a character that HTTP does not allow, or is empty.",
    bad: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            headers: { X Name: Ada }
            status: { else: hangup }
          next: hangup
    `,
    good: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            headers: { X-Name: Ada }
            status: { else: hangup }
          next: hangup
    `,
  },
  {
    code: "encoded-header",
    severity: "warning",
    summary:
      "The value of a header has a line break or a character outside Latin-1. It is sent percent-encoded, as UTF-8.",
    bad: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            headers: { X-Agent: Łukasz }
            status: { else: hangup }
          next: hangup
    `,
    good: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            json: { agent: Łukasz }
            status: { else: hangup }
          next: hangup
    `,
  },
  {
    code: "slow-request",
    severity: "error",
    summary: "A request can take longer than a call can wait.",
    bad: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            timeout: 6
            retries: 1
            status: { else: hangup }
          next: hangup
    `,
    good: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            timeout: 5
            retries: 1
            status: { else: hangup }
          next: hangup
    `,
  },
  {
    code: "two-bodies",
    severity: "error",
    summary: "A request has both `json` and `form`.",
    bad: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            json: { a: 1 }
            form: { a: 1 }
            status: { else: hangup }
          next: hangup
    `,
    good: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            json: { a: 1 }
            status: { else: hangup }
          next: hangup
    `,
  },
  {
    code: "body-of-get",
    severity: "error",
    summary: "A `GET` request has a body.",
    bad: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            method: GET
            json: { a: 1 }
            status: { else: hangup }
          next: hangup
    `,
    good: yaml`
      steps:
        ask:
          request:
            url: https://crm.example.com/callers
            method: GET
            query: { a: 1 }
            status: { else: hangup }
          next: hangup
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
