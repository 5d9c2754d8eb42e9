/** `request`: call an HTTP service. */

import Type, { type Static } from "typebox";
import type { Op, RequestOp, Source } from "../../program/program.ts";
import type { Compiler } from "../compile/compiler.ts";
import { jsonSource, textSource } from "../compile/compiler.ts";
import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import { mapValues } from "../language/map-values.ts";
import {
  Exit,
  JsonValue,
  Keys,
  OneOf,
  Prompt,
  RequestUrl,
  Saved,
  SecretText,
  Whole,
} from "../language/schema.ts";
import { EVERYWHERE } from "../language/side-roads.ts";
import { type Flow, type Report, type Step, valueAt } from "../model/flow.ts";
import type { StepKind } from "./kind.ts";

/** The requests of a turn, with all retries, have 10 of Twilio's 15 seconds. */
const MOST_SECONDS = 10;
const TIMEOUT = 4;

const Texts = Type.Record(Type.String({ minLength: 1 }), SecretText);
const OUTCOME = "^([1-5]\\d\\d|[1-5]xx|timeout|invalid|failed|else)$";

const Body = Keys({
  url: RequestUrl,
  method: Type.Optional(OneOf("GET", "POST", "PUT", "PATCH", "DELETE")),
  headers: Type.Optional(Texts),
  query: Type.Optional(Texts),
  json: Type.Optional(JsonValue),
  form: Type.Optional(Texts),
  timeout: Type.Optional(Whole(1, MOST_SECONDS)),
  retries: Type.Optional(Whole(0, 3)),
  idempotent: Type.Optional(Type.Boolean()),
  save: Type.Optional(Saved),
  meanwhile: Type.Optional(Prompt),
  status: Type.Optional(
    Type.Record(Type.String({ pattern: OUTCOME }), Exit, {
      additionalProperties: false,
      "x-says": "a status such as 404, a class such as 5xx, timeout, invalid, failed or else",
    }),
  ),
});
type Request = Static<typeof Body>;

function send({ body }: Step<Request>, compiler: Compiler): RequestOp {
  const { json, form, query, headers } = body;
  const later = compiler.fragment((response) =>
    response.addChild("Redirect", {}).addText(compiler.link("send")),
  );
  return {
    op: "request",
    method: body.method ?? (json || form ? "POST" : "GET"),
    url: compiler.address(body.url),
    ...(query && { query: mapValues(query, textSource) }),
    ...(headers && { headers: mapValues(headers, textSource) }),
    ...(json && { json: jsonSource(json.value) }),
    ...(form && { form: mapValues(form, textSource) }),
    timeout: (body.timeout ?? TIMEOUT) * 1000,
    retries: body.retries ?? 0,
    ...(body.idempotent && { idempotent: true }),
    block: "answered",
    later,
  };
}

/** Captures values from the answer, or takes the exit for an answer that the flow does not expect. */
function save({ body }: Step<Request>, { facts }: Compiler): Op[] {
  return Object.entries(body.save ?? {}).map(([variable, path]): Op => {
    const from: Source = { answer: "body", path: path.split(".") };
    // A variable with a default keeps its value if the answer has none.
    const otherwise: Op[] = facts.defaulted.has(variable) ? [] : [{ op: "goto", block: "invalid" }];
    return { op: "set", to: { variable }, from, otherwise };
  });
}

function answered(step: Step<Request>, compiler: Compiler): Op[] {
  const { status = {} } = step.body;
  const named = Object.entries(status).filter(([outcome]) => outcome !== "else");
  const cases = Object.fromEntries(named.map(([outcome, exit]) => [outcome, compiler.exit(exit)]));
  const good = [...save(step, compiler), ...compiler.exit(step.next ?? "hangup")];
  return [
    { op: "switch", on: { answer: "status" }, cases },
    { op: "switch", on: { answer: "class" }, cases: { "2xx": good, ...cases } },
    ...compiler.outcome(status, "an answer like this"),
  ];
}

function lint(step: Step<Request>, _flow: Flow, report: Report<Code | "bad-url">): void {
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

const FINDINGS = defineFindings([
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

type Code = CodeOf<typeof FINDINGS>;

export const request: StepKind<Request, Code, "bad-url"> = {
  name: "request",
  does: "silent",
  beside: EVERYWHERE,
  speaksFirst: "meanwhile",
  doc: {
    summary: "Calls an HTTP service, captures values from its answer, and continues by the outcome.",
    text:
      "`save` names variables and the path of each in the JSON answer, such as `customer.name` or `items.0.id`. A value " +
      "that is missing, null or of another type is the outcome `invalid`, unless the variable has a default. A 2xx " +
      "answer takes `next`, any other its exit in `status`. `meanwhile` is spoken before a slow service is called. " +
      "Addresses of private networks are refused, except for the hosts (with their port, if any) listed in the " +
      "environment variable `PRIVATE_HOSTS`. Secrets (`secrets.NAME`) can be used in headers and bodies. Each request " +
      "carries an `Idempotency-Key`, the same for every retry. A retry waits as long as the answer's `Retry-After` says, " +
      "if there is time; a `POST` that may have arrived is not repeated unless the step says `idempotent: true`.",
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
    url: "The URL. `{{ }}` can be used in its path and query, and is encoded.",
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
