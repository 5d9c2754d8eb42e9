/** `ringflow draw`: pictures, charts and pages of flows. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { parseXml, XmlElement } from "@rgrove/parse-xml";
import { beforeEach, describe, expect, test } from "vitest";
import { type DrawOptions, draw } from "../../../src/cli/commands/draw.ts";
import { officeFlow } from "../../phone/page/office-flow.ts";
import { enterFolder, terminal } from "../folder.ts";

const DESK = `description: The desk of "Hill & Sons"
destinations: { ada: +14155550133 }
steps:
  menu:
    gather:
      prompt: '"Ada" #1 <s>is</s> there: press 1.'
      choices: { 1: ring, 2: bye, sales: { speech: [sales], next: bye } }
      otherwise: bye
  ring: { dial: { to: ada, status: { busy: bye, else: bye } }, next: hangup }
  bye: { hangup: Goodbye. }
`;

const TEXTS = `onMessage: asked
steps:
  greet: { hangup: Please text us. }
  asked:
    ask: { choices: { YES: { words: yeah, next: thanks } }, prompt: Are you coming? }
  thanks: { sms: { body: See you! }, next: return }
`;

beforeEach(() => enterFolder({ "flows/desk.yaml": DESK, "flows/office.yaml": officeFlow(60) }));

async function drawn(name: string | undefined, options: Omit<DrawOptions, "out"> = {}): Promise<string> {
  const { out, read } = terminal();
  expect(await draw(name, { ...options, out })).toBe(0);
  return read();
}

function elementsIn(element: XmlElement): XmlElement[] {
  const inner = element.children.filter((child) => child instanceof XmlElement);
  return [element, ...inner.flatMap(elementsIn)];
}

describe("an SVG", () => {
  test("has every step, is well formed, and needs neither variables nor other files", async () => {
    const svg = await drawn("office");
    const { root } = parseXml(svg);
    const classes = root ? elementsIn(root).map(({ attributes }) => attributes.class ?? "") : [];
    expect(classes.filter((name) => /^step\b/.test(name))).toHaveLength(60);
    expect(classes.filter((name) => /^department\b/.test(name))).toHaveLength(10);
    expect(svg).not.toMatch(/var\(|light-dark|href|url\((?!#)/);
    expect(svg).toContain("@media (prefers-color-scheme: dark)");
  });

  test("has the colours of the page in both themes", async () => {
    const svg = await drawn("desk");
    expect(svg).toContain(".role.is-asks .role-ground {\n  fill: #0c6b5f;");
    expect(svg).toContain(".role.is-asks .role-ground {\n  fill: #4fd1bd;");
    expect(svg).toContain('<title id="title">desk: The desk of &quot;Hill &amp; Sons&quot;</title>');
  });
});

const resvg = (() => {
  try {
    return createRequire(import.meta.url).resolve("@resvg/resvg-js");
  } catch {
    return undefined;
  }
})();

describe("a PNG", () => {
  test.skipIf(resvg === undefined)("is twice the size of the SVG, in a file of the flow's name", async () => {
    expect(await drawn("desk", { format: "png" })).toBe("Wrote desk.png: desk, 3 steps.\n");
    const png = await readFile("desk.png");
    const [, width] = /width="(\d+)"/.exec(await drawn("desk")) ?? [];
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(2 * Number(width));
  });
});

test("a step shows what it writes, and not the words that it takes", async () => {
  await enterFolder({ "flows/texts.yaml": TEXTS });
  const chart = await drawn("texts", { format: "mermaid" });
  expect(chart).toContain("<b>asked</b><br/>ask: Are you coming?");
  expect(chart).toContain("<b>thanks</b><br/>sms: See you!");
  expect(await drawn("texts", { format: "html" })).toMatch(/<p>Are you coming\?<\/p><\/td>/);
});

describe("a chart for Mermaid", () => {
  const TEXT = `"(?:[^"#]|#\\d+;)+"`;
  const NODE = `n\\d+(?:\\[${TEXT}\\]|\\[/${TEXT}/\\]|\\{${TEXT}\\}|\\(\\[${TEXT}\\]\\))`;
  const LINE = new RegExp(
    `^(?:---|title: "[^"]+"|flowchart TD| +(?:${NODE}|subgraph dn\\d+\\[${TEXT}\\]|end|n\\d+ (?:-->|-\\.->)(?:\\|${TEXT}\\|)? n\\d+))$`,
  );

  test.each(["desk", "office"])(
    "of %s has only lines of the grammar, and names only what it declares",
    async (name) => {
      const lines = (await drawn(name, { format: "mermaid" })).trimEnd().split("\n");
      expect(lines.filter((line) => !LINE.test(line))).toEqual([]);
      const declared = new Set(lines.flatMap((line) => /^ +(n\d+)\W/.exec(line)?.[1] ?? []));
      const named = lines.flatMap(
        (line) => /^ +(n\d+) -.*> ?(n\d+)$|^ +(n\d+) -.* (n\d+)$/.exec(line)?.slice(1) ?? [],
      );
      expect(named.filter((id) => id !== undefined && !declared.has(id))).toEqual([]);
      const depth = lines.map((line) => (/^ +subgraph/.test(line) ? 1 : /^ +end$/.test(line) ? -1 : 0));
      expect(depth.reduce<number>((sum, one) => sum + one, 0)).toBe(0);
    },
  );

  test("has a department's steps within it, and labels that say what was pressed or said", async () => {
    const office = await drawn("office", { format: "mermaid" });
    expect(office).toMatch(/subgraph dn\d+\["sales"\]\n +n\d+\[\/"<b>sales<\/b>/);
    const desk = await drawn("desk", { format: "mermaid" });
    expect(desk).toContain('|"key 2, “sales”, otherwise"|');
    expect(desk).toContain("#34;Ada#34; #35;1 #60;s#62;is");
  });
});

describe("a page", () => {
  test("has the diagram, the texts, and calls, and asks for nothing", async () => {
    const page = await drawn("desk", { format: "html" });
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(?:src|href)=/);
    expect(page).toContain("<p>&quot;Ada&quot; #1 &lt;s&gt;is&lt;/s&gt; there: press 1.</p>");
    const json = /id="recording">(.*?)<\/script>/s.exec(page)?.[1] ?? "";
    const { begins, turns, places, documents } = JSON.parse(json);
    const first = turns[begins[0].turns[0]];
    expect(first.heard).toMatchObject([{ kind: "says", text: expect.stringContaining("there: press 1.") }]);
    const answers = places[first.to].turns.map((turn: number) => turns[turn]);
    const two = answers.find(({ keys }: { keys?: string }) => keys === "2");
    expect(two).toMatchObject({
      path: ["menu", "bye", "hangup"],
      heard: [{ kind: "says", text: "Goodbye." }],
    });
    expect(places[two.to].ended).toBe("hangup");
    expect(documents[places[first.to].document]).toContain("<Gather");
  });
});

test("the format is that of the file's name", async () => {
  expect(await drawn("desk", { file: "desk.mmd" })).toBe("Wrote desk.mmd: desk, 3 steps.\n");
  expect(await readFile("desk.mmd", "utf8")).toContain("flowchart TD");
});

test("asks for the name of one flow", async () => {
  await expect(drawn(undefined)).rejects.toThrow("Name a flow: desk, office.");
});
