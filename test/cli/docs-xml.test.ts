import { expect, test } from "vitest";
import { indented } from "../../src/cli/docs/docs-xml.ts";

test("one element per line, and an element with text on one line", () => {
  const xml =
    '<?xml version="1.0" encoding="UTF-8"?><Response><Gather hints="a > b"><Say>Are <emphasis>you</emphasis> there?</Say></Gather>' +
    "<Refer><Sip>sip:desk@example.com</Sip></Refer><Start><Stream/></Start><Hangup/></Response>";
  expect(indented(xml).split("\n")).toEqual([
    "<Response>",
    '  <Gather hints="a > b">',
    "    <Say>Are <emphasis>you</emphasis> there?</Say>",
    "  </Gather>",
    "  <Refer>",
    "    <Sip>sip:desk@example.com</Sip>",
    "  </Refer>",
    "  <Start>",
    "    <Stream/>",
    "  </Start>",
    "  <Hangup/>",
    "</Response>",
  ]);
});
