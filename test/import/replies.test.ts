/** What `ringflow import studio` makes of text conversations. */
import { describe, expect, test } from "vitest";
import { playImported } from "../../src/cli/import/play-scenarios.ts";
import { importStudio } from "../../src/import/studio/import.ts";
import { playedBy, saidBy } from "./reference.ts";
import { conversation, findingsOf, imported, split, widget } from "./support.ts";

const reply = (
  name: string,
  body: string,
  to: Record<string, string | undefined>,
  more: object = {},
): object => widget(name, "send-and-wait-for-reply", { body, timeout: "3600", ...more }, to);
const send = (name: string, body: string, sent?: string): object =>
  widget(name, "send-message", { body }, { sent, failed: undefined });
const BODY = "{{widgets.coming.inbound.Body}}";

const MENU = [
  reply("coming", "Are you coming? Reply YES or NO.", { incomingMessage: "answer", timeout: "late" }),
  split(
    "answer",
    "{{widgets.coming.inbound.Body | downcase}}",
    [
      ["matches_any_of", "yes, y", "thanks"],
      ["contains", "no", "why"],
    ],
    "again",
  ),
  send("again", `"${BODY}" is not an answer.`, "coming"),
  send("thanks", `You wrote ${BODY}: see you!`),
  reply("why", "Why not?", { incomingMessage: "bye", timeout: undefined }, { timeout: "1800" }),
  send("bye", "You began with {{trigger.message.Body}}, and {{widgets.why.inbound.Body}} is why."),
  send("late", "We call you."),
];

const PHOTO = [
  reply("name", "What is your name?", { incomingMessage: "photo", timeout: "name" }),
  reply("photo", "A photo, {{widgets.name.inbound.Body}}?", { incomingMessage: "has" }),
  split("has", "{{widgets.photo.inbound.NumMedia}}", [["greater_than", "0", "got"]], "none"),
  send("none", "That was no photo.", "photo"),
  send("got", "Got {{widgets.photo.inbound.MediaUrl0}}, {{widgets.name.inbound.Body}}."),
];

const COUNTED = [
  reply("coming", "1 or 2?", { incomingMessage: "answer", timeout: undefined }, { timeout: "86400" }),
  split(
    "answer",
    BODY,
    [
      ["equal_to", "1", "one"],
      ["equal_to", "2", "one"],
    ],
    "count",
  ),
  widget(
    "count",
    "set-variables",
    { variables: [{ key: "n", value: "{{flow.variables.n | plus: 1}}" }] },
    { next: "enough" },
  ),
  split("enough", "{{flow.variables.n}}", [["equal_to", "2", "bye"]], "sorry"),
  send("sorry", "Please write 1 or 2.", "coming"),
  send("one", "Thank you."),
  send("bye", "Goodbye."),
];

const LATER = [
  reply("coming", "A photo?", { incomingMessage: "next" }),
  reply("next", "Which city?", { incomingMessage: "both" }),
  split("both", BODY, [["equal_to", "yes", "yes"]], "no"),
  send("yes", "{{widgets.coming.inbound.NumMedia}} {{widgets.coming.inbound.MediaUrl0}}"),
  send("no", `You wrote ${BODY} and {{widgets.next.inbound.Body}}.`),
];

/** The text of a flow from its first question on. */
function asks(...widgets: readonly object[]): string {
  const { flow } = imported(conversation(...widgets));
  return flow.slice(flow.indexOf("onMessage:"));
}

describe("a reply", () => {
  test("with a split is a menu that asks again, and words that are read in the same turn are the message's", () => {
    expect(asks(...MENU)).toBe(`onMessage: texted
variables: { first_message: { type: string, default: "" } }
steps:
  call:
    branch:
      - { next: hangup }
  texted:
    set: { first_message: "{{ message.body }}" }
    next: coming
  coming:
    ask:
      prompt: Are you coming? Reply YES or NO.
      choices: { yes: { next: thanks, words: y }, no: why }
      timeout: 1h
      noMatch: '"{{ message.body }}" is not an answer. Are you coming? Reply YES or NO.'
      otherwise: { silence: late, else: return }
  thanks:
    sms: { body: "You wrote {{ message.body }}: see you!" }
    next: return
  why:
    ask:
      prompt: Why not?
      save: why
      timeout: 30m
    next: bye
  bye:
    sms:
      body: You began with {{ vars.first_message }}, and {{ vars.why }} is why.
    next: return
  late:
    sms: { body: We call you. }
    next: return
`);
  });

  test("with a split on its pictures has the exit `picture`", () => {
    const text = asks(...PHOTO);
    expect(text).toContain("save: name\n      timeout: 1h\n      otherwise: name\n    next: photo");
    expect(text).toContain(`  photo:
    ask:
      prompt: A photo, {{ vars.name }}?
      picture: got
      timeout: 1h
      noMatch: That was no photo. A photo, {{ vars.name }}?
  got:`);
    expect(text).toContain('sms: { body: "Got {{ message.media }}, {{ vars.name }}." }');
  });

  test("that is counted has attempts", () => {
    expect(asks(...COUNTED)).toContain(`    ask:
      prompt: 1 or 2?
      choices: { 1: { next: one, words: "2" } }
      timeout: 1d
      attempts: 2
      noMatch: Please write 1 or 2. 1 or 2?
      otherwise: { silence: return, else: bye }
`);
  });

  test("that is read after another question is kept", () => {
    const text = asks(...LATER);
    expect(text).toContain("save: coming\n      timeout: 1h\n    next: coming-kept");
    expect(text).toContain(
      'set: { picture: "{{ message.media }}", pictures: "{{ size(message.attachments) }}" }',
    );
    expect(text).toContain('sms: { body: "{{ vars.pictures }} {{ vars.picture }}" }');
  });

  test("without end stays as it is with --exact", () => {
    const { flow } = imported(conversation(...MENU), { exact: true });
    expect(flow).toContain("attempts: 1\n      otherwise: { silence: late, else: again }");
  });
});

test("a sub-flow that only text conversations run asks", () => {
  const sid = `FW${"0".repeat(32)}`;
  const run = widget("who", "run-subflow", { flow_sid: sid, parameters: [] }, { completed: "bye" });
  const outer = conversation(run, send("bye", "You wrote {{trigger.message.Body}}."));
  const inner = JSON.stringify({
    states: [widget("Trigger", "trigger", {}, { incomingParent: "name" }), reply("name", "Your name?", {})],
    initial_state: "Trigger",
  });
  const all = importStudio([
    { name: "outer", sid: "", content: outer },
    { name: "inner", sid, content: inner },
  ]);
  expect(all.flows[0]?.flow).toContain('set: { first_message: "{{ message.body }}" }\n    next: who');
  expect(all.flows[1]?.flow).toContain("ask:\n      prompt: Your name?");
  expect(findingsOf(all)).toEqual([]);
});

describe("the report", () => {
  const changesOf = (timeout: string): string[] =>
    imported(conversation(reply("a", "A?", {}, { timeout }))).draft.notes.changed.map(({ is }) => is);

  test.each([
    ["20", ["it is awaited for 1m"]],
    ["90", []],
    ["99999", ["it is awaited for 1667m"]],
    ["9999999", ["it is awaited for 30d"]],
    ["{{flow.variables.t}}", ["it is awaited for 1h"]],
  ])("a timeout of %s seconds", (timeout, changes) => {
    expect(changesOf(timeout)).toEqual(changes);
  });

  test("lists the exit of a failed delivery, and words that Twilio acts on", () => {
    const { draft } = imported(
      conversation(
        reply("coming", "A?", { incomingMessage: "answer", deliveryFailure: "bye" }),
        split("answer", BODY, [
          ["equal_to", "STOP", "bye"],
          ["equal_to", "go", "bye"],
        ]),
        send("bye", "Goodbye."),
      ),
    );
    expect(draft.notes.left.map(({ text }) => text)).toEqual([
      "the exit of a message that was not delivered, to `bye`",
    ]);
    expect(draft.notes.mistakes.map(({ text }) => text)).toEqual([
      "Twilio itself acts on the reply `STOP`, so it leads nowhere",
    ]);
  });

  test("a reply in a call has no counterpart", () => {
    const states = [
      widget("Trigger", "trigger", {}, { incomingCall: "coming" }),
      reply("coming", "Are you coming?", {}),
    ];
    const { draft } = imported(JSON.stringify({ states, initial_state: "Trigger" }));
    expect(draft.notes.left).toHaveLength(1);
  });
});

describe("text conversations", () => {
  const ALL = { menu: MENU, photo: PHOTO, counted: COUNTED, later: LATER };

  test.each(Object.entries(ALL))("%s: go as in the original", async (_, widgets) => {
    const text = conversation(...widgets);
    const all = importStudio([{ name: "a", sid: "", content: text }]);
    expect(findingsOf(all).filter((one) => !one.startsWith("warning silent-circle"))).toEqual([]);
    const outcomes = (await playImported(all)).get("a") ?? [];
    expect(outcomes.length).toBeGreaterThan(2);
    for (const outcome of outcomes) {
      const { scenario } = outcome.written;
      expect(outcome.failure, scenario.name).toBeUndefined();
      expect(saidBy(outcome), scenario.name).toBe(playedBy(text, scenario));
    }
  });

  test("pass the time until a time-out", () => {
    const { scenarios } = imported(conversation(...MENU));
    expect(scenarios.find(({ name }) => name === "no reply")?.value.script).toEqual([
      { text: "Hello" },
      { sms: "Are you coming? Reply YES or NO." },
      { wait: "1h" },
      { sms: "We call you." },
    ]);
  });
});
