/** What `ringflow import twiml` makes of twimlets and of TwiML Bins. */
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { twiml } from "../../src/cli/commands/import/twiml.ts";
import { Problem } from "../../src/cli/problem.ts";
import { build } from "../../src/flow/build.ts";
import { importDocument, importTwimlet } from "../../src/import/twiml/import.ts";
import { readTwiml } from "../../src/phone/twiml/read.ts";
import { enterFolder, terminal } from "../cli/folder.ts";

const stepsOf = (flow: string): string => flow.slice(flow.indexOf("steps:\n") + "steps:\n".length);

function warnings(flow: string): string[] {
  return build([{ path: "flows/a.yaml", text: flow }]).diagnostics.map(
    ({ severity, code, message }) => `${severity} ${code}: ${message}`,
  );
}

function twimlet(path: string): string {
  const { flow } = importTwimlet(`http://twimlets.com/${path}`);
  expect(warnings(flow).filter((one) => !one.startsWith("warning imported-gap"))).toEqual([]);
  return stepsOf(flow);
}

function document(xml: string): string {
  const { verbs = [] } = readTwiml(`<Response>${xml}</Response>`);
  const { flow } = importDocument(verbs);
  expect(warnings(flow).filter((one) => one.startsWith("error"))).toEqual([]);
  return stepsOf(flow);
}

describe("twimlets", () => {
  test("menu, with another twimlet as an option", () => {
    const forward = encodeURIComponent("http://twimlets.com/forward?PhoneNumber=415-555-0101&Timeout=15");
    expect(
      twimlet(
        `menu?Message=Press+one+or+two.&Options[1]=${forward}&Options[2]=https%3A%2F%2Fexample.com%2Fhours.mp3`,
      ),
    ).toBe(`  menu:
    gather:
      prompt: Press one or two.
      choices: { 1: forward, 2: recording }
      otherwise: hangup
  forward:
    dial: { to: +14155550101, status: { else: hangup }, timeout: 15 }
    next: hangup
  recording:
    hangup: { play: https://example.com/hours.mp3 }
`);
  });

  test("forward, only for some callers", () => {
    const text = twimlet(
      "forward?PhoneNumber=415-555-0101&AllowedCallers[0]=650-555-0102&FailUrl=https://example.com/later",
    );
    expect(text).toContain("{ when: 'caller.number in [\"+16505550102\"]', next: forward }");
    expect(text).toContain("elsewhere:\n    redirect: https://example.com/later");
  });

  test.each([
    ["findme", "sequential: true"],
    ["simulring", "whisper: { step: accept }"],
  ])("%s", (name, contained) => {
    const text = twimlet(
      `${name}?PhoneNumbers[0]=415-555-0101&PhoneNumbers[1]=415-555-0102&Message=A+call.+Press+any+key.`,
    );
    expect(text).toContain("to: [+14155550101, +14155550102]");
    expect(text).toContain(contained);
    expect(text).toContain("choices: { 0-9: return");
  });

  test("voicemail, whose e-mail is a gap", () => {
    const text = twimlet("voicemail?Email=ada@example.com&Message=Please+leave+a+message.");
    expect(text).toContain("prompt: Please leave a message.");
    expect(text).toContain("notify: arrived");
    expect(text).toContain("# imported-gap: the twimlet sent ada@example.com an e-mail.");
  });

  test("conference, with a password and moderators", () => {
    const text = twimlet("conference?Name=standup&Password=1234&Moderators[0]=415-555-0101&Music=rock");
    expect(text).toContain('matches: "1234"');
    expect(text).toContain("conference: standup");
    expect(text).toContain("startConferenceOnEnter: false");
  });

  test("a circle of menus is one of steps", () => {
    const inner = encodeURIComponent("http://twimlets.com/message?Message[0]=Hello.");
    expect(
      twimlet(`menu?Message=Again.&Options[1]=${inner}&Options[2]=${inner}`).match(/Hello\./g),
    ).toHaveLength(1);
  });
});

describe("documents", () => {
  test("words, a pause and a recording before a dial", () => {
    expect(
      document(
        '<Say voice="alice">Hello {{From}}.</Say><Pause length="2"/><Play>https://example.com/a.mp3</Play><Dial timeout="20">+14155550101</Dial><Say voice="alice">Sorry.</Say>',
      ),
    ).toBe(`  say:
    say:
      - Hello {{ caller.number }}.
      - pause: 2
      - play: https://example.com/a.mp3
    next: connect
  connect:
    dial: { to: +14155550101, status: { else: say-2 }, timeout: 20 }
    next: say-2
  say-2:
    hangup: Sorry.
`);
  });

  test("an answer goes to the URL of its `action`", () => {
    const text = document(
      '<Gather action="https://example.com/answer" numDigits="4"><Say>Your PIN?</Say></Gather><Hangup/>',
    );
    expect(text).toContain("redirect: https://example.com/answer?Digits={{ vars.digits }}");
    expect(text).toContain("numDigits: 4");
  });

  test("a redirect to a twimlet is converted too", () => {
    expect(document("<Redirect>http://twimlets.com/message?Message%5B0%5D=Hello.</Redirect>")).toContain(
      "hangup: Hello.",
    );
  });
});

describe("the command", () => {
  const run = async (source: string, name?: string): Promise<string> => {
    const { out, read } = terminal();
    const result = await twiml(source, { folder: "flows", out, ...(name !== undefined && { name }) }).catch(
      (error: unknown) => error,
    );
    if (result instanceof Problem) return result.message;
    if (result !== 0) throw result;
    return read();
  };

  test("reads a file, and names the flow after it", async () => {
    await enterFolder({
      "Night.xml": "<Response><Say>We are closed.</Say></Response>",
      "bad.xml": "<Html/>",
    });
    expect(await run("Night.xml")).toContain("Wrote flows/night.yaml.");
    expect(await readFile("flows/night.yaml", "utf8")).toContain("hangup: We are closed.");
    expect(await run("Night.xml")).toContain("exists already");
    expect(await run("bad.xml")).toContain("is not TwiML");
    expect(await run("none.xml")).toBe("none.xml cannot be read.");
    expect(await run("http://twimlets.com/message?Message[0]=Hi", "greeting")).toContain(
      "Wrote flows/greeting.yaml.",
    );
  });
});
