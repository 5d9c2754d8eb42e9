/** `ringflow language-server`, driven over stdio as an editor does. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bigFlow } from "../bench/big-flow.ts";
import { type Editor, startEditor } from "./client.ts";

const TEXTS = `onMessage: asked
steps:
  greet: { hangup: Please text us. }
  asked:
    ask: { choices: { YES: { words: yeah, next: thanks } }, prompt: Are you coming? }
  thanks: { sms: { body: See you! }, next: return }
`;
const DESK = `start: greet
onError: reception
destinations:
  reception: +14155550100
  oncall: [reception, +14155550101]
hours:
  office:
    timezone: America/New_York
    open: { mon-fri: "08:00-18:00" }
variables:
  message: { type: recording }
  tries: { type: int, default: 0 }
steps:
  "greet":
    say: Thank you for calling.
    next: menu
  menu:
    gather:
      prompt: For sales, press 1. For Greet, press 2.
      choices:
        1: reception
        2: 'greet'
      otherwise: greet
  reception:
    dial: { to: reception, status: { else: greet } }
    next: hangup
`;
const TEST = `flow: desk
scenarios:
  - name: key 1 rings the reception
    script:
      - press: 1
      - dial: reception
      - end
`;
const IDENTIFY = `takes: [digits]
gives: [account]
variables:
  digits: { type: int, default: 4 }
steps:
  ask:
    gather: { prompt: "Your account, please.", save: account, otherwise: return }
    next: return
`;

let editor: Editor;

beforeAll(async () => {
  editor = await startEditor({
    "flows/desk.yaml": DESK,
    "flows/desk.test.yaml": TEST,
    "flows/identify.yaml": IDENTIFY,
    "flows/audio/hello.mp3": "",
    "flows/calendars/holidays.yaml": "closed: [12-25]\n",
  });
});
afterAll(async () => {
  expect(await editor.close()).toBe(0);
});

/** The steps of a flow with what is typed below its last step's name. */
const step = (typed: string): string => `${DESK}  last:\n${typed}`;
const offers = (marked: string): Promise<string[]> => editor.offers("flows/typed.yaml", marked);

describe("completion", () => {
  const exits = ["greet", "menu", "reception", "last", "hangup", "repeat", "back", "return", "{ retry: $0 }"];

  test.each([
    ["next", "    say: Hello.\n    next: |\n"],
    ["a choice", "    gather:\n      choices:\n        1: |\n"],
    ["a choice in braces", "    gather: { choices: { 1: { next: | } } }\n"],
    ["an answer by text", "    ask:\n      prompt: Hi?\n      choices:\n        YES: |\n"],
    ["an answer in braces", "    ask: { choices: { YES: { next: | } } }\n"],
    ["no answer", "    ask:\n      otherwise: { silence: | }\n"],
    ["a status", "    dial:\n      to: oncall\n      status: { else: | }\n"],
    [
      "an exit in braces that are not closed",
      "    dial: { to: oncall, status: { else: |\n    next: hangup\n",
    ],
    ["a case", "    branch:\n      - next: |\n"],
  ])("offers the steps in %s", async (_place, typed) => {
    expect(await offers(step(typed))).toEqual(expect.arrayContaining(exits));
  });

  test("offers only steps where a call begins, and after a failure", async () => {
    expect(await offers(`onError: |\n${DESK.replace(/^onError.*\n/m, "")}`)).toEqual([
      "greet",
      "menu",
      "reception",
    ]);
  });

  test.each([
    ["destinations", "    dial: { to: | }\n", ["reception", "oncall"]],
    ["destinations in a list", "    dial:\n      to:\n        - |\n", ["reception", "oncall"]],
    ["hours", '    branch:\n      - when: isOpen("|")\n', ["office"]],
    ["variables to save in", "    record:\n      save: |\n", ["message", "tries"]],
    ["results to save", "    dial:\n      to: oncall\n      save: { tries: | }\n", ["seconds", "status"]],
    ["variables to set", "    set:\n      |\n", ["message: ", "language: "]],
    ["audio files", "    play: |\n", ["audio/hello.mp3"]],
    ["flows", "    run: { flow: | }\n", ["identify", "desk"]],
    ["what a flow takes", "    run:\n      flow: identify\n      with: { | }\n", ["digits: "]],
    ["what a flow gives", "    run: { flow: identify, save: { tries: | } }\n", ["account"]],
    ["voices", "    say: { say: Hi., voice: Polly.Jo| }\n", ["Polly.Joanna-Neural"]],
    ["languages", "    say: { say: Hi., language: | }\n", ["en-US", "es-US"]],
    ["keys of a kind", "    gather:\n      |\n", ["prompt: ", "choices:"]],
    [
      "keys between others",
      "    gather:\n      prompt: Hi.\n      |\n      save: tries\n",
      ["choices:", "matches: "],
    ],
    ["words of a key", "    gather: { input: | }\n", ["dtmf", "speech", "dtmf speech"]],
    ["kinds", "    |\n", ["say: ", "gather:", "next: "]],
    ["fields in a text", "    say: Hello {{ caller.|\n", ["number", "name"]],
    ["fields in quotes", '    say: "Hello {{ vars.|\n', ["message", "tries"]],
    ["fields of a recording", "    play: '{{ vars.message.| }}'\n", ["url", "seconds", "transcript"]],
    ["fields of a time", "    branch:\n      - when: now().|\n", ["hour", "weekday"]],
    ["functions", "    branch:\n      - when: |\n", ["isOpen($0)", "today()", "vars"]],
    ["zones in an expression", '    branch:\n      - when: now("Eu|")\n', ["Europe/Berlin"]],
    ["text in a block", "    say: |-\n      Hello {{ va|\n", ["vars"]],
  ])("offers %s", async (_what, typed, wanted) => {
    expect(await offers(step(typed))).toEqual(expect.arrayContaining(wanted));
  });

  test.each([
    ["zones", "timezone: Europe/|\n", ["Europe/Berlin"]],
    ["types", "variables:\n  a: { type: | }\n", ["string", "recording"]],
    ["calendars", "hours:\n  office:\n    from: |\n", ["calendars/holidays.yaml"]],
    ["settings", "voice: alice\n|\nsteps:\n  a: { hangup: Bye. }\n", ["language: ", "destinations:"]],
  ])("offers %s of a flow", async (_what, typed, wanted) => {
    expect(await offers(typed)).toEqual(expect.arrayContaining(wanted));
  });

  test("offers no second kind, and no key twice", async () => {
    expect(await offers(step("    say: Hello.\n    |\n"))).toEqual(["next: "]);
    expect(await offers(step("    say: Hello.\n    next: hangup\n    |\n"))).toEqual([]);
  });

  test("works if the file is broken elsewhere", async () => {
    const typed = step("    say: Hi.\n    next: |\n");
    const broken = `apology: "not closed\nallow: [US\n${typed}  more:\n    say: 'not closed\n    next: [a, b\n\t bad\n`;
    expect(await offers(broken)).toEqual(expect.arrayContaining(["menu", "hangup"]));
  });

  test("replaces what is written of the name", async () => {
    const [item] = await editor.complete("flows/typed.yaml", "steps:\n  a:\n    say: Hi.\n    next: re|\n");
    expect(item?.textEdit).toMatchObject({
      range: { start: { line: 3, character: 10 }, end: { line: 3, character: 12 } },
    });
  });

  test("offers a place within a map only where nothing is written yet", async () => {
    expect(await offers(step("    dial: { to: | }\n"))).toContain("{ number: $0 }");
    expect(await offers(step("    say: Hello |\n"))).toEqual([]);
  });

  test("puts a space after a colon", async () => {
    expect(await offers(step("    say: Hello.\n    next:|\n"))).toContain(" menu");
  });

  test("offers the steps that exits name, and that are not written yet", async () => {
    const typed = "steps:\n  a: { say: Hi., next: thanks }\n";
    await editor.open("flows/wanted.yaml", typed);
    await editor.findings("flows/wanted.yaml");
    expect(await editor.offers("flows/wanted.yaml", `${typed}  |\n`)).toEqual(["thanks:"]);
  });

  test("takes a file with line breaks of Windows", async () => {
    const typed = step("    say: Hello.\n    next: me|\n").replaceAll("\n", "\r\n");
    const [first] = await editor.complete("flows/windows.yaml", typed);
    const { line, character } = editor.at("flows/windows.yaml", "next: me\r");
    expect(first?.textEdit).toMatchObject({
      range: { start: { line, character: character + 6 }, end: { line, character: character + 8 } },
    });
  });

  test("offers nothing in a comment, nor in another tool's YAML", async () => {
    expect(await offers(step("    say: Hi. # say |\n"))).toEqual([]);
    expect(await editor.offers("docker.yaml", "services:\n  |\n")).toEqual([]);
  });

  test.each([
    ["flows", "flow: |\n", ["desk", "identify"]],
    [
      "lines",
      "flow: desk\nscenarios:\n  - name: a\n    script:\n      - |\n",
      ["hear: ", "press: ", "end", "hangup"],
    ],
    [
      "destinations",
      "flow: desk\nscenarios:\n  - name: a\n    script:\n      - dial: |\n",
      ["reception", "oncall"],
    ],
    ["variables", "flow: desk\nscenarios:\n  - name: a\n    expect: { | }\n", ["tries: ", "message: "]],
    [
      "answers",
      "flow: desk\nscenarios:\n  - name: a\n    script:\n      - dial: oncall\n        status: |\n",
      ["busy"],
    ],
  ])("offers the %s of a test", async (_what, typed, wanted) => {
    expect(await editor.offers("flows/typed.test.yaml", typed)).toEqual(expect.arrayContaining(wanted));
  });
});

describe("names", () => {
  beforeAll(async () => {
    await editor.open("flows/desk.yaml", DESK);
    await editor.open("flows/desk.test.yaml", TEST);
  });

  test("hover shows what a step says and where it leads", async () => {
    const shown = await editor.hover("flows/desk.yaml", "menu\n");
    expect(shown).toContain("> For sales, press 1.");
    expect(shown).toContain("key 1 → `reception`");
    expect(shown).toContain("otherwise → `greet`");
  });

  test("hover shows what a step writes", async () => {
    await editor.open("flows/texts.yaml", TEXTS);
    const shown = await editor.hover("flows/texts.yaml", "asked\n");
    expect(shown).toContain("> Are you coming?");
    expect(shown).not.toContain("> yeah");
    expect(shown).toContain("YES → `thanks`");
  });

  test("hover shows what a key means", async () => {
    expect(await editor.hover("flows/desk.yaml", "otherwise:")).toContain("after the last attempt");
    expect(await editor.hover("flows/desk.yaml", "gather:")).toContain("gather");
  });

  test("the definition of an exit is the step", async () => {
    const found = await editor.definition("flows/desk.yaml", "menu\n");
    const { line } = editor.at("flows/desk.yaml", "menu:");
    expect(found?.range.start).toEqual({ line, character: 2 });
  });

  test("the definition of a destination in a test is in the flow", async () => {
    const found = await editor.definition("flows/desk.test.yaml", "reception\n      - end");
    expect(found?.uri).toBe(editor.uri("flows/desk.yaml"));
    expect(found?.range.start).toEqual(editor.at("flows/desk.yaml", "reception: +1"));
  });

  test("the definition of a flow is its file, from a test and from a flow that runs it", async () => {
    const found = await editor.definition("flows/desk.test.yaml", "desk\n");
    expect(found?.uri).toBe(editor.uri("flows/desk.yaml"));
    const caller = "steps:\n  who:\n    run: { flow: identify }\n    next: hangup\n";
    await editor.open("flows/runs.yaml", caller);
    expect((await editor.definition("flows/runs.yaml", "identify"))?.uri).toBe(
      editor.uri("flows/identify.yaml"),
    );
    const places = await editor.references("flows/runs.yaml", "identify");
    expect(places.map(({ uri }) => uri)).toEqual([editor.uri("flows/runs.yaml")]);
    expect(await editor.hover("flows/runs.yaml", "identify")).toContain("flow");
  });

  test("references of a step are all its exits, and its name", async () => {
    const found = await editor.references("flows/desk.yaml", "menu:");
    expect(found).toHaveLength(2);
    expect(await editor.references("flows/desk.yaml", "greet\nonError")).toHaveLength(5);
  });

  test("renaming a step keeps quotes, and changes nothing else", async () => {
    const edit = await editor.rename("flows/desk.yaml", "greet\nonError", "welcome");
    const expected = DESK.replace("start: greet", "start: welcome")
      .replace('"greet":', '"welcome":')
      .replace("'greet'", "'welcome'")
      .replace("otherwise: greet", "otherwise: welcome")
      .replace("else: greet", "else: welcome");
    expect(editor.applied("flows/desk.yaml", edit)).toBe(expected);
  });

  test("a destination is renamed in the tests as well; a step of the same name is not", async () => {
    const edit = await editor.rename("flows/desk.yaml", "reception: +1", "front");
    expect(editor.applied("flows/desk.test.yaml", edit)).toBe(TEST.replace("dial: reception", "dial: front"));
    const flow = editor.applied("flows/desk.yaml", edit);
    expect(flow).toContain("oncall: [front, +14155550101]");
    expect(flow).toContain("to: front,");
    expect(flow).toContain("1: reception\n");
  });

  test("hours are renamed in expressions, and where else they are named", async () => {
    const flow = `hours:\n  office: { timezone: UTC, open: { daily: "08:00-18:00" } }\nsteps:\n  a:\n    branch:\n      - { when: isOpen("office") && "office" != "", next: b }\n      - next: b\n  b:\n    hangup: 'We open at {{ nextOpen("office") }}.'\n`;
    await editor.open("flows/hours.yaml", flow);
    const edit = await editor.rename("flows/hours.yaml", "office:", "desk-hours");
    expect(editor.applied("flows/hours.yaml", edit)).toBe(
      flow
        .replace("office:", "desk-hours:")
        .replace('isOpen("office")', 'isOpen("desk-hours")')
        .replace('nextOpen("office")', 'nextOpen("desk-hours")'),
    );
  });

  test("a variable is found where it is declared, saved and read", async () => {
    const flow = `variables:\n  account: { type: string }\nsteps:\n  ask:\n    gather: { prompt: Number?, save: account, otherwise: hangup }\n    next: tell\n  tell:\n    hangup: "You said {{ vars.account }}, account."\n`;
    await editor.open("flows/variables.yaml", flow);
    const found = await editor.references("flows/variables.yaml", "account }}");
    expect(found.map(({ range }) => range.start.line)).toEqual([1, 4, 7]);
    expect(await editor.hover("flows/variables.yaml", "account }}")).toContain("`string`");
    await expect(editor.rename("flows/variables.yaml", "account:", "number")).rejects.toThrow("variable");
  });

  test.each([
    ["a name that is taken", "reception", "already"],
    ["an exit", "hangup", "is an exit"],
    ["no name", "Front Desk", "lower-case"],
  ])("renaming to %s is refused", async (_what, newName, why) => {
    await expect(editor.rename("flows/desk.yaml", "menu:", newName)).rejects.toThrow(why);
  });

  test("symbols are the steps with their kinds, and the scenarios of a test", async () => {
    const steps = (await editor.symbols("flows/desk.yaml")).find(({ name }) => name === "steps");
    expect(steps?.children?.map(({ name, detail }) => `${name} ${detail}`)).toEqual([
      "greet say",
      "menu gather",
      "reception dial",
    ]);
    const scenarios = (await editor.symbols("flows/desk.test.yaml")).find(({ name }) => name === "scenarios");
    expect(scenarios?.children?.map(({ name }) => name)).toEqual(["key 1 rings the reception"]);
  });
});

describe("findings", () => {
  test("are shown as one types, and go when they are mended", async () => {
    const text = "steps:\n  a:\n    say: Hello.\n    next: nowhere\n";
    await editor.open("flows/checked.yaml", text);
    expect(await editor.findings("flows/checked.yaml")).toMatchObject([
      { code: "unknown-step", severity: 1, range: { start: { line: 3, character: 10 } } },
    ]);
    await editor.type("flows/checked.yaml", text.replace("nowhere", "hangup"));
    expect(await editor.findings("flows/checked.yaml")).toEqual([]);
  });

  test("have advice, as information", async () => {
    const menu =
      "gather: { prompt: Press 1., choices: { 1: bye, 2: bye }, noMatch: Pardon?, otherwise: bye }";
    await editor.open("flows/advised.yaml", `steps:\n  menu:\n    ${menu}\n  bye: { hangup: Goodbye. }\n`);
    expect(await editor.findings("flows/advised.yaml")).toMatchObject([
      { code: "unspoken-key", severity: 3, range: { start: { line: 2 } } },
    ]);
  });

  test("have the fixes of check --fix", async () => {
    const text =
      "steps:\n  a:\n    hangup: Press {{ caller.name }} # now\n  b:\n    say: {{ caller.name }}\n    next: hangup\n";
    await editor.open("flows/fixed.yaml", text);
    const found = await editor.findings("flows/fixed.yaml");
    const quote = found.find(({ code }) => code === "quote-this");
    expect(quote).toBeDefined();
    const fixes = quote ? await editor.fixes("flows/fixed.yaml", quote.range) : [];
    expect(fixes.map(({ kind }) => kind)).toContain("quickfix");
    const fixed = editor.applied("flows/fixed.yaml", fixes.find(({ kind }) => kind === "quickfix")?.edit);
    expect(fixed).toContain('say: "{{ caller.name }}"');
  });

  test.each([
    ["a step", "next: halo", "unknown-step", "next: hallo"],
    ["a quoted step", 'next: "halo"', "unknown-step", 'next: "hallo"'],
    ["a kind", "sya: Hello.", "unknown-kind", "say: Hello."],
  ])("offer the name that was probably meant: %s", async (_what, line, code, fixed) => {
    const rest = line.startsWith("next") ? "say: Hello." : "next: hallo";
    const text = `steps:\n  hallo:\n    ${line}\n    ${rest}\n`;
    const path = `flows/meant-${line.length}.yaml`;
    await editor.open(path, text);
    const found = (await editor.findings(path)).find((one) => one.code === code);
    const [fix] = found ? await editor.fixes(path, found.range) : [];
    expect(editor.applied(path, fix?.edit)).toContain(fixed);
  });

  test("know the flows that are run, as the editor has them", async () => {
    const caller =
      "variables:\n  account: { type: string }\nsteps:\n  who:\n    run: { flow: part, save: { account: found } }\n    next: hangup\n";
    await editor.open("flows/caller.yaml", caller);
    expect((await editor.findings("flows/caller.yaml")).map(({ code }) => code)).toContain("unknown-part");
    const part = IDENTIFY.replaceAll("account", "found");
    await editor.open("flows/part.yaml", part);
    expect(await editor.findings("flows/part.yaml")).toEqual([]);
    await editor.type("flows/caller.yaml", `${caller}\n`);
    expect(await editor.findings("flows/caller.yaml")).toEqual([]);
  });

  test("of a test are those of its own schema", async () => {
    await editor.open("flows/other.test.yaml", "flow: dsk\nscenarios:\n  - name: a\n    script: [end]\n");
    const [found] = await editor.findings("flows/other.test.yaml");
    expect(found).toMatchObject({ code: "unknown-flow", message: expect.stringContaining('"desk"') });
  });

  test.each([
    "steps: [",
    "\u0000",
    "- a\n- b",
    "steps:\n  a: &x {b: *x",
    "{{{{",
    "steps:\n  ? [a]\n  : b\n",
    "",
  ])("of a file such as %j never end the server", async (text) => {
    await editor.open("flows/broken.yaml", text);
    await editor.findings("flows/broken.yaml");
    for (let offset = 0; offset <= text.length; offset++) {
      await editor.ask(
        "completion",
        "flows/broken.yaml",
        editor.document("flows/broken.yaml").positionAt(offset),
      );
    }
    expect(editor.process.exitCode).toBeNull();
  });
});

test("a flow of 300 steps completes in 50 ms", async () => {
  const text = bigFlow(300).text.replace(/\n {2}bye:/, "\n  typed:\n    say: Hello.\n    next: |\n  bye:");
  await editor.complete("flows/large.yaml", text);
  await editor.findings("flows/large.yaml");
  let best = Infinity;
  // The machine may be busy: the best of up to ten is what the server needs.
  for (let round = 0; round < 10 && best >= 50; round++) {
    const start = performance.now();
    const items = await editor.complete("flows/large.yaml", text.replace("Hello.", `Hello ${round}.`));
    best = Math.min(best, performance.now() - start);
    expect(items.length).toBeGreaterThan(300);
  }
  expect(best).toBeLessThan(50);
});

test("formats a file, and leaves one alone that cannot be read now", async () => {
  await editor.open("flows/messy.yaml", "steps:\n    a:  { next: hangup, say: Hi. }  # one\n");
  expect(await editor.formatted("flows/messy.yaml")).toBe(
    "steps:\n  a:  { say: Hi., next: hangup }  # one\n",
  );
  await editor.type("flows/messy.yaml", "steps:\n    a: [\n");
  expect(await editor.formatted("flows/messy.yaml")).toBe("steps:\n    a: [\n");
});

test("another editor, without snippets, gets plain texts, and takes the server with it if it dies", async () => {
  const plain = await startEditor({}, { snippets: false });
  const items = await plain.complete("flows/a.yaml", "steps:\n  a:\n    say: Hi {{ |\n");
  expect(items.map(({ textEdit }) => textEdit?.newText)).toContain("isOpen(");
  expect(items.filter(({ insertTextFormat }) => insertTextFormat === 2)).toEqual([]);
  const ended = new Promise((resolve) => plain.process.once("exit", resolve));
  plain.process.stdin?.end();
  await ended;
});
