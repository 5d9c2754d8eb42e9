/** What the page is shown of a turn. */
import { describe, expect, test } from "vitest";
import { asideView, headerOf, turnView } from "../../src/dev/turn-view.ts";
import { newCall, type Turn } from "../../src/engine/turn.ts";
import { build } from "../../src/flow/build.ts";
import type { ServiceRequestView, TurnView } from "../../src/phone/page/contract/turn.ts";
import type { Call } from "../../src/program/call.ts";
import type { Program } from "../../src/program/program.ts";

const DESK = `variables:
  card: { type: string, sensitive: true }
  name: { type: string, default: nobody }
  long: { type: string, maxLength: 4000 }
  tries: { type: int }
steps:
  who:
    gather: { prompt: Who?, choices: { 0000-9999: ask }, save: card, otherwise: hangup }
  ask: { run: { flow: part, with: { code: "{{ vars.card }}" } }, next: bye }
  bye: { say: Bye., next: hangup }
`;
const PART = `takes: [code]
variables:
  code: { type: string, sensitive: true }
  count: { type: int, default: 3 }
steps:
  more: { gather: { prompt: More?, choices: { 1: return }, otherwise: return } }
`;

const KEEPS = `variables:
  visits: { type: int, keep: flow }
steps:
  greet: { say: Hello., next: hangup }
`;

function deskProgram(): Program {
  const files = { desk: DESK, part: PART };
  const sources = Object.entries(files).map(([name, text]) => ({ path: `flows/${name}.yaml`, text }));
  const { programs, diagnostics } = build(sources);
  const desk = programs.find(({ flow }) => flow === "desk");
  if (!desk) throw new Error(JSON.stringify(diagnostics));
  return desk;
}

const desk = deskProgram();
const turned = (call: Partial<Call>, rest: Partial<Turn> = {}): Turn => ({
  call: { ...newCall("CA1"), ...call },
  pieces: [],
  path: ["who"],
  effects: [],
  cut: [],
  ...rest,
});

describe("a turn on the page", () => {
  test("has every variable, defaults among them; a sensitive one is masked once it holds something", () => {
    const [empty] = turnView(desk, turned({}), []).scopes;
    expect(empty?.values).toEqual({ card: "", name: "nobody", long: "", tries: 0 });
    const [filled] = turnView(desk, turned({ vars: { card: "4711", tries: 2 } }), []).scopes;
    expect(filled?.values).toEqual({ card: "•••", name: "nobody", long: "", tries: 2 });
  });

  test("in a part has the scopes of both flows, and masks in each", () => {
    const frame = { step: "ask", block: "returned", waits: { vars: { card: "4711" }, slots: {}, trail: [] } };
    const call = { frames: [frame], vars: { code: "4711" } };
    const view = turnView(desk, turned(call, { path: ["who", "ask", "part.more"] }), []);
    expect(view.waiting).toEqual(["ask"]);
    expect(view.scopes).toEqual([
      { flow: "desk", values: { card: "•••", name: "nobody", long: "", tries: 0 } },
      { flow: "part", values: { code: "•••", count: 3 } },
    ]);
    expect(JSON.stringify(view)).not.toContain("4711");
  });

  test("on a side road shares the memory of the flow that it runs beside", () => {
    const call = { frames: [{ step: "bye", block: "rang" }], vars: { tries: 2 } };
    const view = turnView(desk, turned(call), []);
    expect(view.waiting).toEqual(["bye"]);
    expect(view.scopes).toMatchObject([{ flow: "desk", values: { tries: 2 } }]);
  });

  test("has what outlives the call, under the variable's own name", () => {
    const source = { path: "flows/a.yaml", text: KEEPS };
    const [program] = build([source]).programs;
    const [name = ""] = Object.values(program?.variables ?? {}).flatMap(({ keep }) => keep ?? []);
    const view = program && turnView(program, turned({ kept: { [name]: 7 } }, { path: ["greet"] }), []);
    expect(view?.scopes).toEqual([{ flow: "a", values: { visits: 7 } }]);
  });

  test("tells which texts were cut, where any was", () => {
    expect(turnView(desk, turned({}, { cut: ["long"] }), [])).toMatchObject({ cut: ["long"] });
    expect(turnView(desk, turned({}), [])).not.toHaveProperty("cut");
  });

  test("that resumed where something sensitive is entered says so", () => {
    expect(turnView(desk, turned({}), [])).toMatchObject({ secret: true });
    expect(turnView(desk, turned({}, { path: ["bye", "hangup"] }), [])).not.toHaveProperty("secret");
  });

  test("hides what sensitive variables hold in what services were asked and answered", () => {
    const asked: ServiceRequestView = {
      method: "GET",
      milliseconds: 1,
      url: "https://example.com/cards/4711",
      body: { card: "4711", key: "key-of-the-service", to: "+14155550199" },
      answer: { status: 200, json: { card: "4711", all: ["card 4711", 4711], open: "yes" } },
    };
    const program = { ...desk, env: ["KEY", "DESK"] };
    const env = { KEY: "key-of-the-service", DESK: "+14155550199" };
    const view = turnView(program, turned({ vars: { card: "4711" } }), [asked], env);
    expect(view.serviceRequests).toEqual([
      {
        method: "GET",
        milliseconds: 1,
        body: { card: "•••", key: "•••", to: "+14155550199" },
        url: "https://example.com/cards/*",
        answer: { status: 200, json: { card: "•••", all: ["card •••", "•••"], open: "yes" } },
      },
    ]);
  });

  test("of a short secret hides whole values only", () => {
    const answer = { status: 200, json: { pin: "1", year: "2021" } } as const;
    const asked: ServiceRequestView = {
      method: "GET",
      url: "https://example.com/v1",
      milliseconds: 1,
      answer,
    };
    const [hidden] = turnView(desk, turned({ vars: { card: "1" } }), [asked]).serviceRequests ?? [];
    expect(hidden).toMatchObject({ url: asked.url, answer: { json: { pin: "•••", year: "2021" } } });
  });

  test("fits a header, whatever the variables hold, and says that it was shortened", () => {
    const read = (call: Partial<Call>): TurnView => {
      const header = headerOf(turnView(desk, turned(call), []));
      expect(header?.length).toBeLessThanOrEqual(8000);
      return JSON.parse(decodeURIComponent(header ?? ""));
    };
    expect(read({ vars: { long: "ü".repeat(200) } })).not.toHaveProperty("shortened");
    const long = read({ vars: { long: "ü".repeat(4000) } });
    expect(long.shortened).toBe(true);
    expect(long.scopes[0]?.values.long).toBe(`${"ü".repeat(60)}…`);
    expect(long.scopes[0]?.values.name).toBe("nobody");
  });

  test("has the text messages that it sent, without what is sensitive, shortened where they are long", () => {
    const form = { To: "+14155550177", From: "+14155550100", Body: "Card 4711" };
    const sent = turned(
      { vars: { card: "4711" } },
      { effects: [{ effect: "message", key: "k", step: "tell", form }] },
    );
    expect(turnView(desk, sent, []).messages).toEqual([{ to: "+14155550177", body: "Card •••" }]);
    const body = { ...form, Body: "ü".repeat(1600) };
    const long = turned({}, { effects: [{ effect: "message", key: "k", step: "tell", form: body }] });
    const read: TurnView = JSON.parse(decodeURIComponent(headerOf(turnView(desk, long, [])) ?? ""));
    expect(read).toMatchObject({ shortened: true, messages: [{ body: `${"ü".repeat(60)}…` }] });
  });
});

test.each([
  ["is over without a hang-up", ["<Say>A call for you.</Say>"], ["ring"]],
  ["hangs up where its document does", ["<Say>Goodbye.</Say>", "<Hangup/>"], ["ring", "hangup"]],
])("what runs beside a call %s", (_what, pieces, path) => {
  const turned: Turn = {
    ...{ call: newCall("CA1"), pieces, path: ["ring", "hangup"], effects: [], cut: [] },
  };
  expect(asideView(turnView(deskProgram(), turned, []), turned)).toMatchObject({ aside: true, path });
});
