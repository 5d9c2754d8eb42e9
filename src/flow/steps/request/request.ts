/** `request`: call an HTTP service. */
import { yaml } from "../../language/example.ts";
import { EVERYWHERE } from "../../language/side-roads.ts";
import type { StepKind } from "../kind.ts";
import { Body, mostSeconds, type Request } from "./body.ts";
import { type Code, FINDINGS } from "./findings.ts";
import { lint } from "./lint.ts";
import { answered, send } from "./send.ts";

export const request: StepKind<Request, Code, "bad-url"> = {
  name: "request",
  does: "silent",
  role: "reaches",
  beside: EVERYWHERE,
  speaksFirst: "meanwhile",
  silentSeconds: (body) => (body.meanwhile === undefined ? mostSeconds(body) : 0),
  doc: {
    summary: "Calls an HTTP service, captures values from its answer, and continues by the outcome.",
    text:
      "`save` names variables and the path of each in the JSON answer, such as `customer.name` or `items.0.id`. A value " +
      "that is missing, null or of another type is the outcome `invalid`, unless the variable has a default. A 2xx " +
      "answer takes `next`, any other its exit in `status`; a 2xx that `status` names is captured and takes that exit. `meanwhile` is spoken before a slow service is called. " +
      "Addresses of private networks are refused, except for the hosts (with their port, if any) listed in the " +
      "environment variable `PRIVATE_HOSTS`. Secrets (`secrets.NAME`) can be used in headers and bodies. Each request " +
      "carries an `Idempotency-Key`, the same for every retry. A retry waits as long as the answer's `Retry-After` says, " +
      "if there is time; a `POST` that may have arrived is not repeated unless the step says `idempotent: true`.\n\n" +
      "`sign: twilio` adds the header `X-Twilio-Signature`, with which a protected Twilio Function knows that the request " +
      "is from your account. The Worker signs with `TWILIO_AUTH_TOKEN`, and only for the hosts that the environment " +
      "variable `TWILIO_SIGNED_HOSTS` lists, separated by spaces or commas (`my-functions-1234.twil.io`): a signature is " +
      "worth a webhook. For any other host, or without the token, the outcome is `failed`, and the log says why. A body of " +
      "JSON is signed by its hash, in the parameter `bodySHA256`.",
    example: yaml`

      variables:
        name: { type: string }
        orders: { type: int, default: 0 }
      steps:
        look-up:
          request:
            url: https://crm.example.com/callers/{{ caller.number }}
            headers: { Authorization: "Bearer {{ secrets.CRM_TOKEN }}" }
            timeout: 3
            save: { name: customer.name, orders: customer.openOrders }
            meanwhile: One moment, please.
            status: { 404: stranger, else: stranger }
          next: greet
        greet:
          hangup: Hello {{ vars.name }}. You have {{ vars.orders }} open orders.
        stranger:
          hangup: Hello. I do not know this number.
    `,
    calls: `
flow: example
scenarios:
  - name: the service knows the caller
    from: +14155550111
    requests:
      https://crm.example.com/*: [{ json: { customer: { name: Ada, openOrders: 2 } } }]
    script:
      - hear: One moment, please.
      - request: https://crm.example.com/callers/*
      - hear: Hello Ada. You have 2 open orders.
      - end
  - name: the service takes too long
    requests:
      https://crm.example.com/*: [{ status: timeout }]
    script:
      - hear: I do not know this number.
      - end
`,
  },
  schema: Body,
  keys: {
    url:
      "The URL. `{{ }}` can be used in its path and query, and is encoded. `{ env: FUNCTIONS_URL, path: /callers }` puts a " +
      "path after a base URL that an environment variable has.",
    method: "The HTTP method; if left out, `POST` with a body and `GET` without.",
    headers: "Headers by name.",
    query: "Query parameters by name.",
    json: "The body, as JSON; a text that is one whole `{{ }}` keeps its type.",
    form: "The body, as a form.",
    timeout: "Seconds for one attempt, up to 10; 4 if left out.",
    retries:
      "Number of retries after a timeout, a lost connection, 429 or 5xx; 0 if left out. A `POST` or `PATCH` is repeated " +
      "only after 429 and 503, unless it is `idempotent`.",
    idempotent:
      "`true` says that the service acts only once on a request that it gets twice, because it knows the " +
      "`Idempotency-Key` or for another reason. Then a `POST` is repeated as a `GET` is.",
    sign: "`twilio` signs the request as Twilio signs its webhooks: for protected Twilio Functions.",
    answer:
      "Variables, and what each captures of the answer, whatever the outcome: `status` (such as `404` or `timeout`) or " +
      "`text`, the body as it came, which then need not be JSON.",
    save: "Variables, and the path of each in the answer.",
    meanwhile: "The prompt that is spoken before the service is called.",
    status: "Exits by outcome.",
  },
  outcomes: {
    "404": "This status code; any other can be named as well.",
    "5xx": "This class of status codes, except for those that are named.",
    timeout: "The last attempt had no answer in time.",
    invalid: "A value of `save` is missing in the answer, null or of another type.",
    failed: "No answer at all.",
  },
  next: () => "required",
  findings: FINDINGS,
  lint,
  compile: (step, compiler) => ({
    enter: [
      ...(step.body.meanwhile === undefined ? [] : [compiler.prompt(step.body.meanwhile)]),
      { op: "goto", block: "send" },
    ],
    send: [send(step, compiler)],
    answered: answered(step, compiler),
    invalid: compiler.outcome(step.body.status, "invalid"),
  }),
};
