import { describe, expect, it } from "vitest";
import { startCall } from "../../src/phone/carrier.ts";
import { describe as describeMoment } from "../../src/phone/script/describe.ts";
import { BASE, callPages, fakeLine, handset } from "./support.ts";

describe("what is heard", () => {
  it.each([
    [
      "Say",
      `<Say voice="Polly.Amy" language="en-GB" loop="2">  One two\n  three four five. </Say>`,
      {
        kind: "said",
        text: "One two three four five.",
        voice: "Polly.Amy",
        language: "en-GB",
        loop: 2,
        seconds: 4,
      },
    ],
    [
      "Say without voice",
      "<Say>Hi</Say>",
      { kind: "said", text: "Hi", voice: "", language: "en-US", loop: 1 },
    ],
    [
      "speech markup",
      `<Say voice="Polly.Amy"><p>First.</p><s>Then <sub alias="kilograms">kg</sub></s><break time="1s"/><emphasis>now</emphasis></Say>`,
      { kind: "said", text: "First. Then kilograms now" },
    ],
    ["Play", `<Play loop="0">beep.mp3</Play>`, { kind: "played", url: `${BASE}/beep.mp3`, loop: 0 }],
    ["keys", `<Play digits="1ww#"/>`, { kind: "keys", digits: "1ww#" }],
    ["Pause", `<Pause length="3"/>`, { kind: "paused", seconds: 3 }],
    ["Pause without length", "<Pause/>", { kind: "paused", seconds: 1 }],
  ])("%s", async (_, page, moment) => {
    const { moments } = await callPages({ "/voice": page });
    expect(moments[1]).toMatchObject(moment);
  });

  it("in order, after the webhook that brought it", async () => {
    const { moments } = await callPages({ "/voice": "<Say>One.</Say><Pause/><Play>a.wav</Play><Echo/>" });
    expect(moments.map(({ kind }) => kind)).toEqual([
      "webhook",
      "said",
      "paused",
      "played",
      "echoing",
      "ended",
    ]);
  });

  it("a file of which the line knows more has a name, and takes its time", async () => {
    const line = fakeLine({
      "/voice": `<Play loop="2">/a.mp3</Play><Gather><Play loop="3">/a.mp3</Play></Gather><Play>/b.mp3</Play>`,
    });
    const phone = handset({ gather: ["silence"] });
    const audio = (url: string) =>
      url === `${BASE}/a.mp3` ? { name: "audio/a.mp3", seconds: 12 } : undefined;
    const call = { url: `${BASE}/voice`, from: "+14155550111", to: "+14155550122", seed: "test" };
    const ended = await startCall({ ...line, audio }, call, phone).ended;
    expect(phone.moments.map(describeMoment).filter((text) => text !== "")).toEqual([
      "[audio/a.mp3, 12 s] (2 times)",
      "[audio/a.mp3, 12 s] (3 times) [key interrupts]",
      "asks for keys (# to finish)",
      `plays ${BASE}/b.mp3`,
      "ended after 41 s: the flow hung up",
    ]);
    expect(ended.seconds).toBe(2 * 12 + 12 + 5);
  });

  it("a slow handset is awaited", async () => {
    const { ended } = await callPages({ "/voice": `<Say loop="0">Round and round.</Say>` });
    expect(ended.seconds).toBe(1200);
  });
});
