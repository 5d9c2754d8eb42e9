/** A script can hang up at any point: in the middle of prompts, a whisper, a message or a wait. */
import { describe, expect, test } from "vitest";
import type { ScriptStep } from "../../src/phone/script/scenario.ts";
import { playScenario } from "../../src/phone/script/script.ts";
import { BASE, fakeLine, type Page } from "./support.ts";

const DESK = "+14155550100";

async function play(pages: Record<string, Page>, ...script: ScriptStep[]) {
  const sent: string[] = [];
  const line = fakeLine(pages);
  const { failure, transcript } = await playScenario(
    {
      line: {
        ...line,
        send: (url, init) => {
          sent.push(`${new URL(url).pathname} ${new URLSearchParams(init.body).get("Digits") ?? ""}`.trim());
          return line.send(url, init);
        },
      },
      url: `${BASE}/voice`,
      statusUrl: `${BASE}/status`,
      from: "+14155550111",
      to: "+14155550122",
      resolve: () => [],
    },
    { name: "a scenario", script },
  );
  return { failure: failure?.message, transcript, sent };
}

const PROMPTS = {
  "/next": "<Say>Goodbye.</Say>",
  "/status": "",
  "/voice": "<Say>One.</Say><Say>Two.</Say><Say>Three.</Say><Redirect>/next</Redirect>",
};

describe("hear with hangup", () => {
  test("ends the call after that prompt: the next one is not heard, and nothing more requested", async () => {
    const call = await play(PROMPTS, { hear: "One" }, { hear: "Two", hangup: true });
    expect(call).toEqual({
      failure: undefined,
      transcript: [
        "voice: One.",
        "voice: Two.",
        "> hear: Two, hangup: true",
        "ended after 1 s: the caller hung up",
      ],
      sent: ["/voice", "/status"],
    });
  });

  test("works within a gather: its other prompts are not heard, and nothing is asked", async () => {
    const pages = { "/status": "", "/voice": "<Gather><Say>One.</Say><Say>Two.</Say></Gather>" };
    const { failure, transcript } = await play(pages, { hear: "One", hangup: true });
    expect([failure, transcript.slice(0, 2)]).toEqual([
      undefined,
      ["voice: One. [key interrupts]", "> hear: One, hangup: true"],
    ]);
    expect(transcript).not.toContain("voice: Two.");
  });

  test("works while waiting in a queue", async () => {
    const pages = {
      "/status": "",
      "/voice": '<Enqueue action="/done" waitUrl="/wait">support</Enqueue>',
      "/wait": "<Say>Please hold.</Say><Say>Still there?</Say>",
      "/done": "",
    };
    const { failure, transcript, sent } = await play(pages, { hear: "hold", hangup: true });
    expect(failure).toBeUndefined();
    expect(transcript).not.toContain("voice: Still there?");
    expect(sent).toEqual(["/voice", "/wait", "/done", "/status"]);
  });

  test("works while waiting, however often the document runs out before", async () => {
    const pages = {
      "/status": "",
      "/voice": '<Enqueue action="/done" waitUrl="/wait">support</Enqueue>',
      "/wait": "<Say>Please hold.</Say>",
      "/done": "",
    };
    const hear = { hear: "hold" };
    const { failure, sent } = await play(pages, hear, hear, { ...hear, hangup: true });
    expect([failure, sent.filter((one) => one === "/wait").length]).toEqual([undefined, 3]);
  });

  test("fails if that is never heard", async () => {
    expect((await play(PROMPTS, { hear: "Four", hangup: true })).failure).toContain(
      "hear: Four, hangup: true, which was not heard",
    );
  });
});

describe("at the other end", () => {
  const pages = {
    "/status": "",
    "/voice": `<Dial action="/rang"><Number url="/whisper">${DESK}</Number></Dial>`,
    "/whisper": "<Say>A call.</Say><Say>Press 1.</Say>",
    "/rang": ({ params }: { params: Readonly<Record<string, string>> }) =>
      `<Say>It was ${params.DialBridged}.</Say>`,
  };

  test("a called person can hang up in the middle of the whisper", async () => {
    const { failure, transcript } = await play(
      pages,
      { dial: DESK, callee: [{ hears: "A call", hangup: true }], status: "declined" },
      { hear: "It was false" },
      "end",
    );
    expect(failure).toBeUndefined();
    expect(transcript.join()).not.toContain("Press 1");
  });

  test("and so can the caller", async () => {
    const { failure, transcript, sent } = await play(pages, {
      dial: DESK,
      callee: [{ hears: "A call", hangup: "caller" }],
    });
    expect(failure).toBeUndefined();
    expect(transcript.join()).not.toContain("Press 1");
    expect(transcript.at(-1)).toMatch(/the caller hung up$/);
    expect(sent).toEqual(["/voice", "/whisper", "/rang", "/status"]);
  });

  test("and who is said to, but is connected, is reported", async () => {
    const { failure } = await play(
      pages,
      { dial: DESK, callee: [{ hears: "No such thing", hangup: true }], status: "declined" },
      "end",
    );
    expect(failure).toContain('does not hear "No such thing"');
  });
});

test("a message can be ended by hanging up, and is left", async () => {
  const pages = { "/status": "", "/voice": '<Record action="/left"/>', "/left": "<Say>Thank you.</Say>" };
  const { failure, transcript, sent } = await play(pages, { record: 12, hangup: true });
  expect(failure).toBeUndefined();
  expect(transcript.at(-1)).toBe("ended after 12 s: the caller hung up");
  expect(sent).toEqual(["/voice", "/left hangup", "/status"]);
});

test("a wait can be ended by hanging up", async () => {
  const pages = {
    "/status": "",
    "/voice": '<Enqueue action="/done" waitUrl="/wait">support</Enqueue>',
    "/wait": "<Say>Please hold the line for us.</Say>",
    "/done": "",
  };
  const { failure, transcript } = await play(pages, { wait: 30, status: "hangup" });
  expect(failure).toBeUndefined();
  expect(transcript.at(-1)).toMatch(/^ended after 3\d s: the caller hung up$/);
});
