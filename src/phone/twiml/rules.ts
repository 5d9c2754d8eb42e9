/**
 * Rules on an element as a whole, which a table of attributes cannot express. Source: TwiML Say, Play, Gather, Record,
 * Dial; Twilio's error dictionary.
 */
import { type Element, elementsIn, wordsOf } from "./element.ts";
import { isUrl, SCHEMA_WARNING } from "./shape.ts";

/** A broken rule; if it `drops` the element, Twilio continues without it. */
export interface Fault {
  code: number;
  message: string;
  drops?: true;
}

/** The rules by the element's name. */
export const rules: Readonly<Record<string, (element: Element) => Fault[]>> = {
  Say: say,
  Play: play,
  Gather: gather,
  Record: record,
  Redirect: redirect,
  Dial: dial,
  Number: (element) => number(wordsOf(element)),
  Sip: sip,
  Conference: conference,
};

function say(element: Element): Fault[] {
  const words = wordsOf(element).trim();
  const voice = element.attributes.voice ?? "";
  const most = voice.startsWith("Polly.") ? 3000 : voice.startsWith("Google.") ? 5000 : 4096;
  if (words === "" && elementsIn(element).length === 0) {
    return [{ code: 13520, message: "<Say> is empty.", drops: true }];
  }
  if (words.length > most) {
    return [
      {
        code: 13521,
        message: `<Say> has ${words.length} characters; its voice allows ${most}.`,
        drops: true,
      },
    ];
  }
  if (elementsIn(element).length > 0 && /^(man|woman|alice)$/.test(voice)) {
    return [
      { code: 13520, message: `The voice ${voice} does not support SSML; use a Polly or Google voice.` },
    ];
  }
  return [];
}

function play(element: Element): Fault[] {
  const source = wordsOf(element).trim();
  if (source === "" && element.attributes.digits === undefined) {
    return [{ code: 11100, message: "<Play> has neither a URL nor digits.", drops: true }];
  }
  return isUrl(source)
    ? []
    : [{ code: 11100, message: `<Play> contains ${source}, which is not a URL.`, drops: true }];
}

function gather(element: Element): Fault[] {
  const { speechTimeout, speechModel, hints = "" } = element.attributes;
  const faults: Fault[] = [];
  if (speechTimeout === "auto" && speechModel !== undefined) {
    faults.push({
      code: 13335,
      message: `speechTimeout="auto" cannot be combined with speechModel="${speechModel}".`,
    });
  }
  const phrases = hints.split(",");
  if (phrases.length > 500 || phrases.some((phrase) => phrase.trim().length > 100)) {
    faults.push({ code: 13330, message: "hints allows at most 500 phrases of 100 characters each." });
  }
  if (elementsIn(element).some((child) => child.attributes.digits !== undefined)) {
    faults.push({ code: 13320, message: "<Play digits> is not allowed in <Gather>." });
  }
  return faults;
}

function record(element: Element): Fault[] {
  const { transcribe, transcribeCallback, maxLength = "120" } = element.attributes;
  if (transcribe === "true" && Number(maxLength) > 120) {
    return [
      {
        code: 13615,
        message: `maxLength="${maxLength}" of <Record> is too long to transcribe; the limit is 120.`,
      },
    ];
  }
  if (transcribe !== "true" && transcribeCallback !== undefined) {
    return [{ code: SCHEMA_WARNING, message: `transcribeCallback of <Record> needs transcribe="true".` }];
  }
  return [];
}

function redirect(element: Element): Fault[] {
  const target = wordsOf(element).trim();
  return isUrl(target)
    ? []
    : [{ code: 11100, message: `<Redirect> contains ${target}, which is not a URL.` }];
}

function dial(element: Element): Fault[] {
  const nouns = elementsIn(element);
  const text = element.children.filter((child) => typeof child === "string").join("");
  if (nouns.length === 0) return number(text);
  const faults: Fault[] = [];
  if (text.trim()) {
    faults.push({ code: SCHEMA_WARNING, message: "<Dial> takes a number or elements, not both." });
  }
  if (nouns.length > 10)
    faults.push({ code: 13215, message: `<Dial> rings at most 10 nouns but contains ${nouns.length}.` });
  if (nouns.length > 1 && nouns.some((noun) => noun.name === "Conference" || noun.name === "Queue")) {
    faults.push({ code: 13000, message: "<Conference> and <Queue> must be the only noun in <Dial>." });
  }
  return faults;
}

/** Whether Twilio would ring it: E.164, or a US number in national format. */
export function isPhoneNumber(text: string): boolean {
  return /^\+?\d{3,15}$/.test(text.replace(/[\s().-]/g, ""));
}

function number(text: string): Fault[] {
  if (isPhoneNumber(text)) return [];
  return [
    { code: 13223, message: `"${text.trim()}" is not a phone number; expected one such as +14155550100.` },
  ];
}

function sip(element: Element): Fault[] {
  const uri = elementsIn(element).find((child) => child.name === "Uri") ?? element;
  const target = wordsOf(uri).trim();
  if (/^(sips?:\S+|[^\s@:]+@\S+)$/.test(target)) return [];
  return [
    { code: 13243, message: `"${target}" is not a SIP address; expected one such as sip:desk@example.com.` },
  ];
}

function conference(element: Element): Fault[] {
  return wordsOf(element).trim() ? [] : [{ code: 13237, message: "<Conference> has no name." }];
}
