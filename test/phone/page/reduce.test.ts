import { describe, expect, it } from "vitest";
import { nameFor, testScenario } from "../../../src/phone/page/call/save-test.ts";
import { maskedLine } from "../../../src/phone/page/call/secrets.ts";
import type { FlowView } from "../../../src/phone/page/contract/flow.ts";
import type { PhoneState } from "../../../src/phone/page/contract/state.ts";
import type { TurnView } from "../../../src/phone/page/contract/turn.ts";
import { MASK } from "../../../src/phone/page/contract/value.ts";
import { reduce } from "../../../src/phone/page/reduce.ts";
import { type Action, FIRST, type RequestEntry, type State } from "../../../src/phone/page/state.ts";

const flow = (name: string, more: Partial<FlowView> = {}): FlowView => ({
  name,
  file: `flows/${name}.yaml`,
  description: "",
  text: "",
  version: "0123456789",
  findings: [],
  steps: [],
  edges: [],
  variables: [],
  languages: ["en-US"],
  destinations: [],
  hours: [],
  parts: [],
  ...more,
});

const server = (revision: number, flows: FlowView[]): PhoneState => ({
  revision,
  accountSid: "AC1",
  token: "t",
  flows,
});

const made = (...actions: Action[]): State => actions.reduce(reduce, FIRST);
const served = (...flows: FlowView[]): Action => ({ type: "server", state: server(1, flows) });
const called: Action = { type: "call", setup: { ...FIRST.setup, flow: "desk" }, since: 0, begun: 0 };
const said: Action = {
  type: "line",
  side: "caller",
  line: { id: 7, kind: "person", text: "1234", shown: 4, isGoing: false },
};

const turn = (more: Partial<TurnView>): TurnView => ({
  flow: "desk",
  version: "0123456789",
  path: [],
  waiting: [],
  scopes: [],
  language: "en-US",
  ...more,
});
const entry = (params: Record<string, string>, more: Partial<TurnView>): RequestEntry => ({
  id: 1,
  method: "POST",
  url: "http://localhost/voice/desk",
  params,
  status: 200,
  milliseconds: 1,
  body: "",
  turn: turn(more),
});

describe("The server's word", () => {
  it("chooses the first flow, opens it, and takes its clock", () => {
    const hours = [{ name: "office", timezone: "America/New_York" }];
    const state = made(served(flow("desk", { hours }), flow("other")));
    expect(state.setup).toMatchObject({ flow: "desk", timezone: "America/New_York" });
    expect(state.opened).toEqual(["desk"]);
  });

  it("prefers a flow that is not a part of another", () => {
    const desk = flow("desk", { parts: ["account"] });
    expect(made(served(flow("account"), desk)).setup.flow).toBe("desk");
    const round = flow("account", { parts: ["desk"] });
    expect(made(served(round, desk)).setup.flow).toBe("account");
  });

  it("opens the flow that was changed last, on a first visit or if that was since the last one", () => {
    const flows = [flow("a", { changed: 1000 }), flow("b", { changed: 3000 }), flow("c", { changed: 2000 })];
    const setup = { ...FIRST.setup, flow: "a" };
    const opened = (first: Partial<State>): string =>
      reduce({ ...FIRST, ...first }, served(...flows)).setup.flow;
    expect([opened({}), opened({ setup, seen: 2500 }), opened({ setup, seen: 4000 })]).toEqual([
      "b",
      "b",
      "a",
    ]);
  });

  it("is ignored if it is older than the shown one", () => {
    const state = made({ type: "server", state: server(5, [flow("new")]) }, served(flow("old")));
    expect(state.server?.flows[0]?.name).toBe("new");
  });

  it("leaves a flow that is chosen and open alone", () => {
    const first = made(served(flow("a"), flow("b")), { type: "setup", setup: { flow: "b" } });
    const state = reduce(first, { type: "server", state: server(2, [flow("a"), flow("b")]) });
    expect(state).toMatchObject({ setup: { flow: "b" }, opened: ["b"] });
  });

  it("keeps flows that have not changed, and graphs, so that nothing is drawn anew", () => {
    const flows = (text: string) => [flow("a", { text, graph: { nodes: [], edges: [] } }), flow("b")];
    const before = made(served(...flows("old")));
    const after = reduce(before, { type: "server", state: server(2, flows("new")) });
    const [a, b] = after.server?.flows ?? [];
    expect(a?.text).toBe("new");
    expect(a?.graph).toBe(before.server?.flows[0]?.graph);
    expect(b).toBe(before.server?.flows[1]);
    const redrawn = flow("a", { graph: { start: "x", nodes: [], edges: [] } });
    const changed = reduce(after, { type: "server", state: server(3, [redrawn]) });
    expect(changed.server?.flows).toEqual([redrawn]);
  });
});

describe("A call", () => {
  it("shows words only further, never back", () => {
    const shown = (to: number): Action => ({ type: "shown", side: "caller", id: 7, shown: to });
    const line: Action = {
      type: "line",
      side: "caller",
      line: { id: 7, kind: "voice", text: "Hello there", shown: 0, isGoing: true },
    };
    const state = made(called, line, shown(11), shown(5));
    expect(state.call?.caller.lines[0]?.shown).toBe(11);
  });

  it("is at the step that is heard, until the caller waits or somebody is rung", () => {
    const tell: FlowView["steps"][number] = {
      ...{ name: "tell", kind: "say", role: "speaks", from: 1, to: 1 },
      speaks: ["Hello there"],
    };
    const heard = made(
      served(flow("desk", { steps: [tell] })),
      called,
      { type: "request", entry: entry({}, { path: ["tell", "wait"] }) },
      {
        type: "line",
        side: "caller",
        line: { id: 7, kind: "voice", text: "Hello there", shown: 0, isGoing: true },
      },
    );
    expect(heard.call?.speaking?.step).toBe("tell");
    const waiting: Action = {
      type: "waiting",
      waiting: { kind: "waiting", place: "queue", name: "team", seconds: 0, passes: 0 },
    };
    expect(reduce(heard, waiting).call?.speaking).toBeUndefined();
    const second: Action = {
      type: "second",
      second: { callee: { kind: "number", target: "+14155550133" }, state: "listens" },
    };
    expect(reduce(heard, second).call?.speaking).toBeUndefined();
  });

  it("hides what was entered at a sensitive step", () => {
    const request: Action = { type: "request", entry: entry({ Digits: "1234" }, { secret: true }) };
    expect(made(called, said, request).call?.caller.lines[0]?.text).toBe(MASK);
    const open: Action = { type: "request", entry: entry({ Digits: "1234" }, {}) };
    expect(made(called, said, open).call?.caller.lines[0]?.text).toBe("1234");
  });

  it("hides what was entered at a sensitive step on the phone that it was entered at", () => {
    const second: Action = {
      type: "second",
      second: { callee: { kind: "number", target: "+14155550133" }, state: "listens" },
    };
    const at = { Digits: "1234", ParentCallSid: "CA1" };
    const request: Action = { type: "request", entry: entry(at, { secret: true, aside: true }) };
    const { call } = made(called, said, second, { ...said, side: "callee" }, request);
    expect(call?.second?.phone.lines[0]?.text).toBe(MASK);
    expect(call?.caller.lines[0]?.text).toBe("1234");
  });

  it("shows a secret neither in the name of its test nor in the comparison", () => {
    const request: Action = { type: "request", entry: entry({ Digits: "1234" }, { secret: true }) };
    const { call } = made(called, request, {
      type: "written",
      script: [{ press: "1234#" }, "end"],
      transcript: [],
    });
    expect(call && nameFor(call, [])).toBe("enter a secret");
    expect(maskedLine("> press: 1234#", ["1234"], MASK)).toBe(`> press: ${MASK}`);
    expect(maskedLine("  at ada: > presses: 1234", ["1234"], MASK)).toBe(`  at ada: > presses: ${MASK}`);
    expect(maskedLine("> press: 1", ["1234"], MASK)).toBe("> press: 1");
  });

  it("is put away only once it is over", () => {
    expect(made(called, { type: "clear call" }).call).toBeDefined();
    const ended: Action = {
      type: "ended",
      ended: { kind: "ended", by: "flow", status: "completed", seconds: 1 },
    };
    expect(made(called, ended, { type: "clear call" }).call).toBeUndefined();
  });
});

describe("A replay", () => {
  const ended: Action = {
    type: "ended",
    ended: { kind: "ended", by: "flow", status: "completed", seconds: 1 },
  };
  const asked: Action = { type: "replay", replay: { version: "1" } };
  const done: Action = { type: "replay", replay: { version: "1", comparison: { lines: [] } } };

  it("opens its tab when it begins, and does not come back to it later", () => {
    expect(made(called, ended, asked).tab).toBe("replay");
    expect(made(called, ended, asked, { type: "tab", tab: "phone" }, done)).toMatchObject({
      tab: "phone",
      replay: { comparison: { lines: [] } },
    });
  });

  it("that comes too late says nothing of another call", () => {
    expect(made(called, ended, asked, { type: "clear call" }, done).replay).toBeUndefined();
    expect(made(called, ended, asked, called, done).replay).toBeUndefined();
  });
});

describe("Text messages", () => {
  const line = (id: number, kind: "person" | "voice", text: string) => ({
    ...{ id, kind, text, shown: text.length, isGoing: false },
  });
  const begun = { setup: FIRST.setup, begun: 7 };
  const wrote: Action = {
    type: "texted",
    flow: "desk",
    texted: { lines: [line(1, "person", "Hours?")], requests: [], script: [], begins: begun },
  };
  const answer = {
    lines: [line(2, "voice", "8 to 6.")],
    requests: [entry({ Body: "Hours?" }, { aside: true })],
    script: [{ text: "Hours?" }, { sms: "8 to 6" }],
    waits: { step: "ask", until: 1 },
  };
  const answered: Action = { type: "texted", flow: "desk", texted: answer };

  it("are shown with their replies and requests", () => {
    const { texted } = made(served(flow("desk")), wrote, answered);
    expect(texted?.lines.map(({ text }) => text)).toEqual(["Hours?", "8 to 6."]);
    expect(texted?.requests.map(({ params }) => params.Body)).toEqual(["Hours?"]);
  });

  it("are the script of one conversation after the other", () => {
    const { texted } = made(served(flow("desk")), wrote, answered, wrote, answered);
    expect(texted).toMatchObject({ begun: 7, before: 1, waits: { step: "ask" } });
    expect(texted?.script).toEqual([{ text: "Hours?" }, { sms: "8 to 6" }]);
    expect(texted?.lines).toHaveLength(4);
    const after = made(served(flow("desk")), wrote, answered, {
      type: "texted",
      flow: "desk",
      texted: { lines: [], requests: [], script: [{ wait: "30m" }] },
    });
    expect(after.texted?.script).toHaveLength(3);
    expect(after.texted).not.toHaveProperty("waits");
  });

  it("are hidden if the step that they answer is sensitive", () => {
    const secret = { ...answer, requests: [entry({ Body: "4711" }, { aside: true, secret: true })] };
    const { texted } = made(served(flow("desk")), wrote, { type: "texted", flow: "desk", texted: secret });
    expect(texted?.lines.map(({ text }) => text)).toEqual(["•••", "8 to 6."]);
  });

  it("are those of the flow that is chosen", () => {
    const other: Action = { type: "setup", setup: { flow: "other" } };
    expect(made(served(flow("desk"), flow("other")), wrote, other, answered)).not.toHaveProperty("texted");
  });
});

describe("A call that is saved", () => {
  const asked = (status: number) => [
    {
      method: "GET",
      url: "https://crm.example.com/*",
      milliseconds: 9,
      answer: { status, json: { id: status } },
    },
  ];
  const kept = (hours: FlowView["hours"], at = "") => {
    const destinations = [{ name: "front", addresses: ["+14155550133"] }];
    const state = made(
      served(flow("desk", { hours, destinations })),
      { ...called, setup: { ...FIRST.setup, flow: "desk", timezone: "America/New_York", at } },
      { type: "request", entry: entry({}, { serviceRequests: asked(200) }) },
      { type: "request", entry: entry({}, { serviceRequests: asked(500) }) },
      {
        type: "written",
        script: [{ press: "1" }, { dial: "+14155550133", status: "busy" }, "end"],
        transcript: [],
      },
    );
    const { server: view, call } = state;
    if (!view || !call) throw new Error("There is no call.");
    return { scenario: testScenario(view, call, "one"), name: nameFor(call, view.flows) };
  };

  it("calls destinations by their names, and has the answers of services in turn", () => {
    const { scenario, name } = kept([]);
    expect(name).toBe("press 1, front busy");
    expect(scenario.script).toContainEqual({ dial: "front", status: "busy" });
    expect(scenario.requests).toEqual({
      "https://crm.example.com/*": [
        { status: 200, json: { id: 200 } },
        { status: 500, json: { id: 500 } },
      ],
    });
  });

  it("has a moment only if it matters", () => {
    expect(kept([]).scenario.at).toBeUndefined();
    expect(kept([], "2026-11-26T10:00").scenario.at).toBe("1969-12-31T19:00:00-05:00");
    expect(kept([{ name: "office", timezone: "America/New_York" }]).scenario.at).toBeDefined();
  });
});
