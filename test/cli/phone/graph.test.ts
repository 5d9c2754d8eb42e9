/** A flow's diagram: what is drawn, and that the layout gives everything a place of its own. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { anatomyOf } from "../../../src/cli/phone/flow-view.ts";
import { graphOf } from "../../../src/cli/phone/graph.ts";
import { build } from "../../../src/flow/build.ts";
import type { DrawnNode, Graph } from "../../../src/phone/page/contract/drawing.ts";
import { layFlat } from "../../../src/phone/page/layout/flat.ts";

const layOut = (graph: Graph) => layFlat(graph, false);

const texts = ({ labels }: Graph["edges"][number]): string[] => labels.map(({ text }) => text);

function graphIn(path: string, text: string): Graph {
  const [checked] = build([{ path, text }]).read;
  if (!checked) throw new Error(`${path} cannot be read`);
  return graphOf(anatomyOf(checked, [], {}));
}

const frontDesk = (): Graph =>
  graphIn("flows/front-desk.yaml", readFileSync("flows/front-desk.yaml", "utf8"));

/** Every side road, and a failure's. */
const SIDES = `onError: sorry
onHangup: told
onMessage: told
destinations: { ada: +14155550133 }
steps:
  hold: { enqueue: { queue: q, wait: { step: listen }, status: { else: ring } }, next: ring }
  listen: { say: Please wait., next: return }
  ring: { dial: { to: ada, whisper: { step: who }, status: { else: take } }, next: hangup }
  who: { gather: { prompt: Press 1., choices: { 1: return }, attempts: 1, otherwise: hangup } }
  take: { record: { prompt: Speak., notify: told }, next: hangup }
  told: { sms: { to: +14155550177, body: Hello. }, next: return }
  sorry: { hangup: Sorry. }
`;

function overlap(a: DrawnNode, b: DrawnNode): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether a point is on the border of a node, up to a pixel. */
function touches([x, y]: [number, number], { x: left, y: top, width, height }: DrawnNode): boolean {
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1;
  const within = x >= left - 1 && x <= left + width + 1 && y >= top - 1 && y <= top + height + 1;
  return within && (near(x, left) || near(x, left + width) || near(y, top) || near(y, top + height));
}

describe("the graph of a flow", () => {
  test("has one line for all exits from one step to another, with their labels", () => {
    const { edges } = frontDesk();
    const toReception = edges.filter(({ from, to }) => from === "menu" && to === "reception");
    expect(toReception.map(({ labels }) => labels)).toEqual([
      [
        { text: "1", by: "key" },
        { text: "0", by: "key" },
        { text: "otherwise", by: "outcome" },
      ],
    ]);
  });

  test("has a separate end for every hang-up", () => {
    const ends = frontDesk().nodes.filter(({ end }) => end === "hangup");
    expect(ends.map(({ id }) => id)).toEqual(
      ["reception", "billing", "oncall", "goodbye"].map((step) => `${step} hangup`),
    );
  });

  test("names a branch's exits by their conditions", () => {
    const { edges } = frontDesk();
    const labels = edges.filter(({ from }) => from === "opening").flatMap((edge) => edge.labels);
    expect(labels).toEqual([
      { text: 'isOpen("office")', by: "condition" },
      { text: "otherwise", by: "condition" },
    ]);
  });

  test("names exits by numbers where those are an author's: statuses, and keys", () => {
    const ask = "request: { url: https://example.com/, status: { 404: other, else: other } }";
    const steps = `steps:\n  ask: { ${ask}, next: other }\n  other: { say: [One., Two.], next: hangup }\n`;
    const { edges } = graphIn("flows/a.yaml", steps);
    expect(edges.map(texts)).toEqual([["404", "else", "next"], []]);
  });

  test("draws the beginning of a side road apart from the exits, labelled with its setting", () => {
    const { edges } = graphIn("flows/a.yaml", SIDES);
    const sideRoads = edges.filter(({ sideRoad }) => sideRoad);
    expect(sideRoads.map((edge) => [edge.from, edge.to, ...texts(edge)])).toEqual([
      ["hold", "listen", "wait"],
      ["ring", "who", "whisper"],
      ["take", "told", "notify"],
      ["~hangup", "told"],
      ["~message", "told"],
    ]);
    expect(edges).toContainEqual(
      expect.objectContaining({ from: "who", to: "who return", labels: [{ text: "1", by: "key" }] }),
    );
  });

  test("has a beginning for a failure, for a hang-up and for a text message", () => {
    const { nodes, edges } = graphIn("flows/a.yaml", SIDES);
    expect(nodes.flatMap(({ begins }) => begins ?? [])).toEqual(["hangup", "message", "error"]);
    const failure = edges.find(({ from }) => from === "~error");
    expect(failure).toMatchObject({ to: "sorry", labels: [] });
    expect(failure).not.toHaveProperty("sideRoad");
    const ends = graphIn("flows/a.yaml", "onError: hangup\nsteps:\n  bye: { hangup: Bye. }\n").nodes;
    expect(ends.filter(({ begins }) => begins)).toEqual([]);
  });

  test("names `next` only if it shares its line with other exits", () => {
    const record = "record: { prompt: Speak., empty: bye }";
    const { edges } = graphIn(
      "flows/a.yaml",
      `steps:\n  ask: { ${record}, next: bye }\n  bye: { hangup: Bye. }\n`,
    );
    expect(edges.map(texts)).toEqual([["empty", "next"]]);
  });

  test("leaves out an exit to an unknown step", () => {
    const { nodes, edges } = graphIn("flows/a.yaml", "steps:\n  greet: { say: Hello., next: nowhere }\n");
    expect([nodes.map(({ id }) => id), edges]).toEqual([["greet"], []]);
  });

  test("tells a spoken word from a key", () => {
    const choices = "{ 1: bye, sales: { speech: [sales], next: bye } }";
    const menu = `gather: { prompt: Press 1 or say sales., choices: ${choices}, otherwise: bye }`;
    const { edges } = graphIn("flows/a.yaml", `steps:\n  menu: { ${menu} }\n  bye: { hangup: Bye. }\n`);
    expect(edges[0]?.labels.map(({ by }) => by)).toEqual(["key", "word", "outcome"]);
  });
});

describe("a drawing in layers", () => {
  test("gives every step a place of its own, inside, and takes every line from border to border", () => {
    const { nodes, edges, width, height } = layOut(frontDesk());
    for (const [index, node] of nodes.entries()) {
      expect(nodes.slice(index + 1).filter((other) => overlap(node, other))).toEqual([]);
      expect(node.x + node.width).toBeLessThanOrEqual(width);
      expect(node.y + node.height).toBeLessThanOrEqual(height);
    }
    const byId = new Map(nodes.map((node) => [node.id, node]));
    expect(edges).toHaveLength(frontDesk().edges.length);
    for (const { from, to, points } of edges) {
      const [first, last, start, end] = [points[0], points.at(-1), byId.get(from), byId.get(to)];
      expect(first && start && touches(first, start), `the line from ${from} to ${to} begins there`).toBe(
        true,
      );
      expect(last && end && touches(last, end), `the line from ${from} to ${to} ends there`).toBe(true);
    }
  });

  test.each([["front-desk"], ["after-hours"]])("of %s takes no line through a step", (name) => {
    const { nodes, edges } = layOut(graphIn(`${name}.yaml`, readFileSync(`flows/${name}.yaml`, "utf8")));
    for (const { from, to, points } of edges) {
      const others = nodes.filter(({ id }) => id !== from && id !== to);
      points.slice(1).forEach(([x, y], index) => {
        const [fromX, fromY] = points[index] ?? [x, y];
        const piece = { x: Math.min(x, fromX), y: Math.min(y, fromY) };
        const size = { width: Math.abs(x - fromX), height: Math.abs(y - fromY) };
        expect(Math.min(size.width, size.height), "lines go down or across").toBeLessThan(1);
        expect(others.filter((node) => overlap(node, { id: "", ...piece, ...size }))).toEqual([]);
      });
    }
  });

  test("puts a call's side road below its steps, and a line from a step to itself beside it", () => {
    const { nodes, edges, width } = layOut(graphIn("sides.yaml", SIDES));
    const bottom = Math.max(...nodes.filter(({ id }) => id === "hold" || id === "ring").map(({ y }) => y));
    expect(nodes.find(({ id }) => id === "told")?.y).toBeGreaterThan(bottom);
    const again = graphIn(
      "again.yaml",
      "steps:\n  menu: { gather: { prompt: Press 1., choices: { 1: menu }, otherwise: hangup } }\n",
    );
    const loop = layOut(again).edges.find(({ from, to }) => from === to);
    const [menu] = layOut(again).nodes;
    expect(loop?.labelAt?.[0]).toBeGreaterThan((menu?.x ?? 0) + (menu?.width ?? 0));
    expect(loop?.points[0]?.[0]).toBe(loop?.points.at(-1)?.[0]);
    expect(edges.flatMap(({ points }) => points.map(([x]) => x)).every((x) => x >= 0 && x <= width)).toBe(
      true,
    );
  });

  test("leads a way back up from the top of its step", () => {
    const text = `steps:
  ask: { gather: { prompt: Press 1., choices: { 1: sure }, otherwise: hangup } }
  sure: { gather: { prompt: Sure?, choices: { 1: ask, 2: hangup }, otherwise: hangup } }
`;
    const { nodes, edges } = layOut(graphIn("back.yaml", text));
    const [ask, sure] = nodes;
    const back = edges.find(({ from, to }) => from === "sure" && to === "ask");
    expect(back?.points[0]?.[1]).toBe(sure?.y);
    expect(back?.points.at(-1)?.[1]).toBe((ask?.y ?? 0) + (ask?.height ?? 0));
  });

  test("from left to right takes as much room to the right as the other takes down, and no line through a step", () => {
    const { nodes, edges } = layFlat(frontDesk(), true);
    const place = (id: string) => nodes.find((node) => node.id === id);
    expect(place("opening")?.x).toBeGreaterThan((place("greet")?.x ?? 0) + (place("greet")?.width ?? 0));
    for (const [index, node] of nodes.entries())
      expect(nodes.slice(index + 1).filter((other) => overlap(node, other))).toEqual([]);
    for (const { from, points } of edges) {
      const [first, start] = [points[0], place(from)];
      expect(first && start && touches(first, start)).toBe(true);
    }
  });

  test("leaves room next to the steps for the labels of every line", () => {
    const { nodes, edges } = layOut(frontDesk());
    const labelled = edges.filter(({ labels }) => labels.length > 0);
    expect(labelled.length).toBeGreaterThan(8);
    for (const { labelAt } of labelled) {
      const [x, y] = labelAt ?? [0, 0];
      const label = { id: "", x: x - 20, y: y - 7, width: 40, height: 14 };
      expect(nodes.filter((node) => overlap(node, label))).toEqual([]);
    }
    expect(edges.filter(({ labels, labelAt }) => labels.length === 0 && labelAt)).toEqual([]);
  });
});
