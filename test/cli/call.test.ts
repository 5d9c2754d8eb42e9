import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { type CallCommand, call } from "../../src/cli/commands/call.ts";
import { listening, type Pages, TOKEN, worker } from "./stand-in.ts";

const frontDesk: Pages = {
  "/voice/front-desk": () =>
    `<Gather numDigits="1" action="/chosen"><Say voice="Polly.Amy">For the desk, press 1.</Say></Gather><Redirect/>`,
  "/chosen": ({ Digits }) =>
    Digits === "1"
      ? `<Dial action="/rang"><Number url="/whisper">+14155550100</Number></Dial>`
      : `<Say>Speak now.</Say><Record action="/left"/>`,
  "/whisper": () => `<Gather numDigits="1" action="/taken"><Say>A call. Press 1.</Say></Gather><Hangup/>`,
  "/taken": () => "",
  "/rang": ({ DialCallStatus, DialBridged }) => `<Say>${DialCallStatus} ${DialBridged}</Say>`,
  "/left": ({ RecordingDuration }) => `<Say>${RecordingDuration} seconds.</Say>`,
  "/status/front-desk": () => "",
};

/** Makes a call with these lines typed: the exit code, and all that was printed. */
async function phone(url: string, typed: string[], flow?: string, more: Partial<CallCommand> = {}) {
  const printed: string[] = [];
  const code = await call(flow, {
    url,
    token: TOKEN,
    from: "+14155550111",
    to: "+14155550122",
    input: Readable.from(typed.map((line) => `${line}\n`)),
    print: (line) => printed.push(line),
    ...more,
  });
  return { code, printed };
}

function scriptFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "ringflow-")), "keys.txt");
  writeFileSync(path, text);
  return path;
}

describe("a call from the terminal", () => {
  it("prints who speaks, what interrupts and what can be typed, and calls the only flow", async () => {
    const url = await worker(frontDesk);
    const { code, printed } = await phone(url, ["h"]);
    expect(printed).toEqual([
      `calling ${url}/voice/front-desk from +14155550111 to +14155550122`,
      "Polly.Amy: For the desk, press 1. [key interrupts]",
      "asks for a key",
      "(keys, nothing for silence, h to hang up)",
      expect.stringMatching(/^ended after \d+ s: the caller hung up$/),
    ]);
    expect(code).toBe(0);
  });

  it.each<[string, string[], string]>([
    ["silence, then a message", ["", "2", "12"], "voice: 12 seconds."],
    ["busy", ["1", "busy"], "voice: busy false"],
    ["no answer", ["1", ""], "voice: no-answer false"],
    ["answered and taken", ["1", "answer", "1", "30"], "voice: completed true"],
    ["answered, and nobody says anything", ["1", "answer", ""], "voice: completed false"],
    ["refused", ["1", "refuse"], "voice: completed false"],
    ["what makes no sense is asked again", ["one", "1", "b"], "voice: busy false"],
  ])("%s", async (_, typed, expected) => {
    const { code, printed } = await phone(await worker(frontDesk), typed);
    expect(printed).toContain(expected);
    expect(code).toBe(0);
  });

  it("is made by the flow, to the person, if it is outbound", async () => {
    const url = await worker(frontDesk);
    const [numbers, usual] = [
      { from: "+14155550122", to: "+14155550133" },
      { from: undefined, to: undefined },
    ];
    const { printed } = await phone(url, ["h"], undefined, { outbound: true, ...numbers });
    expect(printed[0]).toBe(`calling ${url}/voice/front-desk from +14155550122 to +14155550133`);
    const { printed: other } = await phone(url, ["h"], undefined, { outbound: true, ...usual });
    expect(other[0]).toBe(`calling ${url}/voice/front-desk from +14155550100 to +14155550111`);
  });

  it("says what answered, if the call is outbound", async () => {
    const url = await worker({
      "/voice/front-desk": ({ AnsweredBy }) => `<Say>${AnsweredBy}</Say>`,
      "/status/front-desk": () => "",
    });
    const { printed } = await phone(url, [], undefined, { outbound: true, answeredBy: "machine_end_beep" });
    expect(printed).toContain("voice: machine_end_beep");
  });

  it("reports that no one answered, with the parameters", async () => {
    const reports: string[] = [];
    const url = await worker({
      "/status/front-desk?day=Monday": ({ CallStatus, Direction }) => {
        reports.push(`${CallStatus} ${Direction}`);
        return "";
      },
    });
    const parameter = { day: "Monday" };
    const { printed, code } = await phone(url, [], undefined, { unanswered: "busy", parameter });
    expect(code).toBe(0);
    expect(printed.at(-1)).toContain("no one answered");
    expect(reports).toEqual(["busy outbound-api"]);
  });

  it("shows the called phone separately", async () => {
    const { printed } = await phone(await worker(frontDesk), ["1", "answer", "1", ""]);
    expect(printed).toContain("  +14155550100 | voice: A call. Press 1. [key interrupts]");
    expect(printed).toContain("connected to +14155550100");
  });

  it("shows the Worker's audio files by name and length, and others by URL", async () => {
    const url = await worker({
      "/voice/front-desk": () =>
        `<Play>/audio/tone.3f9c1a2b.wav</Play><Play>/audio/gone.3f9c1a2b.wav</Play><Play>https://flows.example/audio/a.3f9c1a2b.wav</Play>`,
      "/status/front-desk": () => "",
    });
    const { printed } = await phone(url, []);
    expect(printed.slice(1, 4)).toEqual([
      "[audio/tone.wav, 1 s]",
      `plays ${url}/audio/gone.3f9c1a2b.wav`,
      "plays https://flows.example/audio/a.3f9c1a2b.wav",
    ]);
  });

  it("hangs up at the end of the input", async () => {
    const { code, printed } = await phone(await worker(frontDesk), []);
    expect(printed.at(-1)).toContain("the caller hung up");
    expect(code).toBe(0);
  });

  it("plays a script, and shows its input", async () => {
    const script = scriptFile("# leave a message\n2\n7#  # seconds\n");
    const { code, printed } = await phone(await worker(frontDesk), [], undefined, { script });
    expect(printed.filter((line) => line.startsWith(">"))).toEqual(["> 2", "> 7#"]);
    expect(printed).toContain("voice: 7 seconds.");
    expect(code).toBe(0);
  });
});

describe("a call that cannot be made says what to do", () => {
  it("no Worker", async () => {
    const { code, printed } = await phone("http://127.0.0.1:9", []);
    expect(printed).toEqual(["No Worker answers at http://127.0.0.1:9. Start it with: npx ringflow start"]);
    expect(code).toBe(1);
  });

  it("another program at the URL", async () => {
    const url = await listening(createServer((_, response) => response.end("hello")));
    const { code, printed } = await phone(url, []);
    expect(printed).toEqual([
      `The server at ${url} is not a Ringflow Worker. Set the Worker's URL with --url.`,
    ]);
    expect(code).toBe(1);
  });

  it.each<[string, string[] | null, string | undefined, string]>([
    [
      "no name, and a Worker that does not list its flows",
      null,
      undefined,
      "does not list its flows. Name one: npx ringflow call <flow>",
    ],
    [
      "several flows and no name",
      ["front-desk", "survey"],
      undefined,
      "front-desk, survey. Choose one: npx ringflow call front-desk",
    ],
    ["an unknown flow", ["front-desk"], "frontdesk", 'Unknown flow "frontdesk".'],
    ["no flows", [], undefined, "has no flows. Write one in flows/."],
  ])("%s", async (_, flows, flow, complaint) => {
    const { code, printed } = await phone(await worker(frontDesk, flows), [], flow);
    expect(printed.join("\n")).toContain(complaint);
    expect(code).toBe(1);
  });

  it("no flow of that name at a Worker that does not list its flows", async () => {
    const { printed } = await phone(await worker(frontDesk, null), [], "front-desk");
    expect(printed.join("\n")).not.toContain("Unknown flow");
  });

  it("no token", async () => {
    const { code, printed } = await phone(await worker(frontDesk), [], undefined, { token: "" });
    expect(printed).toEqual(["TWILIO_AUTH_TOKEN is not set. `npx ringflow start` writes one to .dev.vars."]);
    expect(code).toBe(1);
  });

  it("another token than the Worker's", async () => {
    const { code, printed } = await phone(await worker(frontDesk), [], undefined, { token: "another" });
    expect(printed).toContain("The signature does not fit.");
    expect(printed.join("\n")).toContain("TWILIO_AUTH_TOKEN from .dev.vars");
    expect(code).toBe(1);
  });

  it("no script", async () => {
    const { code, printed } = await phone(await worker(frontDesk), [], undefined, { script: "no/such.txt" });
    expect(printed).toEqual(["Cannot read the script no/such.txt."]);
    expect(code).toBe(1);
  });
});
