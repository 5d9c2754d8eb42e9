/** What reading finds, where, and what the fix makes of it. */
import { describe, expect, it } from "vitest";
import { position } from "../../src/flow/language/diagnostic.ts";
import { flowVocabulary } from "../../src/flow/shape/vocabulary.ts";
import { applyFixes } from "../../src/flow/yaml/fix.ts";
import { readSource } from "../../src/flow/yaml/source.ts";
import { sourceFindings } from "../../src/flow/yaml/source-findings.ts";

function find(text: string) {
  return readSource({ path: "flow.yaml", text }, flowVocabulary).diagnostics;
}

/** Findings as `line:column code`. */
function places(text: string): string[] {
  return find(text).map(({ code, span }) => {
    const { line, column } = position(text, span.start);
    return `${line}:${column} ${code}`;
  });
}

describe("every documented finding", () => {
  it.each(sourceFindings.filter(({ bad }) => bad !== undefined))(
    "$code is found in its bad example",
    (doc) => {
      expect(find(doc.bad ?? "").map(({ code }) => code)).toContain(doc.code);
    },
  );

  it.each(sourceFindings)("$code is not in its good example", (doc) => {
    expect(find(doc.good)).toEqual([]);
  });
});

describe("quote-this: a text that YAML would change, and the file with the fix", () => {
  it.each([
    // A "#" that is a key of the phone.
    ["say: press # to finish", "1:6", 'say: "press # to finish"'],
    [
      "say: For sales press 1, for the rest press # now",
      "1:6",
      'say: "For sales press 1, for the rest press # now"',
    ],
    ["say: Hello there,\n  press # now", "1:6", 'say: "Hello there,\n  press # now"'],
    ["say: #1 in service", "1:6", 'say: "#1 in service"'],
    ["noMatch:\n  - then # to finish", "2:5", 'noMatch:\n  - "then # to finish"'],
    ["noInput: [Press # to end, Goodbye.]", "1:11", 'noInput: ["Press # to end", Goodbye.]'],
    ['when: input.speech == "a #b"', "1:7", 'when: "input.speech == \\"a #b\\""'],
    ["choices:\n  1: a\n  #: done", "3:3", 'choices:\n  1: a\n  "#": done'],
    ['choices: { "*": repeat, #: done }', "1:25", 'choices: { "*": repeat, "#": done }'],
    // Commas within brackets and braces.
    ["noMatch: [Sorry, once more.]", "1:11", 'noMatch: ["Sorry, once more."]'],
    [
      "noMatch: [Sorry, I did not get that., Again.]",
      "1:11",
      'noMatch: ["Sorry, I did not get that.", Again.]',
    ],
    ["meanwhile: [one moment, please wait]", "1:13", 'meanwhile: ["one moment, please wait"]'],
    ["whisper: [a call for sales, press 1]", "1:11", 'whisper: ["a call for sales, press 1"]'],
    ["hangup: [thank you, goodbye]", "1:10", 'hangup: ["thank you, goodbye"]'],
    ["noMatch: [Welcome, please choose]", "1:11", 'noMatch: ["Welcome, please choose"]'],
    [
      "open: { mon,wed,fri: 17:00-08:00, sun: 10:00-12:00 }",
      "1:9",
      'open: { "mon,wed,fri": 17:00-08:00, sun: 10:00-12:00 }',
    ],
    ["a: { say: Hello, world, next: b }", "1:11", 'a: { say: "Hello, world", next: b }'],
    // Holes.
    ["say: {{ caller.name }}", "1:6", 'say: "{{ caller.name }}"'],
    ["say: {{ caller.name }}, hello  # greet", "1:6", 'say: "{{ caller.name }}, hello"  # greet'],
    ["say: {{ a ? 'x: y' : \"b\" }}", "1:6", 'say: "{{ a ? \'x: y\' : \\"b\\" }}"'],
    [
      "a: { say: {{ a ? 'x, y' : 'b' }}, next: c }",
      "1:11",
      "a: { say: \"{{ a ? 'x, y' : 'b' }}\", next: c }",
    ],
    ["a: { say: Hello {{ x }}, next: c }", "1:11", 'a: { say: "Hello {{ x }}", next: c }'],
    ["to: [{{ vars.a }}, desk]", "1:6", 'to: ["{{ vars.a }}", desk]'],
    ["say: Hello {{ a ? b : c }}", "1:6", 'say: "Hello {{ a ? b : c }}"'],
    ["say:\n  Hello {{ a ? b : c }}", "2:3", 'say:\n  "Hello {{ a ? b : c }}"'],
    // Colons.
    ["say: Hello: world", "1:6", 'say: "Hello: world"'],
    ["say: Note:", "1:6", 'say: "Note:"'],
    ["say: Sorry: I did not\n  get that.\nnext: b", "1:6", 'say: "Sorry: I did not\n  get that."\nnext: b'],
    ["a: { say: Time: noon, next: b }", "1:11", 'a: { say: "Time: noon", next: b }'],
    ["noMatch:\n  - For sales: press 1.", "2:5", 'noMatch:\n  - "For sales: press 1."'],
    ["noMatch: [Sorry: once more]", "1:11", 'noMatch: ["Sorry: once more"]'],
    // First signs.
    ["say: *8 to transfer", "1:6", 'say: "*8 to transfer"'],
    ["say: & sons", "1:6", 'say: "& sons"'],
    ["say: @home", "1:6", 'say: "@home"'],
    ["say: `tick", "1:6", 'say: "`tick"'],
    ["say: %50", "1:6", 'say: "%50"'],
    ["say: ? really", "1:6", 'say: "? really"'],
    ["say: | Hello", "1:6", 'say: "Hello"'],
    ["say: > Hello", "1:6", 'say: "Hello"'],
    ["say: [Beep] Leave a message", "1:6", 'say: "[Beep] Leave a message"'],
    ['say: "Hello" she said', "1:6", 'say: "\\"Hello\\" she said"'],
    ["*: repeat\n1: b", "1:1", '"*": repeat\n1: b'],
    ["choices: { *: repeat }", "1:12", 'choices: { "*": repeat }'],
    ["choices: { 1: message, *: repeat }", "1:24", 'choices: { 1: message, "*": repeat }'],
    ["choices: { 1: message, *: repeat, 2: b }", "1:24", 'choices: { 1: message, "*": repeat, 2: b }'],
    // An apostrophe ends a text in single quotes.
    ["say: 'It's us. Press 1.'", "1:6", 'say: "It\'s us. Press 1."'],
    ["a: { say: 'It's us', next: b }", "1:11", 'a: { say: "It\'s us", next: b }'],
    ["say: 'Hello' or 'Goodbye'", "1:6", "say: \"'Hello' or 'Goodbye'\""],
    ['matches: "\\d{3}"', "1:10", 'matches: "\\\\d{3}"'],
  ])("%j", (text, place, fixed) => {
    expect(places(text)).toEqual([`${place} quote-this`]);
    expect(applyFixes(text, find(text))).toBe(fixed);
    expect(find(fixed)).toEqual([]);
  });

  it("finds and mends a text on several lines that end as CRLF", () => {
    const text = "say: Sorry: I did not\r\n  get that.\r\nnext: b\r\n";
    expect(places(text)).toEqual(["1:6 quote-this"]);
    expect(applyFixes(text, find(text))).toBe('say: "Sorry: I did not\r\n  get that."\r\nnext: b\r\n');
  });

  it("shows the quoted line", () => {
    expect(find("steps:\n  a:\n    say: press # to finish\n")[0]).toMatchObject({
      hint: 'write: say: "press # to finish"; if it is a comment, put two spaces before the "#"',
    });
  });

  it.each([
    "start: greet                      # the first step of the file if left out",
    "next: menu # on",
    "timeout: 20 # seconds",
    "say: Thank you for calling. # the greeting",
    'when: caller.country == "US" # home',
    "steps: # all of them\n  a: b",
    "noMatch: [I did not get that., Let me say the choices once more.]",
    "speech: { en-US: [sales, buy], es-US: [ventas, comprar] }",
    "speech: [appointments, an appointment]",
    "destinations:\n  whisper: [alice, bob]\n  room: { wait: https://example.com/a.mp3 }",
    "json: { answer: { prompt: [alice, bob] } }",
    "speech: [the doctor, Dr. Smith, St. Mary]",
    "callee: [hears: A call for]",
    "cases:\n  New York: east",
    "to: [reception, oncall]",
    "closed: [2026-11-26, 12-25]",
    "say: |\n  #: is the hash key\n  Press # to finish, & so on: {{ x }}\n",
    "say: It's 5 o'clock, press * or 1-9 (really?) & go - at 50% off!",
    "say: \"Thank you{{ caller.name != '' ? ', ' + caller.name : '' }}. Goodbye.\"",
    "url: https://example.com/a#b",
    "play: http://example.com:8080/a.mp3",
  ])("leaves alone %j", (text) => {
    expect(places(text)).toEqual([]);
  });
});

describe("yaml-tag", () => {
  it.each([
    ['when: !isOpen("office")', "1:7", 'when: "!isOpen(\\"office\\")"'],
    ['- when: !isOpen("a") && x\n  next: b', "1:9", '- when: "!isOpen(\\"a\\") && x"\n  next: b'],
    ["- { when: !vars.done, next: b }", "1:11", '- { when: "!vars.done", next: b }'],
    ["key: !!str 08", "1:6", 'key: "08"'],
  ])("%j", (text, place, fixed) => {
    expect(places(text)).toEqual([`${place} yaml-tag`]);
    expect(applyFixes(text, find(text))).toBe(fixed);
    expect(find(fixed)).toEqual([]);
  });

  it.each(["a: !!int 5", "a: !thing { b: c }", "a: !!map\n  b: c"])("%j has no text to quote", (text) => {
    expect(find(text)).toMatchObject([{ code: "yaml-tag" }]);
    expect(applyFixes(text, find(text))).toBe(text);
  });
});

describe("yaml-syntax, at the place to be changed", () => {
  it.each([
    ["a:\n\tb: c", "2:1", /tab.*spaces/],
    ["a:\n  b: c\n\td: e", "3:1", /tab.*spaces/],
    ['say: "Hello\nnext: b', "1:6", /quote is not closed/],
    ["say: 'tis the season\nnext: b", "1:6", /quote is not closed/],
    ["a: [b, c\nd: e", "1:4", /"\[" is not closed; put "\]"/],
    ["a: { b: c\nd: e", "1:4", /"\{" is not closed; put "\}"/],
    ["a: { b: c }}", "1:12", /has no opening bracket/],
    ["a: [b,, c]", "1:7", /this comma has nothing before it/],
    ["a:\n  b: c\n d: e", "3:2", /line it up/],
    ["a:\n  b: c\n    d: e", "3:5", /deeper.*line the keys up/],
    ["a: b\njust words\nc: d", "2:1", /not a `key: value`/],
    ["a: b\n- c", "2:3", /list item/],
    ["a: - b", "1:4", /begin a list on the line below/],
    ["a:\n  - b\n   - c", "3:4", /part of the text above/],
    ["a: |b\n  c", "1:5", /begins on the next line/],
    ['a: "b"# c', "1:7", /space is missing before the "#"/],
    ["%YAML 1.1\na: b", "2:1", /begin with `%`/],
    [`a: ${"[".repeat(150)}${"]".repeat(150)}`, "1:104", /more than 100 deep/],
  ])("%j", (text, place, message) => {
    expect(places(text)).toEqual([`${place} yaml-syntax`]);
    expect(find(text)[0]?.message).toMatch(message);
    expect(places(text.replaceAll("\n", "\r\n"))).toEqual([`${place} yaml-syntax`]);
  });

  it("lines that do not line up because of a tab are not told besides", () => {
    expect(places("a:\n  b:\n\tc: d\n  e: f\n  g: h\n")).toEqual(["3:1 yaml-syntax"]);
  });

  it.each([
    ["greet:\n  say:Hello", ["2:7"], "greet:\n  say: Hello"],
    ["greet:\n  say:Hello\n  next:menu", ["2:7", "3:8"], "greet:\n  say: Hello\n  next: menu"],
    ["start:greet\nvoice: x", ["1:7"], "start: greet\nvoice: x"],
    ["a: {next:menu, say: x}", ["1:10"], "a: {next: menu, say: x}"],
  ])("a missing space is put in: %j", (text, where, fixed) => {
    expect(places(text)).toEqual(where.map((place) => `${place} yaml-syntax`));
    expect(applyFixes(text, find(text))).toBe(fixed);
    expect(find(fixed)).toEqual([]);
  });
});

describe("keys, anchors, documents and characters", () => {
  it.each([
    ['1: a\n"1": b\n01: c', ["2:1 duplicate-key"]],
    ["a: { b: 1, c: 2, b: 3 }", ["1:18 duplicate-key"]],
    ["a: &x b\nc: *x", ["1:4 anchor", "2:4 anchor"]],
    ["a: &x { b: c }\nd:\n  <<: *x\n  e: f", ["1:4 anchor", "3:3 merge-key"]],
    ["[a, b]: c", ["1:1 bad-key"]],
    ["? { a: b }\n: c", ["1:3 bad-key"]],
    ["a: b\n---\nc: d", ["2:1 multiple-documents"]],
    ["a: b\n...\nc: d", ["2:1 multiple-documents"]],
    ["---\na: b\n...\n", []],
    ["", ["1:1 empty-file"]],
    ["\n# only a comment\n", ["1:1 empty-file"]],
    ["---\n", ["1:1 empty-file"]],
    ["a: b\u0007c", ["1:5 bad-character"]],
    ["a: b\ue000c", ["1:5 bad-character"]],
    ["a: b\ufffdc", ["1:5 bad-character"]],
    ["a: b\rc", ["1:5 bad-character"]],
    ["a:\n\u00a0\u00a0b: c", ["2:1 bad-character"]],
    ["a: one\u00a0two\u2028 🎉", []],
    ['a: "\\b"', ["1:5 bad-character"]],
    ['a: "x\\ue000"', ["1:6 bad-character"]],
    ['a: "\\t\\n"', []],
  ])("%j", (text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  it("a duplicate key says where the first one is", () => {
    expect(find("a: 1\nb: 2\na: 3\n")[0]?.message).toContain("in line 1");
  });
});

it("one trap does not hide what stands behind it", () => {
  const text = [
    "greet:",
    "  say: Hello: {{ caller.name }}",
    "  next: menu",
    "menu:",
    "  say: {{ x }}",
    "  say: again",
    "done:",
    "  when: !x",
    "",
  ].join("\n");
  expect(places(text)).toEqual(["2:8 quote-this", "5:8 quote-this", "6:3 duplicate-key", "8:9 yaml-tag"]);
});

it("a bomb of aliases is one finding for each, and no more", () => {
  const level = (_: unknown, index: number) =>
    `l${index + 1}: &l${index + 1} [*l${index}, *l${index}, *l${index}]`;
  const bomb = ["l0: &l0 [ha, ha]", ...Array.from({ length: 50 }, level)].join("\n");
  expect(new Set(find(bomb).map(({ code }) => code))).toEqual(new Set(["anchor"]));
  expect(find(bomb)).toHaveLength(201);
});
