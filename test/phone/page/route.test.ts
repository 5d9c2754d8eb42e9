import { describe, expect, it } from "vitest";
import type { TurnView } from "../../../src/phone/page/contract/turn.ts";
import { setIn, variablesOf } from "../../../src/phone/page/text/history.ts";
import { edgeKey, flowAt, routeIn } from "../../../src/phone/page/text/route.ts";

const turn = (path: string[], next?: string, more: Partial<TurnView> = {}): TurnView => ({
  flow: "desk",
  version: "0123456789",
  path,
  ...(next !== undefined && { next }),
  waiting: [],
  scopes: [],
  language: "en-US",
  ...more,
});

const edges = (...pairs: [string, string][]) => new Set(pairs.map(([from, to]) => edgeKey(from, to)));

describe("The route through a diagram", () => {
  it("goes from step to step, up to the step that waits", () => {
    const route = routeIn("desk", "desk", [turn(["greet", "menu"], "menu"), turn(["menu", "ring"], "ring")]);
    expect(route.at).toBe("ring");
    expect([...route.nodes]).toEqual(["greet", "menu", "ring"]);
    expect(route.edges).toEqual(edges(["greet", "menu"], ["menu", "ring"]));
  });

  it("leads from a failure to the step that follows", () => {
    const failed = turn(["menu", "sorry", "hangup"], undefined, { error: "an expression failed" });
    expect(routeIn("desk", "desk", [failed]).edges.has(edgeKey("~error", "sorry"))).toBe(true);
    expect(routeIn("desk", "desk", [turn(["menu", "sorry"])]).edges.has(edgeKey("~error", "sorry"))).toBe(
      false,
    );
  });

  it("ends at the step's own end", () => {
    const route = routeIn("desk", "desk", [turn(["greet", "bye", "hangup"])]);
    expect(route.at).toBe("bye hangup");
    expect(route.edges).toEqual(edges(["greet", "bye"], ["bye", "bye hangup"]));
  });

  it("distinguishes a step that asked again from one that only waited", () => {
    expect(routeIn("desk", "desk", [turn(["menu"], "menu"), turn(["menu", "menu"], "menu")]).edges).toEqual(
      edges(["menu", "menu"]),
    );
    expect(routeIn("desk", "desk", [turn(["menu"], "menu"), turn(["menu"], "menu")]).edges.size).toBe(0);
  });

  it("stays at the step that runs a part, and has a route of its own inside", () => {
    const turns = [turn(["greet", "check", "pin.ask"], "pin.ask", { waiting: ["check"] })];
    expect(routeIn("desk", "desk", turns)).toMatchObject({ at: "check", edges: edges(["greet", "check"]) });
    expect(routeIn("pin", "desk", turns)).toMatchObject({ at: "ask", nodes: new Set(["ask"]) });
    expect(flowAt("desk", turns[0])).toBe("pin");
    const back = [...turns, turn(["pin.ask", "menu"], "menu")];
    expect(routeIn("desk", "desk", back).edges).toEqual(edges(["greet", "check"], ["check", "menu"]));
    expect(flowAt("desk", back[1])).toBe("desk");
  });
});

describe("An aside", () => {
  const ring = turn(["ring"], "ring");
  const asks = turn(["ring", "who"], "who", { aside: true, waiting: ["ring"] });
  const taken = turn(["who", "taken", "return"], undefined, { aside: true });

  it("has a route of its own, and does not move the caller", () => {
    const route = routeIn("desk", "desk", [ring, asks]);
    expect(route).toMatchObject({ at: "ring", edges: new Set() });
    expect(route.asides).toMatchObject({ at: "who", edges: edges(["ring", "who"]) });
  });

  it("is at no step once it has returned, or once the call continues", () => {
    const { asides } = routeIn("desk", "desk", [ring, asks, taken]);
    expect(asides).not.toHaveProperty("at");
    expect(asides.edges).toEqual(edges(["ring", "who"], ["who", "taken"], ["taken", "taken return"]));
    const on = routeIn("desk", "desk", [ring, asks, turn(["ring", "told"], "told")]);
    expect(on).toMatchObject({ at: "told", edges: edges(["ring", "told"]) });
    expect(on.asides).not.toHaveProperty("at");
  });

  it("begins anew each time", () => {
    const gone = turn(["~hangup", "gave-up", "return"], undefined, { aside: true });
    const { asides } = routeIn("desk", "desk", [ring, asks, taken, gone]);
    expect(asides.edges.has(edgeKey("taken return", "~hangup"))).toBe(false);
    expect(asides.edges.has(edgeKey("~hangup", "gave-up"))).toBe(true);
  });

  it("follows a turn that found the caller gone, and does not move the caller", () => {
    const route = routeIn("desk", "desk", [ring, turn(["ring", "~hangup", "gave-up", "return"])]);
    expect(route).toMatchObject({ at: "ring", edges: new Set() });
    expect(route.asides.edges).toEqual(edges(["~hangup", "gave-up"], ["gave-up", "gave-up return"]));
  });

  it("lists what it set; the call's variables change once the call continues", () => {
    const scopes = (wants: string) => [{ flow: "desk", values: { wants, tries: 1 } }];
    const before = { ...ring, scopes: scopes("") };
    const set = { ...taken, scopes: scopes("taken") };
    expect(setIn(set, [before])).toEqual([{ name: "wants", value: "taken" }]);
    expect(setIn(before, [])).toEqual([]);
    expect(variablesOf([before, undefined, set])[0]).toMatchObject({ value: "", changes: [] });
    const told = turn(["ring", "told"], "told", { scopes: scopes("taken") });
    expect(variablesOf([before, undefined, set, told])[0]).toEqual({
      flow: "desk",
      name: "wants",
      value: "taken",
      changes: [{ before: "", after: "taken", turn: 4, step: "ring" }],
    });
  });
});

describe("Variables", () => {
  it("have the turn and the step that changed them", () => {
    const scopes = (tries: number) => [{ flow: "desk", values: { tries, name: "" } }];
    const rows = variablesOf([
      turn(["menu"], "menu", { scopes: scopes(0) }),
      turn(["menu", "menu"], "menu", { scopes: scopes(1) }),
      turn(["menu"], "menu", { scopes: scopes(1) }),
    ]);
    expect(rows).toEqual([
      {
        flow: "desk",
        name: "tries",
        value: 1,
        changes: [{ before: 0, after: 1, turn: 2, step: "menu" }],
      },
      { flow: "desk", name: "name", value: "", changes: [] },
    ]);
  });
});
