/** What is heard and said in a browser: voices, tones and the microphone, which stand-ins play. Needs a Chromium. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { call, choose, joinStage, type Stage } from "./browser.ts";
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

/** A browser with two voices, one of them far away; a voice speaks until the test ends it. */
function withVoices(): void {
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

/** A browser that notes every sine, and understands "ada" whatever is said. */
function withEars(): void {
  const heard: Heard = { spoken: [], cancelled: 0, tones: [] };
  window.heard = heard;
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

describe.skipIf(CHROMIUM === undefined)("Sound in a browser", { timeout: PATIENCE }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await joinStage();
  }, PATIENCE);
  afterAll(() => stage.close());

  const line = (page: Page, text: string | RegExp) => page.locator(".phone .line", { hasText: text }).last();

  test("a voice of this machine speaks, and words appear as it reaches them", async () => {
    const { page, close } = await stage.open({ before: withVoices });
    await choose(page, "desk");
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await line(page, "Welcome to the desk.").waitFor();
    expect(await page.evaluate(() => window.heard.spoken)).toEqual(["Near en-US 1: Welcome to the desk."]);
    await page.evaluate(() => window.heard.now?.onboundary?.({ charIndex: 8 }));
    await expect.poll(() => line(page, "Welcome").locator(".to-come").textContent()).toBe(" the desk.");
    await page.evaluate(() => window.heard.now?.onend?.());
    await line(page, "press 1 or say Ada").waitFor();
    expect(await line(page, "Welcome").locator(".to-come").count()).toBe(0);
    await close();
  });

  test("muting cuts the voice, and the call continues as text", async () => {
    const { page, close } = await stage.open({ before: withVoices });
    await choose(page, "desk");
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await line(page, "Welcome to the desk.").waitFor();
    await page.getByRole("button", { name: "Mute" }).click();
    expect(await page.evaluate(() => window.heard.cancelled)).toBe(1);
    await line(page, "press 1 or say Ada").waitFor();
    expect(await page.evaluate(() => window.heard.spoken.length)).toBe(1);
    await close();
  });

  test("a key sounds as two sines, and what is said is understood with its confidence", async () => {
    const { page, close } = await stage.open({ before: withEars });
    await call(page, "desk");
    await page.getByText(/\d s left/).waitFor();
    await page.keyboard.press("5");
    await expect.poll(() => page.evaluate(() => window.heard.tones)).toEqual([770, 1336]);
    await line(page, "That is no choice.").waitFor();
    await page.getByRole("button", { name: "Speak into the microphone" }).click();
    await page.getByRole("region", { name: "The called phone" }).waitFor();
    expect(await page.getByRole("tabpanel").textContent()).toMatch(
      /Confidence0\.7.*SpeechResultAda|SpeechResultAda.*Confidence0\.7/,
    );
    await close();
  });

  test("a message is spoken into the microphone, and can be heard again", async () => {
    const { page, close } = await stage.open();
    await call(page, "desk");
    await page.getByText(/\d s left/).waitFor();
    await page.keyboard.press("2");
    await page.getByLabel("Transcript (optional)").fill("Please call me.");
    await page.getByRole("button", { name: "Speak into the microphone" }).click();
    await page.getByRole("button", { name: /Stop at 0:0[1-9]/ }).click();
    await line(page, /A message of \d+ s: “Please call me.”/).waitFor();
    await line(page, "Goodbye.").waitFor();
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
    await close();
  });
});
