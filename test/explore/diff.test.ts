/** What a change of a flow does to callers. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { diff } from "../../src/explore/diff/diff.ts";
import { explore } from "../../src/explore/explore.ts";
import { build } from "../../src/flow/build.ts";
import type { Program } from "../../src/program/program.ts";
import { mutationsOf, refactored } from "./rewritten.ts";
import { UNTIMED } from "./support.ts";

const world = { now: Date.parse("2026-11-26T12:00:00Z"), ...UNTIMED };
const SECOND = 1000;

const shipped = ["flows", "src/cli/templates"].flatMap((folder) => {
  const names = readdirSync(folder).filter((name) => /\.yaml$/.test(name) && !/\.test\.yaml$/.test(name));
  const files = names.map((name) => ({
    path: `${folder}/${name}`,
    text: readFileSync(`${folder}/${name}`, "utf8"),
  }));
  return build(files).programs.map((program): [string, Program] => [program.flow, program]);
});

const MENU = `start: greet
destinations:
  sales: +14155550101
  night: +14155550102
hours:
  office: { timezone: UTC, open: { mon-fri: "09:00-17:00" } }
variables:
  wants: { type: string, default: "" }
steps:
  greet:
    say: Thank you for calling.
    next: opening
  opening:
    branch:
      - when: isOpen("office")
        next: menu
      - next: night
  menu:
    gather:
      prompt: For sales, press 1. To leave a message, press 2.
      choices: { 1: sales, 2: message }
      attempts: 2
      noInput: Sorry, I heard nothing.
      noMatch: Sorry, that is not a choice.
      otherwise: message
  sales:
    dial: { to: sales, timeout: 20, whisper: A call for sales., status: { else: message } }
    next: bye
  night:
    dial: { to: night, status: { else: message } }
    next: bye
  message:
    record: { prompt: Please leave a message., empty: bye }
    next: bye
  bye:
    hangup: Goodbye.
`;

function programOf(text: string, others: Readonly<Record<string, string>> = {}): Program {
  const files = Object.entries({ main: text, ...others }).map(([name, one]) => ({
    path: `flows/${name}.yaml`,
    text: one,
  }));
  const { programs, diagnostics } = build(files);
  const program = programs.find(({ flow }) => flow === "main");
  if (!program) throw new Error(JSON.stringify(diagnostics));
  return program;
}

/** The changes of replacing texts in the menu. */
function changes(...edits: readonly [from: string, to: string][]): string[] {
  const text = edits.reduce((before, [from, to]) => {
    expect(before).toContain(from);
    return before.replaceAll(from, to);
  }, MENU);
  return diff(programOf(MENU), programOf(text), world).changes.map(
    ({ kind, message }) => `${kind}: ${message}`,
  );
}

describe("a changed menu", () => {
  test("with a key that leads elsewhere", () => {
    expect(changes(["2: message }", "2: bye }"])).toEqual([
      'exit: key 2 at "For sales, press 1. To leave a message, press 2." now says "Goodbye." and hangs up (before: records a message after "Please leave a message.")',
    ]);
  });

  test("with swapped keys is two changes, and what comes after them is compared", () => {
    expect(
      changes(["1: sales, 2: message", "1: message, 2: sales"], ["a message., empty", "a note., empty"]),
    ).toEqual([
      expect.stringMatching(/^exit: key 1 at .* now records a message/),
      expect.stringMatching(/^exit: key 2 at .* now rings \+14155550101/),
      expect.stringMatching(
        /^prompt: "Please leave a note\." is said now instead of "Please leave a message\."/,
      ),
    ]);
  });

  test("with a new key is one change, however often the menu is heard", () => {
    expect(changes(["2: message }", "2: message, 3: night }"])).toEqual([
      'key: key 3 at "For sales, press 1. To leave a message, press 2." is new: rings +14155550102',
    ]);
  });

  test("with other words is one change for each sentence that differs", () => {
    expect(changes(["Sorry, that is not a choice.", "Please try again."])).toEqual([
      expect.stringMatching(
        /^prompt: "Please try again\." is said now instead of "Sorry, that is not a choice\.", after key \d at "For sales/,
      ),
    ]);
  });

  test("with other hours says when", () => {
    expect(changes(['mon-fri: "09:00-17:00"', 'mon-fri: "09:00-17:00", sat: "10:00-12:00"'])).toEqual([
      'exit: the call now asks "For sales, press 1. To leave a message, press 2.", Sat 10:00–12:00 (office: closed before and open now) (before: rings +14155550102)',
    ]);
  });

  test("with another number says who is no longer reached", () => {
    expect(changes(["+14155550101", "+14155550103"])).toEqual([
      "destination: no call reaches +14155550101 any more",
      "destination: calls can reach +14155550103 now",
      expect.stringMatching(/^exit: key 1 at .* now rings \+14155550103 \(before: rings \+14155550101\)$/),
    ]);
  });

  test("with another time-out, whisper and voice", () => {
    expect(changes(["timeout: 20", "timeout: 40"])).toEqual([
      expect.stringMatching(/^setting: Dial timeout, after key 1 at .*: now 40 \(before: 20\)$/),
    ]);
    expect(changes(["A call for sales.", "Sales calls."])).toEqual([
      expect.stringMatching(
        /^prompt: "Sales calls\." is said now instead of "A call for sales\.", beside the call/,
      ),
    ]);
    expect(changes(["start: greet", "start: greet\nvoice: Polly.Amy-Neural\nlanguage: en-GB"])).toEqual([
      expect.stringMatching(/^voice: words are now spoken by Polly\.Amy-Neural in en-GB/),
    ]);
  });

  test("with a question before it says so, and compares what comes after the question", () => {
    const added = changes(
      [
        "    next: opening\n",
        "    next: consent\n  consent:\n    gather: { prompt: Press 5 to go on., choices: { 5: opening }, otherwise: bye }\n",
      ],
      ["Please leave a message.", "Please leave a note."],
    );
    expect(added).toContainEqual(expect.stringMatching(/^exit: the call now asks "Press 5 to go on\."/));
    expect(added).toContainEqual(expect.stringMatching(/^prompt: "Please leave a note\."/));
    expect(added).toContainEqual(expect.stringMatching(/^person: the first person is reached after/));
  });

  test("of what is done after a long wait or conversation", () => {
    const timed = (wait: number, talk: number): string => `destinations: { sales: +14155550101 }
variables: { waited: { type: int, default: 0 }, talked: { type: int, default: 0 } }
steps:
  hold: { enqueue: { queue: desk, save: { waited: waited }, status: { else: sales } }, next: late }
  late: { branch: [{ when: vars.waited > ${wait}, next: sorry }, { next: sales }] }
  sales: { dial: { to: sales, whisper: A call., save: { talked: seconds }, status: { else: bye } }, next: long }
  long: { branch: [{ when: vars.talked > ${talk}, next: sorry }, { next: bye }] }
  sorry: { hangup: Sorry. }
  bye: { hangup: Goodbye. }
`;
    const { changes } = diff(programOf(timed(120, 100)), programOf(timed(180, 300)), world);
    expect(changes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["exit"]));
    expect(changes.filter(({ kind }) => kind === "key")).toEqual([]);
  });

  test("whose shortest call is a scenario", () => {
    const changed = programOf(MENU.replace("2: message }", "2: bye }"));
    const [change] = diff(programOf(MENU), changed, world).changes;
    expect(change?.way).toEqual(["key 2"]);
    expect(change?.call?.script).toContainEqual({ press: "2" });
  });

  test("of which not every way was compared says so", () => {
    const program = programOf(MENU);
    const { changes: found, cut } = diff(program, refactored(program), { ...world, mostNodes: 2 });
    expect(found).toEqual([]);
    expect(cut).toEqual([{ what: "nodes", message: "2 states were compared, and there are more." }]);
  });
});

describe("callers notice nothing", () => {
  test.each(shipped)(
    "of other names and another order in %s",
    (_, program) => {
      expect(diff(program, refactored(program), world).changes).toEqual([]);
    },
    120 * SECOND,
  );

  test("of a flow that is split into parts", () => {
    const part = `start: ask
gives: [asked]
variables: { asked: { type: bool, default: true } }
destinations: { sales: +14155550101 }
steps:
  ask:
    gather:
      prompt: For sales, press 1. To leave a message, press 2.
      choices: { 1: ring, 2: return }
      attempts: 2
      noInput: Sorry, I heard nothing.
      noMatch: Sorry, that is not a choice.
      otherwise: return
  ring:
    dial: { to: sales, timeout: 20, whisper: A call for sales., status: { else: return } }
    next: bye
  bye:
    hangup: Goodbye.
`;
    const from = MENU.indexOf("  menu:");
    const to = MENU.indexOf("  night:\n    dial");
    const main = `${MENU.slice(0, from)}  menu:\n    run: { flow: asking }\n    next: message\n${MENU.slice(to)}`;
    expect(diff(programOf(MENU), programOf(main, { asking: part }), world)).toMatchObject({
      changes: [],
      cut: [],
    });
  });

  test("of a prompt that is cut into two steps", () => {
    const cut = MENU.replace(
      "    say: Thank you for calling.\n    next: opening\n",
      "    say: Thank you\n    next: more\n  more:\n    say: for calling.\n    next: opening\n",
    );
    expect(diff(programOf(MENU), programOf(cut), world).changes).toEqual([]);
  });
});

/** The flow goes on as it did without the key, or no call gets there. */
const EQUIVALENT = new Set([
  "key at steps.menu.blocks.answered.1.cases in office",
  "number at steps.desk.blocks.ring.0.cases.reception.0.0.parts.2 in directory",
]);

/** So large that their mutations take longer than a test should. */
const LARGE = new Set(["clinic", "after-hours", "bank"]);

describe("what no call of a comparison shows", () => {
  const DESK = `timezone: UTC
onError: night
variables:
  greeting: { type: string, keep: flow, default: "" }
  digits: { type: string, default: "" }
destinations: { night: +14155550102 }
steps:
  greet: { say: "Hello. {{ vars.greeting }}", next: ask }
  ask: { gather: { prompt: Your number?, save: digits, matches: "[0-9]{4}", otherwise: night }, next: look }
  look: { request: { url: https://crm.example.com/, status: { else: night } }, next: time }
  time: { branch: [{ when: now().hour < 12, next: night }, { next: bye }] }
  night: { dial: { to: night, status: { else: bye } }, next: bye }
  bye: { hangup: Goodbye. }
`;
  const desk = (from: string, to: string) => {
    expect(DESK).toContain(from);
    return diff(programOf(DESK), programOf(DESK.replace(from, to)), world);
  };
  const messages = (from: string, to: string): string[] =>
    desk(from, to).changes.map(({ message }) => message);

  test("a failure leads elsewhere", () => {
    expect(messages("onError: night", "onError: bye")).toEqual([
      'a call in which a step fails now says "Goodbye." and hangs up (before: rings +14155550102)',
    ]);
  });

  test("text messages are answered", () => {
    const added = 'onMessage: reply\nsteps:\n  reply: { sms: { body: "Hi." }, next: return }\n';
    expect(messages("steps:\n", `start: greet\n${added}`)).toEqual([
      "text messages to the number now run `onMessage` (before: run nothing)",
    ]);
  });

  test("stored values are read no longer", () => {
    expect(messages("keep: flow", "keep: caller")).toEqual([
      "the stored value of flow:main.greeting now is not read (before: is read)",
    ]);
  });

  test("a service has more time", () => {
    expect(messages("example.com/,", "example.com/, timeout: 9,")).toEqual([
      expect.stringContaining("up to 9 s"),
    ]);
  });

  test("the clock is compared with another hour", () => {
    expect(messages("hour < 12", "hour < 14")).toEqual([expect.stringContaining("rings +14155550102")]);
  });

  test("values that were not all tried, and other patterns, are named", () => {
    const isSaid = (text: string) => ({
      cut: expect.arrayContaining([{ what: "values", message: expect.stringContaining(text) }]),
    });
    expect(desk("{4}", "{4,5}")).toMatchObject(isSaid("other patterns"));
    const compared = programOf(DESK.replace("now().hour < 12", "int(vars.digits) + 1 > 50"));
    const other = programOf(DESK.replace("now().hour < 12", "int(vars.digits) + 1 > 90"));
    expect(diff(compared, other, world)).toMatchObject(isSaid("computes with"));
  });
});

describe("callers notice", () => {
  test.each(shipped.filter(([name]) => !LARGE.has(name)))(
    "each mutation of %s",
    (flow, program) => {
      let seed = 20261126;
      const pick = (count: number): number => {
        seed = (seed * 48271) % 2147483647;
        return count === 0 ? 0 : seed % count;
      };
      const entered = new Set(explore(program, world).edges.flatMap(({ path }) => path));
      const missed = mutationsOf(program, entered, pick).filter(
        (mutation) => diff(program, mutation.program, world).changes.length === 0,
      );
      const names = missed.map(({ name }) => `${name} in ${flow}`);
      expect(names.filter((name) => !EQUIVALENT.has(name))).toEqual([]);
    },
    120 * SECOND,
  );
});
