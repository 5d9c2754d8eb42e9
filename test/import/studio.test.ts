/** What `ringflow import studio` makes of single widgets and of what follows them. */
import { describe, expect, test } from "vitest";
import { importStudio } from "../../src/import/studio/import.ts";
import { definition, findingsOf, imported, split, steps, widget } from "./support.ts";

const say = (name: string, text: string, next?: string): object =>
  widget(name, "say-play", { say: text, loop: 1 }, { audioComplete: next });
const gather = (
  name: string,
  text: string,
  to: Record<string, string | undefined>,
  more: object = {},
): object =>
  widget(
    name,
    "gather-input-on-call",
    { say: text, number_of_digits: 1, timeout: 5, stop_gather: true, ...more },
    to,
  );
const MENU = [
  gather("main_menu", "For sales, press 1.", { keypress: "chosen", timeout: "silent" }),
  split("chosen", "{{widgets.main_menu.Digits}}", [["equal_to", "1", "sales"]], "wrong"),
  say("sales", "This is sales."),
  say("silent", "I did not hear you.", "main_menu"),
  say("wrong", "I did not get that.", "main_menu"),
];

describe("menus", () => {
  test("a gather with a split is one menu, and a circle of silence has three attempts", () => {
    expect(steps(definition(...MENU))).toBe(`  main-menu:
    gather:
      prompt: For sales, press 1.
      choices: { 1: sales }
      noInput: I did not hear you.
      noMatch: I did not get that.
      otherwise: hangup
  sales:
    hangup: This is sales.
`);
    expect(imported(definition(...MENU)).draft.notes.changed).toContainEqual({
      widget: "main_menu",
      was: "after silence and wrong answers the question is asked again without end",
      is: "3 attempts, then a hang-up",
    });
  });

  test("--exact keeps the circle", () => {
    const text = steps(definition(...MENU), { exact: true });
    expect(text).toContain("attempts: 1\n      otherwise: { silence: silent, else: wrong }");
    expect(text).toContain("silent:\n    say: I did not hear you.\n    next: main-menu");
  });

  test("a counter is the number of attempts", () => {
    const counted = definition(
      gather(
        "pin",
        "Please enter your PIN.",
        { keypress: "thanks", timeout: "count" },
        { number_of_digits: 4 },
      ),
      say("thanks", "Thank you."),
      widget(
        "count",
        "set-variables",
        { variables: [{ key: "n", value: "{{flow.variables.n | plus: 1}}" }] },
        { next: "enough" },
      ),
      split("enough", "{{flow.variables.n}}", [["equal_to", "2", "bye"]], "pin"),
      say("bye", "Goodbye."),
    );
    expect(steps(counted)).toContain("attempts: 2\n      otherwise: bye");
    expect(imported(counted).flow).not.toContain("variables:");
  });

  test("keys in a row are a range, and phrases join the key that leads to the same place", () => {
    const text = steps(
      definition(
        gather("ask", "Say yes, or press a key.", { keypress: "keys", speech: "words", timeout: "ask" }),
        split(
          "keys",
          "{{widgets.ask.Digits}}",
          [
            ["matches_any_of", "1,2,3", "sales"],
            ["equal_to", "9", "bye"],
          ],
          "ask",
        ),
        split("words", "{{widgets.ask.SpeechResult}}", [["matches_any_of", "bye, goodbye", "bye"]], "ask"),
        say("sales", "Sales."),
        say("bye", "Goodbye."),
      ),
    );
    expect(text).toContain("choices: { 1-3: sales, 9: { next: bye, speech: [bye, goodbye] } }");
  });
});

describe("dials and requests", () => {
  const dial = widget(
    "ring",
    "connect-call-to",
    { noun: "number", to: "(415) 555-0100", timeout: 20, caller_id: "{{contact.channel.address}}" },
    { callCompleted: "how" },
  );

  test("a split on the status of a dial is its `status`", () => {
    const how = split(
      "how",
      "{{widgets.ring.DialCallStatus}}",
      [
        ["equal_to", "completed", "thanks"],
        ["equal_to", "busy", "busy"],
      ],
      "later",
    );
    expect(
      steps(definition(dial, how, say("thanks", "Thank you."), say("busy", "Busy."), say("later", "Later."))),
    ).toContain(
      "dial: { to: +14155550100, status: { busy: busy, else: later }, timeout: 20 }\n    next: thanks",
    );
  });

  test("a failure that is tried again is `retries`", () => {
    const call = widget(
      "look_up",
      "make-http-request",
      { url: "https://crm.example.com/a", method: "GET" },
      { success: "hello", failed: "look_up" },
    );
    const { flow, draft } = imported(
      definition(call, say("hello", "Hello {{widgets.look_up.parsed.customer.name}}.")),
    );
    expect(flow).toContain("retries: 2");
    expect(flow).toContain("save: { name: customer.name }");
    expect(draft.notes.changed.map(({ widget: name }) => name)).toEqual(["look_up"]);
  });

  test("a request saves only what is read, with the type by its use", () => {
    const call = widget(
      "hours",
      "run-function",
      { url: "https://a-1234.twil.io/hours", parameters: [] },
      { success: "open", fail: "bye" },
    );
    const isOpen = split("open", "{{widgets.hours.parsed.open}}", [["equal_to", "true", "hello"]], "bye");
    const { flow } = imported(definition(call, isOpen, say("hello", "Hello."), say("bye", "Goodbye.")));
    expect(flow).toContain("variables: { open: { type: bool, default: false } }");
    expect(flow).toContain("sign: twilio");
    expect(flow).toContain("{ when: vars.open, next: hello }");
    expect(flow).toContain("# Opening hours can be in the flow itself");
  });
});

describe("texts", () => {
  const said = (liquid: string): string => {
    const set = widget(
      "note",
      "set-variables",
      {
        variables: [
          { key: "name", value: "{{trigger.call.From}}" },
          { key: "list", value: "{{trigger.call.To}}" },
        ],
      },
      { next: "talk" },
    );
    return /hangup: (.*)\n/.exec(steps(definition(set, say("talk", liquid))))?.[1] ?? "";
  };

  test.each([
    ["{{ flow.variables.name | downcase }}", "{{ lower(vars.name) }}"],
    ["{{ flow.variables.name | default: 'you' }}", "{{ vars.name != '' ? vars.name : 'you' }}"],
    [
      "{{ flow.variables.list | split: ',' | first }}",
      "{{ size(vars.list.split(',')) > 0 ? vars.list.split(',')[0] : '' }}",
    ],
    ["{{ flow.variables.name | size | plus: 1 }}", "{{ size(vars.name) + 1 }}"],
    [
      "Hi{% if flow.variables.name %} {{ flow.variables.name }}{% endif %}",
      "Hi{{ vars.name != '' ? ' ' + vars.name : '' }}",
    ],
    [
      "{% unless flow.variables.name == 'x' %}a{% else %}b{% endunless %}",
      "{{ !(vars.name == 'x') ? 'a' : 'b' }}",
    ],
    ["{% assign who = flow.variables.name | upcase %}Hi {{ who }}", "Hi {{ vars.name.upperAscii() }}"],
    [
      "From {{contact.channel.address}} to {{flow.channel.address}}",
      "From {{ caller.number }} to {{ call.number }}",
    ],
  ])("%s", (liquid, text) => {
    expect(said(liquid).replace(/^"(.*)"$/, "$1")).toBe(text);
  });

  test("a long text by value is a branch with a step for each", () => {
    const long =
      "{% case flow.variables.tier %}{% when 'gold' %}Thank you for your many years of loyalty to us.{% else %}Welcome to our line, which is open today.{% endcase %} Goodbye.";
    const set = widget(
      "tier",
      "set-variables",
      { variables: [{ key: "tier", value: "{{trigger.request.parameters.tier}}" }] },
      { next: "talk" },
    );
    const text = steps(definition(set, say("talk", long)));
    expect(text).toContain("{ when: \"vars.tier == 'gold'\", next: talk-gold }");
    expect(text).toContain("talk-end:\n    hangup: Goodbye.");
  });
});

describe("what has no counterpart", () => {
  const gap = definition(
    widget("assistant", "send-to-auto-pilot", { body: "Hi" }, { sessionEnded: "bye" }),
    say("bye", "Goodbye."),
  );

  test("is a marked step that keeps its exits, with the widget in a comment", () => {
    const text = steps(gap);
    expect(text).toContain("# imported-gap: send-to-auto-pilot has no counterpart.");
    expect(text).toContain('#     "body": "Hi"');
    expect(text).toContain("assistant:\n    branch:\n      - { next: bye }");
    expect(
      findingsOf(importStudio([{ name: "a", sid: "", content: gap }])).map((one) => one.split(":")[0]),
    ).toEqual(["warning imported-gap"]);
  });

  test("the report lists it, what is unreachable, and what leads nowhere", () => {
    const { report } = imported(
      definition(say("hello", "Hello {{widgets.Hallo.x}}", "nowhere"), say("lost", "Lost.")),
    );
    expect(report).toContain("`hello`: audioComplete leads to `nowhere`, which does not exist.");
    expect(report).toContain("`lost`: no road leads to it, so it is left out.");
    expect(report).toContain("`hello`: `widgets.Hallo` is not a widget of this flow");
  });

  test("a value whose widget cannot have run is a mistake of the original", () => {
    const { draft } = imported(
      definition(
        gather("ask", "Press a key.", { keypress: "a", timeout: "b" }),
        say("a", "A"),
        say("b", "You pressed {{widgets.late.Digits}}"),
        gather("late", "x", {}),
      ),
    );
    expect(draft.notes.mistakes.map(({ text }) => text)).toEqual([
      "it reads `widgets.late.Digits`, but no road leads from there to here",
    ]);
  });
});

describe("sub-flows", () => {
  const SID = `FW${"0".repeat(32)}`;
  const outer = definition(
    widget(
      "who",
      "run-subflow",
      { flow_sid: SID, parameters: [{ key: "digits", value: "6" }] },
      { completed: "bye", failed: undefined },
    ),
    say("bye", "Goodbye {{widgets.who.account}}."),
  );

  test("one that is imported too takes and gives what is wanted", () => {
    const inner = JSON.stringify({
      states: [
        widget("Trigger", "trigger", {}, { incomingParent: "ask" }),
        gather("ask", "Press a key.", { keypress: undefined, timeout: undefined }),
      ],
      initial_state: "Trigger",
    });
    const all = importStudio([
      { name: "outer", sid: "", content: outer },
      { name: "inner", sid: SID, content: inner },
    ]);
    expect(all.flows[0]?.flow).toContain(
      'run: { flow: inner, with: { digits: "6" }, save: { account: account } }',
    );
    expect(all.flows[1]?.flow).toContain("takes: [digits]\ngives: [account]");
    expect(all.flows[1]?.flow).toContain("next: return");
    expect(findingsOf(all).filter((one) => one.startsWith("error"))).toEqual([]);
  });

  test("one that is not is a file that only returns", () => {
    const all = importStudio([{ name: "outer", sid: "", content: outer }]);
    expect(all.stubs.get("who")).toContain("takes: [digits]");
    expect(findingsOf(all).map((one) => one.split(":")[0])).toEqual(["warning imported-gap"]);
  });
});

test("a flow that only answers text messages has a first step for calls", () => {
  const states = [
    widget("Trigger", "trigger", {}, { incomingMessage: "ask" }),
    widget("ask", "send-and-wait-for-reply", { body: "Yes or no?" }, { incomingMessage: "thanks" }),
    widget("thanks", "send-message", { body: "You wrote {{widgets.ask.inbound.Body}}." }, {}),
  ];
  const all = importStudio([
    { name: "a", sid: "", content: JSON.stringify({ states, initial_state: "Trigger" }) },
  ]);
  expect(findingsOf(all)).toEqual([]);
  expect(all.flows[0]?.flow).toContain("onMessage: ask");
  expect(all.flows[0]?.flow).toContain("prompt: Yes or no?");
  expect(all.flows[0]?.flow).toContain("timeout: 1h");
  expect(all.flows[0]?.flow).toContain("You wrote {{ vars.");
});
