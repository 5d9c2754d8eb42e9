import { describe, expect, test } from "vitest";
import { matchSpeech, normalise } from "../../src/program/speech.ts";

/** A menu as a compiled gather has it: phrases normalised, with the index of their choice. */
function menu(...choices: string[][]): [string, number][] {
  return choices.flatMap((phrases, index) =>
    phrases.map((phrase): [string, number] => [normalise(phrase), index]),
  );
}

describe("matchSpeech", () => {
  const office = menu(["appointments", "an appointment"], ["billing"], ["billing address"], ["new patient"]);

  const spoken: [what: string, said: string, choice: number | undefined][] = [
    ["the phrase itself", "billing", 1],
    ["case is ignored", "BILLING", 1],
    ["punctuation is ignored", "Billing, please!", 1],
    ["within a sentence", "I would like an appointment for Monday", 0],
    ["the longest phrase wins", "it is about my billing address", 2],
    ["whole words only", "rebilling", undefined],
    ["a phrase's words together and in order", "a patient who is new", undefined],
    ["white space of any kind", "new \n patient", 3],
    ["something else", "pizza", undefined],
    ["nothing", "", undefined],
    ["punctuation alone", "?!", undefined],
  ];
  test.each(spoken)("%s: %j → %s", (_what, said, choice) => {
    expect(matchSpeech(said, office)).toBe(choice);
  });

  test("two choices named at once are a tie, and a tie is no match", () => {
    expect(matchSpeech("sales or tours", menu(["sales"], ["tours"]))).toBeUndefined();
  });

  test("two phrases of the same choice are no tie", () => {
    expect(matchSpeech("sales and offer", menu(["sales", "offer"], ["tours"]))).toBe(0);
  });

  test("a longer phrase settles a tie of shorter ones, wherever it stands", () => {
    const choices = menu(["sales"], ["tours"], ["sales or tours"]);
    expect(matchSpeech("sales or tours please", choices)).toBe(2);
    expect(matchSpeech("sales or tours please", choices.toReversed())).toBe(2);
  });

  test("the same phrase in two choices is a tie, also where it is all that was said", () => {
    expect(matchSpeech("sales", menu(["sales"], ["sales"]))).toBeUndefined();
    expect(matchSpeech("sales please", menu(["sales"], ["sales"]))).toBeUndefined();
  });

  test("a phrase without a letter matches nothing, not even silence", () => {
    expect(matchSpeech("", menu(["?"]))).toBeUndefined();
    expect(matchSpeech("!", menu(["?"], ["sales"]))).toBeUndefined();
  });

  const scripts: [what: string, phrase: string, said: string, match: boolean][] = [
    ["accents are ignored", "español", "espanol", true],
    ["accents are ignored on the other side too", "resume", "Résumé.", true],
    ["accents may be written in two ways", "Café".normalize("NFC"), "cafe\u0301", true],
    ["German sharp s stays a letter", "Straße", "die straße", true],
    ["Turkish capital I", "istanbul", "İSTANBUL", true],
    ["Greek, whatever its accents", "Λογαριασμός", "ΛΟΓΑΡΙΑΣΜΌΣ", true],
    ["Russian", "запись", "Мне нужна запись!", true],
    ["Russian, whole words", "запись", "записью", false],
    ["Arabic", "المبيعات", "أريد المبيعات", true],
    ["Hindi keeps its vowel signs", "बिल", "मेरा बिल", true],
    ["Hindi words that differ by a vowel sign differ", "बिल", "बाल", false],
    ["Korean", "예약", "예약 부탁합니다", true],
    ["Korean, whole words", "예약", "예약을", false],
    ["Chinese has no spaces between words", "预约", "我要预约", true],
    ["Japanese neither", "予約", "予約をお願いします", true],
    ["Japanese keeps its voicing marks", "かき", "かぎをください", false],
    ["Thai neither", "นัดหมาย", "ต้องการนัดหมายค่ะ", true],
    ["digits", "2", "number 2", true],
    ["digits, whole numbers", "2", "number 12", false],
  ];
  test.each(scripts)("%s: %s in %s → %s", (_what, phrase, said, match) => {
    expect(matchSpeech(said, menu([phrase]))).toBe(match ? 0 : undefined);
  });
});
