/** Findings for people and for programs. */
import { basename, dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { formatGithub } from "../../src/cli/project/github.ts";
import { formatJson, formatSarif, formatText } from "../../src/cli/project/report.ts";
import { flowVocabulary } from "../../src/flow/shape/vocabulary.ts";
import { readSource } from "../../src/flow/yaml/source.ts";
import { sourceFindings } from "../../src/flow/yaml/source-findings.ts";

const file = { path: "flows/two words.yaml", text: "start: a\nsay: press # to finish\nstart: b\n" };
const { diagnostics } = readSource(file, flowVocabulary);

describe("formatText", () => {
  it("has a frame for each finding, and the number of findings", () => {
    expect(formatText(diagnostics, [file])).toBe(
      [
        'flows/two words.yaml:2:6 error quote-this: a space and "#" begin a comment, so this text ends there; put it in quotes',
        "  1 | start: a",
        "  2 | say: press # to finish",
        "    |      ^~~~~~~~~~~~~~~~~",
        '    | write: say: "press # to finish"; if it is a comment, put two spaces before the "#"',
        "",
        "flows/two words.yaml:3:1 error duplicate-key: `start` is already a key of this map, in line 1; keep one of them",
        "  2 | say: press # to finish",
        "  3 | start: b",
        "    | ^~~~~",
        "",
        "2 errors",
      ].join("\n"),
    );
  });

  it("counts each severity", () => {
    const [first] = diagnostics;
    if (!first) throw new Error("no finding");
    const mixed = [
      first,
      { ...first, severity: "warning" as const },
      { ...first, severity: "note" as const },
    ];
    expect(formatText(mixed, [file])).toMatch(/\n1 error, 1 warning, 1 note$/);
    expect(formatText([], [file])).toBe("no findings");
  });

  it("has no colours for a stream without colours", () => {
    expect(formatText(diagnostics, [file], new PassThrough())).toBe(formatText(diagnostics, [file]));
  });
});

it("formatJson gives lines and columns, and the fix", () => {
  expect(JSON.parse(formatJson(diagnostics, [file]))).toMatchObject([
    {
      code: "quote-this",
      severity: "error",
      file: "flows/two words.yaml",
      line: 2,
      column: 6,
      endLine: 2,
      endColumn: 23,
      fix: { line: 2, column: 6, endLine: 2, endColumn: 23, text: '"press # to finish"' },
    },
    { code: "duplicate-key", line: 3, column: 1 },
  ]);
});

it("formatSarif is a log with rules, places and fixes", () => {
  const log = JSON.parse(formatSarif(diagnostics, [file], sourceFindings));
  expect(log).toMatchObject({ version: "2.1.0", runs: [{ columnKind: "utf16CodeUnits" }] });
  const [{ tool, results }] = log.runs;
  expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(["duplicate-key", "quote-this"]);
  expect(tool.driver.rules[1].shortDescription.text).toContain("quotes");
  const artifactLocation = { uri: "flows/two%20words.yaml" };
  const region = { startLine: 2, startColumn: 6, endLine: 2, endColumn: 23 };
  expect(results[0]).toMatchObject({
    ruleId: "quote-this",
    ruleIndex: 1,
    level: "error",
    locations: [{ physicalLocation: { artifactLocation, region } }],
    fixes: [
      {
        artifactChanges: [
          {
            artifactLocation,
            replacements: [{ deletedRegion: region, insertedContent: { text: '"press # to finish"' } }],
          },
        ],
      },
    ],
  });
  expect(results[1]).toMatchObject({ ruleId: "duplicate-key", ruleIndex: 0 });
});

describe("formatGithub", () => {
  const [first] = diagnostics;
  if (!first) throw new Error("no finding");

  it("has an annotation for each finding, escaped as the runner reads it", () => {
    expect(formatGithub(diagnostics, [file], undefined).split("\n")).toEqual([
      expect.stringMatching(
        /^::error file=flows\/two words\.yaml,line=2,col=6,endLine=2,endColumn=23,title=ringflow%3A quote-this::a space and "#" .*%0Awrite: say: "press # to finish"/,
      ),
      expect.stringMatching(
        /^::error file=flows\/two words\.yaml,line=3,col=1,.*title=ringflow%3A duplicate-key::/,
      ),
    ]);
    const odd = { ...first, file: "a,b:c%.yaml", message: "50%: a, b\r\nc", severity: "note" as const };
    const { hint: _hint, ...without } = odd;
    expect(formatGithub([without], [{ ...file, path: odd.file }], undefined)).toMatch(
      /^::notice file=a%2Cb%3Ac%25\.yaml,.*::50%25: a, b%0D%0Ac$/,
    );
  });

  it("leaves out the columns of a finding that spans lines", () => {
    const long = { ...first, span: { start: 0, end: 12 } };
    expect(formatGithub([long], [file], undefined)).toContain(",line=1,endLine=2,title=");
  });

  it("names files from the root of the repository", () => {
    const root = process.cwd();
    expect(formatGithub([first], [file], dirname(root))).toContain(
      `file=${basename(root)}/flows/two words.yaml,`,
    );
    expect(formatGithub([first], [file], join(root, "elsewhere"))).toContain("file=flows/two words.yaml,");
  });
});
