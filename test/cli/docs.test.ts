/** The generated pages are up to date, their examples work, and their links lead somewhere. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { docs } from "../../src/cli/commands/docs.ts";
import { playExample } from "../../src/cli/docs/docs-calls.ts";
import { anchorOf } from "../../src/cli/docs/docs-markdown.ts";
import { outcomesOf, undocumentedKeys } from "../../src/cli/docs/docs-schema.ts";
import { kindPage } from "../../src/cli/docs/docs-steps.ts";
import { playWritten } from "../../src/cli/play/play-written.ts";
import { build } from "../../src/flow/build.ts";
import { audioOf } from "../../src/flow/language/example-audio.ts";
import { STUDIO_NAMES } from "../../src/flow/language/studio-names.ts";
import { readScenarios } from "../../src/flow/scenarios/scenarios.ts";
import { hangup } from "../../src/flow/steps/hangup.ts";
import { kinds } from "../../src/flow/steps/registry.ts";
import { reject } from "../../src/flow/steps/reject.ts";
import { findings, printed } from "../flow/support.ts";

const read = new Map<string, string>();

function pageOf(path: string): string {
  const known = read.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  read.set(path, text);
  return text;
}

test("the generated files are up to date: if not, run npm run docs", async () => {
  expect(await docs({ check: true })).toBe(0);
});

test.each(kinds)("every key of $name is documented", (kind) => {
  expect(undocumentedKeys(kind)).toEqual([]);
});

test("a key without a description is reported, and where to add it", async () => {
  await expect(kindPage({ ...reject, keys: {} })).rejects.toThrow(
    "Nothing describes `reason` and `parameter` of `reject`. Add it to `keys` in src/flow/steps/reject.ts.",
  );
});

describe("the language page's examples", () => {
  const blocks = [...pageOf("src/cli/docs/language.md").matchAll(/```yaml\n(.*?)```/gs)].map(
    ([, block = ""]) => block,
  );
  const flows = blocks.filter((block) => /^steps:/m.test(block));

  const audio = audioOf({
    "audio/welcome.mp3": {},
    "audio/en/menu.wav": { format: "wav" },
    "audio/es/menu.wav": { format: "wav" },
  });

  test.each(flows)("%s", (flow) => {
    expect(printed(flow, findings(flow, "flows/test.yaml", {}, audio))).toBe("");
  });

  test("are there", () => {
    expect(flows.length).toBeGreaterThan(6);
  });

  test("its scripted call can be read", () => {
    const call = /```yaml\n(flow:.*?)```/s.exec(pageOf("docs/language.md"))?.[1] ?? "";
    const { scenarios, diagnostics } = readScenarios({ path: "flows/a.test.yaml", text: call }, [
      "front-desk",
    ]);
    expect([scenarios.length, diagnostics]).toEqual([1, []]);
  });
});

describe("the examples of the page for Studio", () => {
  const blocks = [...pageOf("docs/studio.md").matchAll(/```yaml\n(.*?)```/gs)].map(([, block = ""]) => block);
  const identify = blocks.find((block) => block.startsWith("takes:")) ?? "";

  test.each(blocks)("%s", (flow) => {
    const isPart = flow === identify;
    const parts = flow.includes("flow: identify") ? { identify } : {};
    // Nothing runs the part by itself.
    const found = findings(flow, "flows/test.yaml", parts).filter(
      ({ severity }) => !isPart || severity === "error",
    );
    expect(printed(flow, found)).toBe("");
  });

  test("are there", () => {
    expect(blocks.length).toBeGreaterThan(10);
  });

  test.each(STUDIO_NAMES.filter(({ here }) => /^[a-z.]+$/i.test(here)))("$here can be read", ({ here }) => {
    const flow = `onMessage: read
variables:
  dealer: { type: string }
  name: { type: string }
  message: { type: recording }
  text: { type: string }
steps:
  hello: { hangup: Hello. }
  read:
    sms: { body: "{{ ${here} }}" }
    next: return
`;
    expect(
      printed(
        flow,
        findings(flow).filter(({ severity }) => severity === "error"),
      ),
    ).toBe("");
  });
});

/** Calls to flows of the page, found by one of their lines: they prove what the page says about them. */
const CALLS: [flow: string, scenarios: string][] = [
  [
    "onHangup: gave-up",
    `scenarios:
  - name: goes to the office, which takes the call
    script:
      - hear: You are number 1 of 1
      - press: 1
      - dial: office
        callee: [hears: To take it, presses: 1]
      - hear: You have spoken with the office
      - end
    expect: { taken: the office }
  - name: leaves a message, and a text message reports it
    script:
      - press: 1
      - dial: office
        callee: [hears: To take it, presses: 2]
        status: declined
      - record: 12
        words: Please call me back
      - end
      - sms: "A message of 12 s: Please call me back"
        to: "+14155550177"
  - name: gives up
    script:
      - hear: You are number 1
      - hangup
      - sms: "+14155550111 gave up."
`,
  ],
  [
    "onMessage: texted",
    `scenarios:
  - name: is asked for its hours
    script:
      - text: " Hours "
      - sms: We are open
      - text: Where?
      - sms: "You wrote: Where?"
`,
  ],
  [
    "extension: { type",
    `scenarios:
  - name: rings an extension that is allowed
    script:
      - hear: Please enter an extension.
      - press: 2105
      - dial: sip:2105@pbx.example.com
      - end
  - name: cannot ring another
    script:
      - press: 3105
      - hear: You cannot call that extension.
      - hear: Please enter an extension.
      - hangup
`,
  ],
  [
    "keep: caller",
    `scenarios:
  - name: calls for the fourth time
    kept: { calls: 3, greeting: Welcome back. }
    script:
      - hear: Welcome back. This is your call number 4.
      - end
    expect: { calls: 4 }
  - name: calls for the first time
    from: "+14155550199"
    script:
      - hear: Hello. This is your call number 1.
      - end
`,
  ],
];

/** The scenario that the page itself shows for its conversation. */
const CONVERSATION =
  /flow: front-desk\n(requests:\n[^\n]+survey.*?)```/s.exec(pageOf("src/cli/docs/language.md"))?.[1] ?? "";

describe("calls to the language page's examples", () => {
  const blocks = [...pageOf("src/cli/docs/language.md").matchAll(/```yaml\n(.*?)```/gs)].map(
    ([, block = ""]) => block,
  );
  const calls = [...CALLS, ["stars: {", CONVERSATION]].flatMap(([line = "", scenarios]) => {
    const text = blocks.find((block) => block.includes(line)) ?? "";
    const built = build([{ path: "flows/line.yaml", text }]);
    const file = { path: "flows/line.test.yaml", text: `flow: line\n${scenarios}` };
    return readScenarios(file, ["line"]).scenarios.map((one) => ({ name: one.scenario.name, one, built }));
  });

  test.each(calls)("$name", async ({ one, built }) => {
    expect((await playWritten(one, built, {})).failure).toBeUndefined();
  });

  test("is all there", () => {
    expect(calls).toHaveLength(9);
  });
});

describe.each(kinds.map((kind) => [kind.name, kind] as const))("the page of %s", (name, kind) => {
  const page = pageOf(`docs/steps/${name}.md`);

  test("holds what is heard when its example is called", async () => {
    const { calls } = await playExample(kind);
    expect(calls.length).toBeGreaterThan(0);
    for (const { transcript } of calls) expect(page).toContain(`\n${transcript.join("\n")}\n`);
  });

  test("holds a document that Twilio gets", () => {
    expect(page).toContain("```xml\n<Response>\n");
  });

  test("is in the index, and on the page of the language", () => {
    expect(pageOf("docs/steps/README.md")).toContain(`(${name}.md)`);
    expect(pageOf("docs/language.md")).toContain(`(steps/${name}.md)`);
  });
});

test.each(kinds.filter(({ schema }) => outcomesOf(schema).length > 0))(
  "every outcome of $name is documented",
  ({ schema, outcomes = {} }) => {
    expect(Object.keys(outcomes).sort()).toEqual(outcomesOf(schema).sort());
  },
);

test("a failed call to an example is reported, with its place", async () => {
  const calls = hangup.doc.calls.replace("hear: Thank you", "hear: Welcome");
  const wrong = { ...hangup, doc: { ...hangup.doc, calls } };
  await expect(playExample(wrong)).rejects.toThrow(
    /The example of `hangup`(.|\n)*test\.yaml:5:9 error call-differs: .*which was not heard. What was heard: /,
  );
});

test("an error in an example is reported alone: the calls to it are not read", async () => {
  const wrong = { ...hangup, doc: { ...hangup.doc, example: "steps:\n  bye:\n    hangupp: Bye.\n" } };
  const message = await playExample(wrong).then(() => "", String);
  expect(message).toMatch(/example\.yaml:3:5 error/);
  expect(message).not.toContain("example.test.yaml");
});

test("an example needs a call", async () => {
  const silent = { ...hangup, doc: { ...hangup.doc, calls: "flow: example\nscenarios: []\n" } };
  await expect(playExample(silent)).rejects.toThrow(/error .*scenarios/);
});

const pages = [
  ...["README", "CONTRIBUTING", "CHANGELOG", "SECURITY"].map((name) => `${name}.md`),
  ...["architecture", "language", "studio", "findings", "steps/README"].map((name) => `docs/${name}.md`),
  ...kinds.map(({ name }) => `docs/steps/${name}.md`),
];

const anchorsOf = (page: string): string[] =>
  [...pageOf(page).matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) => anchorOf(title));
const anchors = new Map<string, ReadonlySet<string>>();

function hasAnchor(page: string, anchor: string): boolean {
  const known = anchors.get(page) ?? new Set(anchorsOf(page));
  anchors.set(page, known);
  return known.has(anchor);
}

describe.each(pages)("the links of %s", (path) => {
  const links = [...pageOf(path).matchAll(/\]\(([A-Za-z./-]*)(?:#([a-z0-9-]+))?\)/g)];

  test("lead to a page, and to a heading on it", () => {
    expect(links.length).toBeGreaterThan(0);
    const lost = links.filter(([, page = "", anchor]) => {
      const to = page === "" ? path : join(dirname(path), page);
      return !existsSync(to) || (anchor !== undefined && !hasAnchor(to, anchor));
    });
    expect(lost.map(([link]) => link)).toEqual([]);
  });
});
