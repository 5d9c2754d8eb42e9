import { describe, expect, it } from "vitest";
import type { Gathering, Moment, Said } from "../../../src/phone/leg/moment.ts";
import { isComplete } from "../../../src/phone/page/call/keys.ts";
import { newPerson, type Person } from "../../../src/phone/page/call/person.ts";
import { type Sounding, sounding } from "../../../src/phone/page/call/sounding.ts";
import { frequenciesOf } from "../../../src/phone/page/call/tones.ts";

const GATHERING: Gathering = {
  kind: "gathering",
  input: ["dtmf", "speech"],
  timeout: 5,
  numDigits: 2,
  finishOnKey: "#",
  language: "en-US",
  hints: [],
};

const said = (text: string, interruptedBy: Said["interruptedBy"]): Said => ({
  kind: "said",
  text,
  voice: "",
  language: "en-US",
  loop: 1,
  seconds: 2,
  interruptedBy,
});

const WEBHOOK: Moment = {
  kind: "webhook",
  method: "POST",
  url: "http://localhost/status/desk",
  params: {},
  status: 204,
  milliseconds: 1,
  body: "",
};

/** A person whose prompts last until they are cut, and whose silence is not counted. */
function patient(): Person & { performed: Moment[]; skipped: number[] } {
  const performed: Moment[] = [];
  const skipped: number[] = [];
  const person = newPerson({
    perform: (moment): Sounding | undefined => {
      performed.push(moment);
      return moment.kind === "webhook" ? undefined : sounding(() => () => undefined);
    },
    note: () => undefined,
    show: () => undefined,
    tone: () => undefined,
    skipped: (seconds) => skipped.push(seconds),
    isPatient: () => true,
  });
  return { ...person, performed, skipped };
}

describe("A key during the prompts of a gather", () => {
  it("cuts all of them, and begins the answer", async () => {
    const person = patient();
    const first = person.handset.hear(said("For sales, press 1.", ["key"]));
    person.press("4");
    await first;
    await person.handset.hear(said("For help, press 2.", ["key"]));
    const answer = person.handset.gather(GATHERING);
    person.press("2");
    expect(await answer).toEqual({ digits: "42" });
    expect(person.performed).toHaveLength(1);
  });

  it("answers at once if one key is enough", async () => {
    const person = patient();
    const heard = person.handset.hear(said("Press 1.", ["key"]));
    person.press("1");
    await heard;
    expect(await person.handset.gather({ ...GATHERING, numDigits: 1 })).toEqual({ digits: "1" });
  });

  it("cuts a pause among them as well", async () => {
    const person = patient();
    const heard = person.handset.hear({ kind: "paused", seconds: 30, interruptedBy: ["key"] });
    person.press("1");
    await heard;
    expect(await person.handset.gather({ ...GATHERING, numDigits: 1 })).toEqual({ digits: "1" });
  });

  it.each<Moment>([said("Hello.", []), { kind: "paused", seconds: 30, interruptedBy: [] }])(
    "is lost during a prompt that nothing cuts short: $kind",
    async (prompt) => {
      const person = patient();
      const heard = person.handset.hear(prompt);
      person.press("1");
      person.skip();
      await heard;
      const answer = person.handset.gather(GATHERING);
      person.skip();
      expect(await answer).toBe("silence");
    },
  );
});

describe("Words", () => {
  it("cut a prompt that speech interrupts", async () => {
    const person = patient();
    const heard = person.handset.hear(said("What is it?", ["speech"]));
    person.say("help", 0.8);
    await heard;
    expect(await person.handset.gather(GATHERING)).toEqual({ speech: "help", confidence: 0.8 });
  });

  it("do nothing if only keys are accepted", async () => {
    const person = patient();
    const answer = person.handset.gather({ ...GATHERING, input: ["dtmf"] });
    person.say("help");
    person.press("1");
    person.press("#");
    expect(await answer).toEqual({ digits: "1#" });
  });
});

describe("Hanging up", () => {
  it("ends a prompt, and is the answer to every question from then on", async () => {
    const person = patient();
    const heard = person.handset.hear(said("Hello.", []));
    person.hangUp();
    await heard;
    expect(await person.handset.gather(GATHERING)).toBe("hangup");
  });

  it("passes on the webhooks sent after the hang-up", async () => {
    const person = patient();
    person.hangUp();
    await person.handset.hear(said("Hello.", []));
    await person.handset.hear(WEBHOOK);
    expect(person.performed).toEqual([WEBHOOK]);
  });
});

describe("Skipped silence", () => {
  it("passes on the call's clock", async () => {
    const person = patient();
    const answer = person.handset.gather(GATHERING);
    person.skip();
    await answer;
    expect(person.skipped).toEqual([expect.closeTo(GATHERING.timeout, 0)]);
  });
});

describe("Keys", () => {
  it.each([
    ["12", true],
    ["1", false],
    ["#", true],
  ])("%s: complete is %s", (keys, expected) => {
    expect(isComplete(GATHERING, keys)).toBe(expected);
  });

  // ITU-T Q.23.
  it.each([
    ["1", [697, 1209]],
    ["6", [770, 1477]],
    ["0", [941, 1336]],
    ["*", [941, 1209]],
    ["#", [941, 1477]],
  ])("%s sounds as two sines", (key, expected) => {
    expect(frequenciesOf(key)).toEqual(expected);
  });

  it("that are none are silent", () => {
    expect(frequenciesOf("A")).toBeUndefined();
    expect(frequenciesOf("12")).toBeUndefined();
  });
});
