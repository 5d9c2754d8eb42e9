/** Reports on the delivery of text messages: they run a side road, possibly after the call, and possibly twice. */
import { describe, expect, test } from "vitest";
import { indexPrograms } from "../../src/worker/programs.ts";
import { programOf } from "../flow/support.ts";
import { finish, useFalseTime } from "./false-time.ts";
import { CALLER, HOST, type Line, line, lineOf, memoryStore, outside, post, webhook } from "./support.ts";

const EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';
const FLOW = `
variables:
  table: { type: int, default: 0 }
steps:
  book: { set: { table: 4 }, next: confirm }
  confirm:
    sms: { body: "Table {{ vars.table }} is yours.", undelivered: tell }
    next: bye
  bye:
    hangup: Goodbye.
  tell:
    sms: { to: +14155550177, body: "{{ caller.number }}: {{ vars.table }}, {{ call.messageStatus }} {{ call.errorCode }}" }
    next: return
`;

useFalseTime();

type Sent = ReturnType<typeof outside>["sent"][number];
const formOf = ({ what }: Sent): URLSearchParams => new URLSearchParams(what.split(" ")[2]);

/** A report as Twilio sends it: it has no CallSid. */
function report(url: string, MessageStatus: string, ErrorCode = "", MessageSid = "SM1"): Request {
  const about = {
    CallSid: "",
    CallStatus: "",
    Direction: "",
    MessageSid,
    SmsSid: MessageSid,
    From: "+14155550100",
  };
  return webhook(url.slice(HOST.length), {
    ...about,
    To: "+14155550111",
    MessageStatus,
    SmsStatus: MessageStatus,
    ...(ErrorCode && { ErrorCode }),
  });
}

async function called(app: Line, sent: Sent[]): Promise<string> {
  await finish(post(app, "/voice/desk"));
  await finish(app.settle());
  return formOf(sent[0] ?? { what: "", key: "" }).get("StatusCallback") ?? "";
}

async function reported(app: Line, request: Request): Promise<string> {
  const response = await finish(app.fetch(request));
  await finish(app.settle());
  return `${response.status} ${await response.text()}`;
}

describe("a message with `undelivered`", () => {
  test("has a StatusCallback that runs the side road with the call as it was", async () => {
    const { web, sent } = outside();
    const app = lineOf(FLOW, { web });
    const url = await called(app, sent);
    expect(url).toMatch(/^https:\/\/phone\.example\.com\/aside\/desk\/\w+\/confirm\/delivery\/\d{9}\?t=/);
    expect(await reported(app, report(url, "sent"))).toBe(`200 ${EMPTY}`);
    expect(sent).toHaveLength(1);
    expect(await reported(app, report(url, "undelivered", "30005"))).toBe(`200 ${EMPTY}`);
    expect(
      sent
        .slice(1)
        .map(formOf)
        .map((form) => [form.get("To"), form.get("From"), form.get("Body")]),
    ).toEqual([["+14155550177", "+14155550100", "+14155550111: 4, undelivered 30005"]]);
    expect(app.lines.map(({ event }) => event)).toEqual([
      "start",
      "message sent",
      "message undelivered 30005",
    ]);
  });

  test("runs it once, if a report comes again or Twilio reports another end", async () => {
    const { web, sent } = outside();
    const app = lineOf(FLOW.replace("undelivered: tell", "undelivered: tell, delivered: tell"), { web });
    const url = await called(app, sent);
    for (const status of ["sent", "failed", "failed", "undelivered", "delivered", "sent"])
      expect(await reported(app, report(url, status))).toMatch(/^200 .*Response/s);
    const [own, first, ...others] = sent.map(({ key }) => key);
    expect(others).toEqual([]);
    expect(first).not.toBe(own);
    expect(first).toContain(`${CALLER}-`);
    expect(app.lines.filter(({ duplicate }) => duplicate)).toHaveLength(3);
  });

  test("runs it if the store does not answer: a text too many is better than none", async () => {
    const { web, sent } = outside();
    const store = memoryStore();
    const app = lineOf(FLOW, { web, store });
    const url = await called(app, sent);
    store.get = () => Promise.reject(new Error("KV is ill"));
    await reported(app, report(url, "failed"));
    expect(sent).toHaveLength(2);
    expect(app.lines.at(-1)?.store).toContain("KV is ill");
  });

  test("refuses a report that Twilio has not signed", async () => {
    const { web, sent } = outside();
    const app = lineOf(FLOW, { web });
    const url = await called(app, sent);
    const forged = report(url, "undelivered");
    forged.headers.set("X-Twilio-Signature", "forged");
    expect(await reported(app, forged)).toMatch(/^403 /);
    expect(sent).toHaveLength(1);
  });

  test("writes to nobody if its ticket does not open", async () => {
    const { web, sent } = outside();
    const app = lineOf(FLOW, { web });
    const url = await called(app, sent);
    const other = report(url.replace(/\d{9}\?/, "500000000?"), "undelivered");
    expect(await reported(app, other)).toBe("200 <Response/>");
    expect(sent).toHaveLength(1);
    expect(app.lines.at(-1)).toMatchObject({ degraded: true, error: expect.stringContaining("do not open") });
  });
});

test("two messages of one turn have two URLs", async () => {
  const { web, sent } = outside();
  const app = lineOf(
    `
variables: { left: { type: int, default: 2 } }
steps:
  one: { sms: { body: "{{ vars.left }}", undelivered: tell }, next: count }
  count: { set: { left: "{{ vars.left - 1 }}" }, next: more }
  more: { branch: [{ when: vars.left > 0, next: one }, { next: hangup }] }
  tell: { request: { method: POST, url: https://crm.example.com/lost, json: "{{ vars.left }}", status: { else: return } }, next: return }
`,
    { web },
  );
  await called(app, sent);
  const urls = sent.map((one) => formOf(one).get("StatusCallback") ?? "");
  expect(new Set(urls).size).toBe(2);
  for (const [index, url] of urls.entries())
    await reported(app, report(url, "undelivered", "", `SM${index}`));
  expect(sent.slice(2).map(({ what }) => what.split(" ")[2])).toEqual(["2", "1"]);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(4);
});

test("a message of a part has the part's variables", async () => {
  const { web, sent } = outside();
  const part = `
takes: [table]
variables: { table: { type: int } }
steps:
  confirm: { sms: { body: Yours., undelivered: tell }, next: return }
  tell: { sms: { to: +14155550177, body: "{{ vars.table }}" }, next: return }
`;
  const app = lineOf(
    "steps:\n  book: { run: { flow: told, with: { table: 7 } }, next: bye }\n  bye: { hangup: Goodbye. }\n",
    { web },
    { told: part },
  );
  await reported(app, report(await called(app, sent), "undelivered"));
  expect(sent.map((one) => formOf(one).get("Body"))).toEqual(["Yours.", "7"]);
  expect(app.lines.flatMap(({ error }) => error ?? [])).toEqual([]);
});

test("a message of a text message's answer has its sender", async () => {
  const { web, sent } = outside();
  const app = lineOf(
    `
onMessage: texted
steps:
  menu: { hangup: Hello. }
  texted: { sms: { body: "You wrote {{ message.body }}", undelivered: tell }, next: return }
  tell: { sms: { to: +14155550177, body: "{{ caller.number }}" }, next: return }
`,
    { web },
  );
  const text = {
    CallSid: "",
    MessageSid: "SM9",
    SmsStatus: "received",
    CallStatus: "",
    Direction: "",
    Body: "Hi",
  };
  expect(await finish(post(app, "/sms/desk", text))).toBe(EMPTY);
  await finish(app.settle());
  const url = formOf(sent[0] ?? { what: "", key: "" }).get("StatusCallback") ?? "";
  await reported(app, report(url, "undelivered"));
  expect(sent.map((one) => formOf(one).get("Body"))).toEqual(["You wrote Hi", "+14155550111"]);
});

test("a message whose state is too large for the URL is sent without a report, and that is logged", async () => {
  const { web, sent } = outside();
  const flow = FLOW.replace("variables:", "variables:\n  note: { type: string, maxLength: 4000 }").replace(
    "set: { table: 4 }",
    `set: { table: 4, note: ${"a".repeat(4000)} }`,
  );
  const programs = indexPrograms([programOf(flow, "flows/desk.yaml")]);
  const app = line({ programs, web });
  expect(await called(app, sent)).toBe("");
  expect(sent).toHaveLength(1);
  const logged = app.lines.find(({ event }) => event === "delivery");
  expect(logged?.error).toMatch(/the call's state is too large/);
});
