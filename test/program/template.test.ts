import { parseXml, XmlElement } from "@rgrove/parse-xml";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Part, Source, Template } from "../../src/program/op.ts";
import { escapeUrl, escapeXml, render } from "../../src/program/template.ts";
import { anyCharacters } from "../any-characters.ts";

const HOLE: Source = { slot: "hole" };

/** Fills every hole with one value; links show as `[block road]`. */
function filled(parts: Template, value: string): string {
  let out = "";
  render(
    parts,
    () => value,
    (piece) => {
      out += piece;
    },
    ({ link, road }) => {
      out += `[${link} ${road}]`;
    },
  );
  return out;
}

/** Any text that a webhook could bring: halves of pairs, control characters and markup among it. */
const anyText = fc.oneof(
  fc.constantFrom(".", "..", "...", "../..", "%2e%2e"),
  anyCharacters(),
  fc.string({
    unit: fc.constantFrom(
      "<",
      ">",
      "&",
      '"',
      "'",
      "/",
      "]]>",
      "\r",
      "\n",
      "\t",
      "\0",
      "\ud800",
      "\udc00",
      "é",
      "😀",
    ),
  }),
);

/** What of a text XML can hold at all (XML 1.0, 2.2): no control characters, no halves of pairs. */
function legal(text: string): string {
  return [...text].filter((character) => isLegal(character.codePointAt(0) ?? 0)).join("");
}

function isLegal(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

function rootOf(xml: string): XmlElement {
  const { root } = parseXml(xml);
  if (!(root instanceof XmlElement)) throw new Error(`no element in ${xml}`);
  return root;
}

describe("a hole stays text", () => {
  test("in an element: well formed, and the parsed text is what was put in", () => {
    const parts: Template = ["<Say>Hello ", { hole: HOLE, as: "xml" }, "!</Say>"];
    fc.assert(
      fc.property(anyText, (value) => {
        const root = rootOf(filled(parts, value));
        expect(root.children.every((child) => child.type === "text")).toBe(true);
        expect(root.text).toBe(`Hello ${legal(value)}!`);
      }),
    );
  });

  test("in an attribute beside other text", () => {
    const parts: Template = ['<Say voice="a ', { hole: HOLE, as: "xml" }, '"/>'];
    fc.assert(
      fc.property(anyText, (value) => {
        const root = rootOf(filled(parts, value));
        expect(root.attributes).toEqual({ voice: `a ${legal(value)}` });
      }),
    );
  });

  test("as a whole attribute, which is left out where the value is empty", () => {
    const parts: Template = ["<Say", { attribute: "voice", from: HOLE }, "/>"];
    fc.assert(
      fc.property(anyText, (value) => {
        const { attributes } = rootOf(filled(parts, value));
        expect(attributes).toEqual(value === "" ? {} : { voice: legal(value) });
      }),
    );
    expect(filled(parts, "")).toBe("<Say/>");
  });

  test("in a URL's query: it comes out as it went in, and changes nothing around it", () => {
    const parts: Template = [
      "<Play>https://example.com/a?b=",
      { hole: HOLE, as: "url" },
      "&amp;c=d#e</Play>",
    ];
    fc.assert(
      fc.property(anyText, (value) => {
        const url = new URL(rootOf(filled(parts, value)).text);
        expect([...url.searchParams]).toEqual([
          ["b", /^\.+$/.test(value) ? "" : legal(value)],
          ["c", "d"],
        ]);
        expect([url.host, url.pathname, url.hash]).toEqual(["example.com", "/a", "#e"]);
      }),
    );
  });

  test("in a URL's path: it is one segment", () => {
    const parts: Template = ["https://example.com/one/", { hole: HOLE, as: "url" }, "/three.mp3"];
    fc.assert(
      fc.property(anyText, (value) => {
        const { host, pathname, search, hash } = new URL(filled(parts, value));
        expect({ host, search, hash }).toEqual({ host: "example.com", search: "", hash: "" });
        const segments = pathname.split("/");
        expect(segments.map(decodeURIComponent)).toEqual([
          "",
          "one",
          /^\.+$/.test(value) ? "" : legal(value),
          "three.mp3",
        ]);
      }),
    );
  });
});

describe("escapes", () => {
  test.each([
    ["a & b", "a &amp; b"],
    ["<Hangup/>", "&lt;Hangup/&gt;"],
    ['say "hi"', "say &quot;hi&quot;"],
    ["it's", "it's"],
    ["a\0b\x1fc", "abc"],
    ["\ud83d", ""],
    ["😀", "😀"],
    ["one\ntwo\tthree\r", "one&#xA;two&#x9;three&#xD;"],
    ["\ufffe\uffff\ufffd", "\ufffd"],
  ])("XML: %j → %j", (text, escaped) => {
    expect(escapeXml(text)).toBe(escaped);
  });

  test.each([
    ["a b/c?d=e&f#g", "a%20b%2Fc%3Fd%3De%26f%23g"],
    ["+14155550100", "%2B14155550100"],
    ["O'Hara (!*~)", "O%27Hara%20%28%21%2A%7E%29"],
    ["é", "%C3%A9"],
    ["\ud83d", ""],
    // A segment of dots climbs up a path, however it is encoded.
    ["..", ""],
    [".", ""],
    ["1.5", "1.5"],
  ])("URL: %j → %j", (text, escaped) => {
    expect(escapeUrl(text)).toBe(escaped);
  });
});

describe("render", () => {
  test("gives texts and links in order", () => {
    const parts: Template = [
      '<Gather action="',
      { link: "answered", road: "voice" },
      '">',
      { hole: HOLE, as: "xml" },
    ];
    expect(filled(parts, "1 < 2")).toBe('<Gather action="[answered voice]">1 &lt; 2');
  });

  test.each([
    ["en-US", "Hello en-US"],
    ["es-US", "Hola"],
    ["fr-FR", "Bonjour"],
    ["constructor", "Bonjour"],
  ])("picks a variant by its value, and `else` where none fits: %s → %s", (value, out) => {
    const hello: Part[] = ["Hello ", { hole: HOLE, as: "xml" }];
    expect(
      filled([{ pick: HOLE, cases: { "en-US": hello, "es-US": ["Hola"] }, else: ["Bonjour"] }], value),
    ).toBe(out);
  });
});
