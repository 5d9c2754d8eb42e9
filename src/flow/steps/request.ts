/** `request`: ask an HTTP service. */
import Type, { type Static } from "typebox";
import type { Op, RequestOp, Source } from "../../program/program.ts";
import type { Compiler } from "../compile/compiler.ts";
import { jsonSource, textSource } from "../compile/compiler.ts";
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

/** A turn has 10 s of Twilio's 15, tries and all. */
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

function send({ body }: Step<Request>, to: Compiler): RequestOp {
  const { json, form, query, headers } = body;
  const later = to.fragment((response) => response.addChild("Redirect", {}).addText(to.link("send")));
  return {
    op: "request",
    method: body.method ?? (json || form ? "POST" : "GET"),
    url: to.address(body.url),
    ...(query && { query: mapValues(query, textSource) }),
    ...(headers && { headers: mapValues(headers, textSource) }),
    ...(json && { json: jsonSource(json.value) }),
    ...(form && { form: mapValues(form, textSource) }),
    timeout: (body.timeout ?? TIMEOUT) * 1000,
    retries: body.retries ?? 0,
    block: "answered",
    later,
  };
}

/** Takes what is to be kept: all of it, or the exit for an answer that is not what the flow expects. */
function save({ body }: Step<Request>, { facts }: Compiler): Op[] {
  return Object.entries(body.save ?? {}).map(([variable, place]): Op => {
    const from: Source = { answer: "body", path: place.split(".") };
    // A variable with a default keeps what it holds where the answer has nothing for it.
    const otherwise: Op[] = facts.defaulted.has(variable) ? [] : [{ op: "goto", block: "invalid" }];
    return { op: "set", to: { variable }, from, otherwise };
  });
}

function answered(step: Step<Request>, to: Compiler): Op[] {
  const { status = {} } = step.body;
  const named = Object.entries(status).filter(([outcome]) => outcome !== "else");
  const cases = Object.fromEntries(named.map(([outcome, exit]) => [outcome, to.exit(exit)]));
  const good = [...save(step, to), ...to.exit(step.next ?? "hangup")];
  return [
    { op: "switch", on: { answer: "status" }, cases },
    { op: "switch", on: { answer: "class" }, cases: { "2xx": good, ...cases } },
    ...to.outcome(status, "an answer like this"),
  ];
}

function lint(step: Step<Request>, _flow: Flow, report: Report): void {
  const { body, bodyNode } = step;
  const seconds = (body.timeout ?? TIMEOUT) * ((body.retries ?? 0) + 1);
  if (seconds > MOST_SECONDS) {
    const message = `${seconds} s with all tries; a call waits ${MOST_SECONDS} at most: lower \`timeout\` or \`retries\``;
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
    const message =
      "an address with a name and a password in it cannot be asked; send them in `headers`, as Authorization";
    report({ code: "bad-url", at: valueAt(step, "url") ?? bodyNode, message });
  }
  const sent = body.json ? "json" : body.form ? "form" : undefined;
  if (body.method === "GET" && sent !== undefined) {
    const message = `a GET sends nothing, so this request would fail; take another \`method\`, or \`query\` instead of \`${sent}\``;
    report({ code: "body-of-get", at: valueAt(step, "method") ?? bodyNode, message });
  }
}

const flow = (body: string): string =>
  `steps:\n  ask:\n    request:\n      url: https://crm.example.com/callers\n${body}      status: { else: hangup }\n    next: hangup\n`;

export const request: StepKind<Request> = {
  name: "request",
  does: "silent",
  beside: EVERYWHERE,
  speaksFirst: "meanwhile",
  doc: {
    summary: "Asks an HTTP service, keeps what it answers, and goes on by the outcome.",
    text:
      "`save` names variables and where in the JSON answer each is found: `customer.name`, `items.0.id`. A place that is " +
      "missing, null or of another type is the outcome `invalid`, unless the variable has a default. A good " +
      "answer (2xx) takes `next`, any other its exit in `status`. `meanwhile` is heard before a slow service is asked. Addresses of private networks are refused, but for hosts (each with its port, if it has one) that the Worker's variable `PRIVATE_HOSTS` lists; " +
      "secrets of the Worker (`secrets.NAME`) may stand in headers and bodies. Each request carries an " +
      "`Idempotency-Key`, the same for every try.",
    example: `
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
    url: "The address. `{{ }}` may stand in its path and query, and is encoded.",
    method: "`GET`, or `POST` where something is sent, if left out.",
    headers: "Headers by name.",
    query: "Parameters behind the `?`, by name.",
    json: "What is sent, as JSON; a text that is one whole `{{ }}` keeps its type.",
    form: "What is sent, as a form.",
    timeout: "Seconds for one try, up to 10; 4 if left out.",
    retries: "How often it is tried again after a timeout, no answer, 429 or 5xx; 0 if left out.",
    save: "Variables, and where in the answer each is found.",
    meanwhile: "What is heard before the service is asked.",
    status: "Exits by outcome.",
  },
  outcomes: {
    "404": "This status code; any other may stand here too.",
    "5xx": "This class of codes, but for those that are named.",
    timeout: "The last try had no answer in time.",
    invalid: "A place of `save` is missing in the answer, null or of another type.",
    failed: "No answer at all.",
  },
  next: () => "required",
  findings: [
    {
      code: "slow-request",
      severity: "error",
      summary: "A request that could take longer than a call can wait.",
      bad: flow("      timeout: 6\n      retries: 1\n"),
      good: flow("      timeout: 5\n      retries: 1\n"),
    },
    {
      code: "two-bodies",
      severity: "error",
      summary: "A request with both `json` and `form`.",
      bad: flow("      json: { a: 1 }\n      form: { a: 1 }\n"),
      good: flow("      json: { a: 1 }\n"),
    },
    {
      code: "body-of-get",
      severity: "error",
      summary: "A request by `GET` with something to send: such a request has no body.",
      bad: flow("      method: GET\n      json: { a: 1 }\n"),
      good: flow("      method: GET\n      query: { a: 1 }\n"),
    },
  ],
  lint,
  compile: (step, to) => ({
    enter: [
      ...(step.body.meanwhile === undefined ? [] : [to.prompt(step.body.meanwhile)]),
      { op: "goto", block: "send" },
    ],
    send: [send(step, to)],
    answered: answered(step, to),
    invalid: to.outcome(step.body.status, "invalid"),
  }),
};
