import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Problem, readTwiml } from "../../../src/phone/twiml/read.ts";
import { anyCharacters } from "../../any-characters.ts";

const codes = (problems: readonly Problem[]) => problems.map(({ code, element }) => `${code} ${element}`);
const response = (inside: string) => `<Response>${inside}</Response>`;

describe("documents that Twilio takes without a word", () => {
  it.each([
    ["nothing to do", ""],
    [
      "text and speech markup",
      `<Say voice="Polly.Amy">A <emphasis level="strong">big</emphasis> <break/>day</Say>`,
    ],
    ["entities and CDATA", "<Say>Fish &amp; chips <![CDATA[<now>]]></Say>"],
    ["comments", "<!-- one --><Hangup/>"],
    ["an empty finishOnKey", `<Gather finishOnKey=""/>`],
    ["timeout auto", `<Gather timeout="auto"/>`],
    ["a US number as it is written there", "<Dial>(415) 555-0100</Dial>"],
    ["an empty redirect", "<Redirect/>"],
    ["keys to play", `<Play digits="ww1#"/>`],
    ["nested nouns", "<Dial><Client><Identity>ada</Identity><Parameter name='a' value='b'/></Client></Dial>"],
    ["a SIP address with priorities", "<Dial><Sip><Uri priority='1'>sip:a@b.example</Uri></Sip></Dial>"],
  ])("%s", (_, inside) => {
    expect(readTwiml(response(inside)).problems).toEqual([]);
  });
});

describe("what Twilio would complain about", () => {
  it.each([
    ["an unknown verb", "<Shout>Hi</Shout>", ["12200 Shout"]],
    ["a verb in the wrong case", "<say>Hi</say>", ["12200 say"]],
    ["an unknown attribute", `<Say pitch="2">Hi</Say>`, ["12200 Say"]],
    ["an attribute in the wrong case", `<Gather numdigits="1"/>`, ["12200 Gather"]],
    ["misplaced text", "Hello <Hangup/>", ["12200 Response"]],
    ["a verb inside Gather", "<Gather><Record/></Gather>", ["13320 Record"]],
    ["keys played inside Gather", `<Gather><Play digits="1"/></Gather>`, ["13320 Gather"]],
    ["a stranger inside Dial", "<Dial><Say>Hi</Say>+14155550100</Dial>", ["13215 Say"]],
    ["a noun outside its verb", "<Number>+14155550100</Number>", ["12200 Number"]],
    ["something inside Hangup", "<Hangup><Say>Bye</Say></Hangup>", ["12200 Say"]],
    [
      "names that every object has",
      "<constructor/><Say toString='1'>Hi</Say>",
      ["12200 constructor", "12200 Say"],
    ],
    ["Gather: no such input", `<Gather input="dtmf voice"/>`, ["13326 Gather"]],
    ["Gather: numDigits of 0", `<Gather numDigits="0"/>`, ["13314 Gather"]],
    ["Gather: a timeout that is no number", `<Gather timeout="NaN"/>`, ["13313 Gather"]],
    ["Gather: two finishing keys", `<Gather finishOnKey="#*"/>`, ["13310 Gather"]],
    ["Gather: a method that is none", `<Gather method="PUT"/>`, ["13312 Gather"]],
    ["Gather: a flag that is none", `<Gather actionOnEmptyResult="yes"/>`, ["13338 Gather"]],
    ["Gather: auto with a model", `<Gather speechTimeout="auto" speechModel="default"/>`, ["13335 Gather"]],
    ["Gather: 501 hints", `<Gather hints="${"a,".repeat(500)}a"/>`, ["13330 Gather"]],
    ["Record: one second", `<Record maxLength="1"/>`, ["13612 Record"]],
    ["Record: too long to transcribe", `<Record transcribe="true" maxLength="121"/>`, ["13615 Record"]],
    ["Record: a transcript nobody asked for", `<Record transcribeCallback="/t"/>`, ["12200 Record"]],
    ["Dial: an hour of ringing", `<Dial timeout="3600">+14155550100</Dial>`, ["13212 Dial"]],
    ["Dial: no such recording", `<Dial record="yes">+14155550100</Dial>`, ["13217 Dial"]],
    ["Dial: nobody", "<Dial/>", ["13223 Dial"]],
    ["Dial: an empty number", "<Dial><Number/></Dial>", ["13223 Number"]],
    ["Dial: a number in words", "<Dial><Number>reception</Number></Dial>", ["13223 Number"]],
    ["Dial: text beside nouns", "<Dial>+14155550100<Client>ada</Client></Dial>", ["12200 Dial"]],
    [
      "Dial: a conference beside a number",
      "<Dial><Conference>a</Conference><Number>+14155550100</Number></Dial>",
      ["13000 Dial"],
    ],
    ["Dial: eleven", `<Dial>${"<Client>ada</Client>".repeat(11)}</Dial>`, ["13215 Dial"]],
    ["Dial: no SIP address", "<Dial><Sip>desk</Sip></Dial>", ["13243 Sip"]],
    ["Dial: a conference without a name", "<Dial><Conference> </Conference></Dial>", ["13237 Conference"]],
    [
      "Number: sendDigits that are none",
      `<Dial><Number sendDigits="x">+14155550100</Number></Dial>`,
      ["13222 Number"],
    ],
    ["Say: nothing", "<Say> </Say>", ["13520 Say"]],
    ["Say: too much for its voice", `<Say voice="Polly.Amy">${"a".repeat(3001)}</Say>`, ["13521 Say"]],
    ["Say: a basic voice and markup", `<Say voice="man">a<break/></Say>`, ["13520 Say"]],
    ["Say: no such voice", `<Say voice="Ada">Hi</Say>`, ["13511 Say"]],
    ["Say: a language that is none", `<Say language="English">Hi</Say>`, ["13512 Say"]],
    ["Play: nothing", "<Play/>", ["11100 Play"]],
    ["Play: no keys", `<Play digits="12x"/>`, ["13430 Play", "11100 Play"]],
    ["Pause: no time", `<Pause length="0"/>`, ["13910 Pause"]],
    ["Reject: no such reason", `<Reject reason="rude"/>`, ["13810 Reject"]],
    ["Redirect: no such method", `<Redirect method="PUT">/x</Redirect>`, ["13710 Redirect"]],
    ["Redirect: no URL", "<Redirect>not a url</Redirect>", ["11100 Redirect"]],
    ["a stream over https", `<Connect><Stream url="https://a.example/s"/></Connect>`, ["12200 Stream"]],
  ])("%s", (_, inside, expected) => {
    expect(codes(readTwiml(response(inside)).problems)).toEqual(expected);
  });

  it("leaves out what it reports, and keeps the rest", () => {
    const { verbs } = readTwiml(
      response(`<Shout/><Say pitch="2" loop="2">Hi</Say><Say/><Gather timeout="x"/>`),
    );
    expect(verbs).toEqual([
      { name: "Say", attributes: { loop: "2" }, children: ["Hi"] },
      { name: "Gather", attributes: {}, children: [] },
    ]);
  });

  it("gives the line and a remedy", () => {
    const { problems } = readTwiml("<Response>\n  <Gather>\n    <say>Hi</say>\n  </Gather>\n</Response>");
    expect(problems).toEqual([
      {
        code: 13320,
        element: "say",
        message: "<say> must be written <Say>: TwiML is case-sensitive.",
        line: 3,
      },
    ]);
  });
});

const nested = (deep: number): string =>
  `<Response><Say>${"<emphasis>".repeat(deep)}x${"</emphasis>".repeat(deep)}</Say></Response>`;

describe("documents that cannot be played", () => {
  it.each([
    ["not XML", "<Response><Say>Hi</Response>", 12100],
    ["a bare ampersand", "<Response><Say>fish & chips</Say></Response>", 12100],
    ["something before the declaration", ` <?xml version="1.0"?><Response/>`, 12100],
    ["nothing", "", 12100],
    ["elements in each other without end", nested(20_000), 12100],
    ["another version of XML", `<?xml version="1.1"?><Response/>`, 12101],
    ["a page for browsers", "<html><body>Error</body></html>", 12102],
    ["a root in the wrong case", "<response/>", 12102],
  ])("%s", (_, xml, code) => {
    const { verbs, problems } = readTwiml(xml);
    expect(verbs).toBeUndefined();
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });

  it("but if elements are only too deep, the rest is played", () => {
    const { verbs, problems } = readTwiml(nested(200));
    expect(verbs?.map(({ name }) => name)).toEqual(["Say"]);
    expect(problems.map(({ code }) => code)).toEqual([12100]);
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."<>/&;\"'= RSayGtherx\u0000\ud800".split("")) }),
        (text) => {
          expect(readTwiml(text).problems.length).toBeGreaterThan(0);
        },
      ),
    );
    fc.assert(fc.property(anyCharacters(), (text) => void readTwiml(`<Response>${text}</Response>`)));
  });
});

/** The samples of Twilio's own that go beyond what Twilio documents and its builder knows. */
const STRANGE: Record<string, string[]> = {
  "twiml/voice/pay/prompt/full-example-ach/output/full-example-ach.xml": ["12200 Prompt"],
};

const corpus = "../shared/corpus/twiml.json";

describe.skipIf(!existsSync(corpus))("Twilio's own samples", () => {
  const samples: { name: string; xml: string }[] = existsSync(corpus)
    ? JSON.parse(readFileSync(corpus, "utf8"))
    : [];

  it.each(samples.map(({ name, xml }) => [name, xml]))("%s", (name = "", xml = "") => {
    const { verbs, problems } = readTwiml(xml);
    expect(verbs).toBeDefined();
    expect(codes(problems)).toEqual(STRANGE[name] ?? []);
  });

  it("are all there", () => {
    expect(samples.length).toBeGreaterThanOrEqual(166);
  });
});
