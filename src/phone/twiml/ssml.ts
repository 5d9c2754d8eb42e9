/**
 * The speech markup that Twilio takes inside `<Say>`, with the nesting that its own builder allows.
 * Source: TwiML Say, "SSML"; twilio's VoiceResponse.
 */
import { one, type Shape, shaped, text } from "./shape.ts";

const pause: Shape = {
  attributes: {
    strength: one("none x-weak weak medium strong x-strong"),
    time: shaped(/^\d+(\.\d+)?m?s$/, "a time such as 2s or 500ms"),
  },
};
const phoneme: Shape = {
  attributes: {
    alphabet: one("ipa x-sampa x-amazon-jyutping x-amazon-pinyin x-amazon-pron-kana x-amazon-yomigana"),
    ph: text(),
  },
  text: true,
};
const sayAs: Shape = {
  attributes: {
    "interpret-as": one(
      "characters spell-out cardinal number ordinal digits fraction unit date time address expletive telephone",
    ),
    format: one("mdy dmy ymd md dm ym my d m y yyyymmdd"),
  },
  text: true,
};
const sub: Shape = { attributes: { alias: text() }, text: true };

const emphasis: Shape = { attributes: { level: one("strong moderate reduced") }, text: true };
const lang: Shape = {
  attributes: { "xml:lang": shaped(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, "a language such as en-US") },
  text: true,
};
const p: Shape = { attributes: {}, text: true };
const s: Shape = { attributes: {}, text: true };
const w: Shape = { attributes: { role: text() }, text: true };
const prosody: Shape = { attributes: { volume: text(), rate: text(), pitch: text() }, text: true };

const leaves = { break: pause, phoneme, "say-as": sayAs, sub };
const phrases = { ...leaves, emphasis, lang, prosody, w };

/** Every element of speech markup, by name. */
export const ssml: Readonly<Record<string, Shape>> = { ...phrases, p, s };

w.children = { ...leaves, emphasis, prosody };
emphasis.children = s.children = phrases;
p.children = { ...phrases, s };
lang.children = prosody.children = ssml;
