import { describe, expect, it } from "vitest";
import type { Value } from "../../../src/phone/page/contract/value.ts";
import { diffLines } from "../../../src/phone/page/text/diff.ts";
import { roundedPath } from "../../../src/phone/page/text/rounded-path.ts";
import { clockText, isoIn, localOf, momentOf } from "../../../src/phone/page/text/time.ts";
import { recordedIn, valueText } from "../../../src/phone/page/text/value.ts";
import { formatXml, xmlText } from "../../../src/phone/page/text/xml.ts";

describe("TwiML is laid out", () => {
  it("one element per line, followed by its text", () => {
    const xml =
      '<?xml version="1.0" encoding="UTF-8"?><Response><Gather action="/a"><Say>One<break/> two.</Say></Gather><Hangup/></Response>';
    expect(xmlText(xml)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<Response>",
        '  <Gather action="/a">',
        "    <Say>One<break/> two.</Say>",
        "  </Gather>",
        "  <Hangup/>",
        "</Response>",
      ].join("\n"),
    );
  });

  it("and other text is unchanged", () => {
    expect(xmlText("It failed.")).toBe("It failed.");
    expect(formatXml("")).toEqual([]);
  });
});

describe("Two lists of lines are compared", () => {
  it("by what both have, in order", () => {
    expect(diffLines(["a", "b", "c"], ["a", "x", "c", "d"])).toEqual([
      { in: "both", text: "a" },
      { in: "before", text: "b" },
      { in: "after", text: "x" },
      { in: "both", text: "c" },
      { in: "after", text: "d" },
    ]);
  });
});

describe("A moment is read on the clocks of a time zone", () => {
  it.each([
    ["America/New_York", "2026-11-26T10:00", "2026-11-26T10:00:00-05:00"],
    ["America/New_York", "2026-07-01T10:00", "2026-07-01T10:00:00-04:00"],
    ["Asia/Kolkata", "2026-01-01T00:15", "2026-01-01T00:15:00+05:30"],
    ["UTC", "2026-01-01T00:00", "2026-01-01T00:00:00+00:00"],
  ])("%s %s", (timezone, local, iso) => {
    const moment = momentOf(timezone, local);
    expect(moment).toBe(Date.parse(iso));
    expect(isoIn(timezone, moment)).toBe(iso);
    expect(localOf(timezone, moment)).toBe(`${local}:00`);
  });

  it("just before and after the clocks change", () => {
    expect(momentOf("America/New_York", "2026-03-08T01:59")).toBe(Date.parse("2026-03-08T01:59:00-05:00"));
    expect(momentOf("America/New_York", "2026-03-08T03:00")).toBe(Date.parse("2026-03-08T03:00:00-04:00"));
  });

  it("and NaN for an invalid time", () => {
    expect(momentOf("UTC", "")).toBeNaN();
    expect(clockText(65.9)).toBe("1:05");
  });
});

describe("A value fits in one line", () => {
  const url = "https://api.example.com/RE1";
  it.each<[Value, string]>([
    ["Ada", "Ada"],
    ["", "empty"],
    [0, "0"],
    [false, "false"],
    [[], "empty"],
    [["one", 2, ["three"]], "one, 2, (three)"],
    [{}, "empty"],
    [{ name: "Ada", tags: [], last: { tries: 2 } }, "name: Ada, tags: (empty), last: (tries: 2)"],
    [{ url, seconds: 72 }, "recording, 1:12"],
    [{ url, seconds: 7, transcript: "Call me." }, "recording, 0:07: “Call me.”"],
    [{ url: "", seconds: 0, transcript: "" }, "empty"],
  ])("%j", (value, expected) => {
    expect(valueText(value)).toBe(expected);
  });

  it("and a map with other keys is not a recording", () => {
    expect(recordedIn({ url, seconds: 7, title: "Song" })).toBeUndefined();
  });
});

describe("A line of a diagram", () => {
  it("goes through its points, with its corners cut", () => {
    expect(
      roundedPath([
        [0, 0],
        [0, 40],
        [30, 40],
      ]),
    ).toBe("M0 0L0 32Q0 40 8 40L30 40");
  });
});
