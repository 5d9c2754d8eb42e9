/** Text messages to a number. */
import { describe, expect, test } from "vitest";
import { CALLER, inside, type Line, lineOf, memoryStore, outside, type Params, webhook } from "./support.ts";

const FLOW = `
onMessage: texted
variables:
  times: { type: int, keep: caller }
steps:
  bye:
    hangup: Goodbye.
  texted:
    branch:
      on: lower(trim(message.body))
      cases: { hours: hours, fail: broken, ask: thanks, silence: quiet, dice: dice }
      else: other
  hours:
    sms: { body: We are open from 8 to 6., mediaUrl: "https://example.com/map.png?a=1&b=2" }
    next: return
  quiet:
    set: { times: "{{ vars.times + 1 }}" }
    next: return
  broken:
    sms: { body: "{{ 1 / size(message.media) }}" }
    next: return
  thanks:
    sms: { body: One moment. }
    next: ask
  ask:
    request: { url: "https://crm.example.com/{{ message.body }}", save: { name: name }, status: { else: return } }
    next: answer
  answer:
    sms: { body: "You are {{ vars.name }}." }
    next: return
  dice:
    sms: { body: "{{ random(1000000) }}" }
    next: return
  other:
    sms: { to: "{{ caller.number == '+14155550999' ? '+14155550777' : caller.number }}", body: "{{ call.to }} got: {{ message.body }} ({{ vars.times }})" }
    next: return
`;
const SID = "SM00000000000000000000000000000001";
const EMPTY = /<Response(\/>|><\/Response>)$/;

function text(Body: string, more: Params = {}, token?: string): Request {
  const message = { MessageSid: SID, CallSid: [], CallStatus: [], Direction: [], Body, NumMedia: "0" };
  return webhook("/sms/desk", { ...message, ...more }, token);
}

async function answerTo(app: Line, Body: string, more: Params = {}): Promise<string> {
  const response = await app.fetch(text(Body, more));
  expect([response.status, response.headers.get("Content-Type")]).toEqual([200, "text/xml; charset=utf-8"]);
  return response.text();
}

describe("a text message", () => {
  test("is answered by the flow's `onMessage`", async () => {
    const app = lineOf(FLOW);
    expect(inside(await answerTo(app, " Hours "))).toBe(
      "<Message><Body>We are open from 8 to 6.</Body><Media>https://example.com/map.png?a=1&amp;b=2</Media></Message>",
    );
    expect(app.lines).toEqual([
      {
        call: SID,
        flow: "desk",
        event: "message",
        version: expect.any(String),
        step: "~message",
        block: "enter",
        ms: expect.any(Number),
      },
    ]);
  });

  test("stays text: nothing in it becomes XML", async () => {
    const body = `</Body><Message to="+1">&amp; "it's"`;
    expect(inside(await answerTo(lineOf(FLOW), body))).toBe(
      `<Message to="+14155550111"><Body>+14155550100 got: &lt;/Body&gt;&lt;Message to=&quot;+1&quot;&gt;&amp;amp; &quot;it's&quot; (0)</Body></Message>`,
    );
  });

  test("to a receiver on another channel is not sent: the log says so, and the step takes `status.failed`", async () => {
    const app = lineOf(`
onMessage: texted
steps:
  bye: { hangup: Goodbye. }
  texted:
    sms: { to: "{{ message.body }}", allow: [US], body: Hello., status: { failed: unsent } }
    next: return
  unsent:
    sms: { body: I could not pass it on. }
    next: return
`);
    const whatsapp = { From: "whatsapp:+14155550111", To: "whatsapp:+14155550100" };
    const answer = await answerTo(app, "+14155550177", whatsapp);
    expect(inside(answer)).toBe("<Message><Body>I could not pass it on.</Body></Message>");
    expect(app.lines[0]?.error).toBe(
      'step "texted": a text message cannot go from a whatsapp address to this address: use one channel',
    );
  });

  test("delivered twice has the same answer, chance included", async () => {
    const app = lineOf(FLOW);
    const once = await answerTo(app, "dice");
    expect(await answerTo(app, "dice")).toBe(once);
    expect(await answerTo(app, "dice", { MessageSid: "SM2" })).not.toBe(once);
  });

  test("may be answered with nothing, and leave something behind for the next", async () => {
    const app = lineOf(FLOW);
    expect(await answerTo(app, "silence")).toMatch(EMPTY);
    await app.settle();
    expect(await answerTo(app, "again")).toContain("got: again (1)");
  });

  test("whose flow fails is answered with nothing, and the log says why", async () => {
    const app = lineOf(FLOW);
    expect(await answerTo(app, "fail")).toMatch(EMPTY);
    expect(app.lines[0]?.error).toBe('step "broken" (enter): an expression failed, division_by_zero');
  });

  test("lets the flow ask a service at once, behind a reply as well: nobody follows a Redirect", async () => {
    const { web, sent } = outside({ name: "Ada" });
    const answer = await answerTo(lineOf(FLOW, { web }), "ask");
    expect(inside(answer)).toBe(
      "<Message><Body>One moment.</Body></Message><Message><Body>You are Ada.</Body></Message>",
    );
    expect(sent).toEqual([{ what: "GET https://crm.example.com/ask", key: `${SID}-1-ask-4` }]);
  });

  test("leaves no state: it is no call", async () => {
    const store = memoryStore();
    const app = lineOf(FLOW, { store });
    await answerTo(app, "hours");
    await app.settle();
    expect(store.asked).toEqual(["get keep:caller:+14155550111:desk.times"]);
  });

  test("that Twilio did not sign is refused, and nothing is read", async () => {
    const store = memoryStore();
    const app = lineOf(FLOW, { store });
    expect((await app.fetch(text("hours", {}, "another token"))).status).toBe(403);
    expect([store.asked, app.lines]).toEqual([[], []]);
  });

  test("without its name is refused", async () => {
    const response = await lineOf(FLOW).fetch(text("hours", { MessageSid: [] }));
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("MessageSid")]);
  });
});

test("a step that answers messages sends one by itself in a call", async () => {
  const { web, sent } = outside();
  const flow = FLOW.replace("hangup: Goodbye.", "sms: { body: Hello }\n    next: hangup");
  const app = lineOf(flow, { web });
  const response = await app.fetch(webhook("/voice/desk"));
  expect(inside(await response.text())).toBe("<Hangup/>");
  await app.settle();
  expect(sent).toEqual([{ what: expect.stringContaining("Body=Hello"), key: `${CALLER}-1-bye-0` }]);
});
