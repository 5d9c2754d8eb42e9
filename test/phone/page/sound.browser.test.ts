/** What is heard and said in a browser: voices, tones and the microphone, which stand-ins play. Needs a Chromium. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { call, choose } from "./browser.ts";
import { button, end, hears, open, page, phone, second, useStage } from "./calls.ts";
import { CHROMIUM } from "./chromium.ts";

/** What the stand-ins keep of what the page does with them. */
interface Heard {
  /** Texts that were given to a voice, with its name, language and rate. */
  spoken: string[];
  cancelled: number;
  tones: number[];
  /** What is being spoken: the test has the voice reach a place, or end. */
  now?: { onboundary?: ((event: { charIndex: number }) => void) | null; onend?: (() => void) | null };
}

declare global {
  interface Window {
    heard: Heard;
  }
}

/** Gives the browser two voices, one of them far away; a voice speaks until the test ends it. */
function addVoices(): void {
  const heard: Heard = { spoken: [], cancelled: 0, tones: [] };
  window.heard = heard;
  const voices = [
    { name: "Far", lang: "en-US", default: true, localService: false, voiceURI: "far" },
    { name: "Near", lang: "en-US", default: false, localService: true, voiceURI: "near" },
  ];
  class Utterance {
    voice: { name: string } | null = null;
    lang = "";
    rate = 1;
    onboundary: ((event: { charIndex: number }) => void) | null = null;
    onend: (() => void) | null = null;
    text: string;
    constructor(text: string) {
      this.text = text;
    }
  }
  const synthesis = {
    getVoices: () => voices,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    speak: (utterance: Utterance) => {
      heard.spoken.push(`${utterance.voice?.name} ${utterance.lang} ${utterance.rate}: ${utterance.text}`);
      heard.now = utterance;
    },
    cancel: () => {
      heard.cancelled++;
    },
  };
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
}

/** Gives that browser tones, of which it notes every sine, and ears, which understand "Ada" whatever is said. */
function addEars(): void {
  const { heard } = window;
  const Sine = window.OscillatorNode;
  class NotedSine extends Sine {
    constructor(context: BaseAudioContext, options: OscillatorOptions) {
      super(context, options);
      heard.tones.push(options.frequency ?? 0);
    }
  }
  Object.defineProperty(window, "OscillatorNode", { value: NotedSine });
  class Recognition extends EventTarget {
    onresult: ((event: object) => void) | null = null;
    start(): void {
      setTimeout(() => this.onresult?.({ results: [[{ transcript: "Ada", confidence: 0.7 }]] }));
    }
  }
  Object.defineProperty(window, "SpeechRecognition", { value: Recognition });
}

// One page is given all of it, as the page looks for each of them only when it needs it. Each test continues the call of the
// one before.
describe.skipIf(CHROMIUM === undefined)("Sound in a browser", { timeout: PATIENCE }, () => {
  useStage();
  beforeAll(async () => {
    await open();
    await page.evaluate(addVoices);
    await page.evaluate(addEars);
  }, PATIENCE);
  afterAll(end);

  const line = (text: string | RegExp) => phone().locator(".line", { hasText: text });

  test("a voice of this machine speaks, and words appear as it reaches them", async () => {
    await choose(page, "desk");
    await button("Call").click();
    await hears("Welcome to the desk.");
    expect(await page.evaluate(() => window.heard.spoken)).toEqual(["Near en-US 1: Welcome to the desk."]);
    await page.evaluate(() => window.heard.now?.onboundary?.({ charIndex: 8 }));
    await expect.poll(() => line("Welcome").locator(".to-come").textContent()).toBe(" the desk.");
    await page.evaluate(() => window.heard.now?.onend?.());
    await hears("press 1 or say Ada");
    expect(await line("Welcome").locator(".to-come").count()).toBe(0);
  });

  test("a key sounds as two sines", async () => {
    await page.keyboard.press("5");
    await expect.poll(() => page.evaluate(() => window.heard.tones)).toEqual([770, 1336]);
    await hears("That is no choice.");
  });

  test("muting cuts the voice, and the call continues as text", async () => {
    const { spoken, cancelled } = await page.evaluate(() => window.heard);
    expect(spoken.at(-1)).toBe("Near en-US 1: That is no choice.");
    await button("Mute").click();
    expect(await page.evaluate(() => window.heard.cancelled)).toBe(cancelled + 1);
    await line("press 1 or say Ada").nth(1).waitFor();
    expect(await page.evaluate(() => window.heard.spoken)).toEqual(spoken);
  });

  test("what is said is understood with its confidence", async () => {
    await button("Speak into the microphone").click();
    await second().waitFor();
    expect(await page.getByRole("tabpanel").textContent()).toMatch(
      /Confidence0\.7.*SpeechResultAda|SpeechResultAda.*Confidence0\.7/,
    );
    await phone().getByRole("button", { name: "Hang up" }).click();
    await button("New call").click();
  });

  test("a message is spoken into the microphone, and can be heard again", async () => {
    await call(page, "desk");
    await page.getByText(/\d s left/).waitFor();
    await page.keyboard.press("2");
    await page.getByLabel("Transcript (optional)").fill("Please call me.");
    await button("Speak into the microphone").click();
    await page.getByRole("button", { name: /Stop at 0:0[1-9]/ }).click();
    await line(/A message of \d+ s: “Please call me.”/).waitFor();
    await hears("Goodbye.");
    await page.getByText("the call is over").click();
    const fresh = await page.locator("details[open] .is-fresh dt").allTextContents();
    expect(fresh).toContain("CallDuration");
    expect(fresh).not.toContain("From");
    const heard = await page.locator(".line audio").getAttribute("src");
    expect(heard).toMatch(/^blob:/);
    await page.getByRole("tab", { name: "Variables" }).click();
    await page
      .getByRole("tabpanel")
      .getByText(/recording, 0:\d\d/)
      .waitFor();
    expect(await page.getByRole("tabpanel").locator("audio").getAttribute("src")).toBe(heard);
  });
});
