import { describe, expect, it } from "vitest";
import { BASE, callPages } from "./support.ts";

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

  it("an answer is awaited where the handset takes its time", async () => {
    const { ended } = await callPages({ "/voice": `<Say loop="0">Round and round.</Say>` });
    expect(ended.seconds).toBe(1200);
  });
});
