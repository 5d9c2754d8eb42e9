import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endingOf } from "../../src/flow/language/endings.ts";
import { isSame, matchSpeech, normalise, withoutEnd } from "../../src/program/speech.ts";

/** A menu as a compiled gather has it: phrases normalised, with the index of their choice. */
function menu(...choices: string[][]): [string, number][] {
  return choices.flatMap((phrases, index) =>
    phrases.map((phrase): [string, number] => [normalise(phrase), index]),
  );
}

/** The choice that a menu hears, with the endings that its compiled phrases can have. */
function heard(said: string, phrases: [string, number][]): number | undefined {
  return matchSpeech(said, phrases, endingOf(phrases.map(([phrase]) => phrase)));
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
    ["a heart beside the phrase", "billing \u2764\ufe0f", 1],
    ["emoji beside the words", "Billing 🙏", 1],
  ];
  test.each(spoken)("%s: %j → %s", (_what, said, choice) => {
    expect(heard(said, office)).toBe(choice);
  });

  test("a phone's key, as people write it in text messages, is its digit", () => {
    expect(["1\ufe0f\u20e3", "2\u20e3!"].map((said) => heard(said, menu(["1"], ["2"])))).toEqual([0, 1]);
  });

  test("an emoji is a word, whatever its skin tone", () => {
    const confirm = menu(["yes", "👍"], ["no", "👎"], ["❤️"]);
    expect(["👍🏿", "ok 👍👍", "👎", "❤", "🎉"].map((said) => heard(said, confirm))).toEqual([
      0,
      0,
      1,
      2,
      undefined,
    ]);
  });

  test("two choices named at once are a tie, and a tie is no match", () => {
    expect(heard("sales or tours", menu(["sales"], ["tours"]))).toBeUndefined();
  });

  test("two numbers are a tie, however many digits they have", () => {
    const marks = menu(["4", "four"], ["10", "ten"], ["100"]);
    const said = ["4 out of 10", "10, or 4", "I give it 4.", "10/10", "all 100", "four out of 10"];
    expect(said.map((one) => heard(one, marks))).toEqual([undefined, undefined, 0, 1, 2, 0]);
  });

  test("a number counts for more than an emoji, and for less than a word", () => {
    const choices = menu(["7"], ["10"], ["❤️"], ["no"]);
    expect(["7 ❤", "❤ 10!", "no, 10"].map((said) => heard(said, choices))).toEqual([0, 1, 3]);
  });

  test("two phrases of the same choice are no tie", () => {
    expect(heard("sales and offer", menu(["sales", "offer"], ["tours"]))).toBe(0);
  });

  test("a longer phrase settles a tie of shorter ones, wherever it stands", () => {
    const choices = menu(["sales"], ["tours"], ["sales or tours"]);
    expect(heard("sales or tours please", choices)).toBe(2);
    expect(heard("sales or tours please", choices.toReversed())).toBe(2);
  });

  test("the same phrase in two choices is a tie, also where it is all that was said", () => {
    expect(heard("sales", menu(["sales"], ["sales"]))).toBeUndefined();
    expect(heard("sales please", menu(["sales"], ["sales"]))).toBeUndefined();
  });

  test("a phrase without a letter matches nothing, not even silence", () => {
    expect(heard("", menu(["?"]))).toBeUndefined();
    expect(heard("!", menu(["?"], ["sales"]))).toBeUndefined();
  });

  test("the longest phrase wins in every script", () => {
    expect(heard("예약 취소요", menu(["예약"], ["예약 취소"]))).toBe(1);
    expect(heard("إلغاء الموعد", menu(["موعد"], ["الغاء موعد"]))).toBe(1);
  });

  test("phrases that fold into one are a tie", () => {
    expect(heard("예약이랑 취소요", menu(["예약"], ["취소"]))).toBeUndefined();
    expect(heard("الحجز", menu(["حجز"], ["الحجز"]))).toBeUndefined();
    expect(heard("l'entrée", menu(["entrée"], ["l'entrée"]))).toBeUndefined();
  });

  const scripts: [what: string, phrase: string, said: string, match: boolean][] = [
    ["accents are ignored", "español", "espanol", true],
    ["accents are ignored on the other side too", "resume", "Résumé.", true],
    ["accents may be written in two ways", "Café".normalize("NFC"), "cafe\u0301", true],
    ["German sharp s", "Straße", "die straße", true],
    ["German sharp s, as the Swiss write it", "Straße", "in der Strasse", true],
    ["German words that differ by an umlaut's letter", "Zahlung", "Zählungen", false],
    ["French ligature", "sœur", "ma soeur", true],
    ["French elided article", "urgence", "C'est pour l'urgence.", true],
    ["French elided article in the phrase", "l’accueil", "Accueil, s'il vous plaît.", true],
    ["French words that begin with the article's letter", "lait", "l'ait", false],
    ["Italian elided article", "ingresso", "Sono nell'ingresso.", true],
    ["Italian elided articles that differ", "l'ingresso", "nell’ingresso", true],
    ["Italian words that contain an article", "all'aperto", "dallaperto", false],
    ["Catalan elided article", "l'hospital", "a l’hospital", true],
    ["English contraction", "doctor", "I'd like a doctor", true],
    ["English quotes", "all", "all 'bout you", true],
    ["English option D", "d", "D, please", true],
    ["Turkish capital I", "istanbul", "İSTANBUL", true],
    ["Greek, whatever its accents", "Λογαριασμός", "ΛΟΓΑΡΙΑΣΜΌΣ", true],
    ["Russian", "запись", "Мне нужна запись!", true],
    ["Russian, whole words", "запись", "записью", false],
    ["Arabic", "المبيعات", "أريد المبيعات", true],
    ["Arabic, the article of the answer", "حجز", "الحجز من فضلك", true],
    ["Arabic, the article of the phrase", "الحجز", "أريد حجز موعد", true],
    ["Arabic, the article after a preposition", "الحجز", "للحجز", true],
    ["Arabic, the article after a conjunction", "الحجز", "والحجز", true],
    ["Arabic, without hamza", "إلغاء", "الغاء", true],
    ["Arabic, without hamza and with the article", "إلغاء", "أريد الإلغاء", true],
    ["Arabic, with vowel signs", "موعد", "مَوْعِد", true],
    ["Arabic, with vowel signs in the phrase", "مَوْعِد", "موعد", true],
    ["Arabic, stretched", "موعد", "مـوعـد", true],
    ["Arabic, ta marbuta as ha", "فاتورة", "فاتوره", true],
    ["Arabic, another word with the same root", "حجز", "محجوز", false],
    ["Arabic, a short word that begins like the article", "الآن", "أريد أن أحجز", false],
    ["Arabic, the same word", "الآن", "نعم الان", true],
    ["Arabic, a word too short for an article", "الم", "م", false],
    ["Hebrew", "תור", "אני רוצה תור", true],
    ["Hebrew, with points", "שלום", "שָׁלוֹם", true],
    ["Hebrew, with points in the phrase", "תּוֹר", "תור, בבקשה", true],
    ["Hebrew, whole words", "תור", "תורה", false],
    ["Hindi keeps its vowel signs", "बिल", "मेरा बिल", true],
    ["Hindi words that differ by a vowel sign differ", "बिल", "बाल", false],
    ["Korean", "예약", "예약 부탁합니다", true],
    ["Korean, with a particle", "예약", "예약을 하고 싶어요", true],
    ["Korean, with a polite ending", "예약", "예약이요.", true],
    ["Korean, with a verb", "예약", "예약할게요", true],
    ["Korean, a phrase of two words", "진료 예약", "진료를 예약해요", true],
    ["Korean, words written together", "진료 예약", "진료예약이요", true],
    ["Korean, whole words", "예약", "예약금", false],
    ["Korean, not within a word", "예약", "재예약", false],
    ["Korean, a word that ends like a particle", "휴가", "휴가를", true],
    ["Korean, not the stem of such a word", "휴가", "휴", false],
    ["Chinese has no spaces between words", "预约", "我要预约", true],
    ["Japanese neither", "予約", "予約をお願いします", true],
    ["Japanese keeps its voicing marks", "かき", "かぎをください", false],
    ["Thai neither", "นัดหมาย", "ต้องการนัดหมายค่ะ", true],
    ["digits", "2", "number 2", true],
    ["digits, whole numbers", "2", "number 12", false],
  ];
  test.each(scripts)("%s: %s in %s → %s", (_what, phrase, said, match) => {
    expect(heard(said, menu([phrase]))).toBe(match ? 0 : undefined);
  });
});

describe("the form that is compared", () => {
  const prefixes = ["l", "d", "dell", "nell", "all", "dall", "sull", "coll", "quell", "quest", "un"];
  const apostrophes = ["'", "\u2018", "\u2019", "\u02bc"];
  test.each(prefixes)(
    "is without the elided %s', whatever its apostrophe, at the start of a word",
    (prefix) => {
      for (const apostrophe of apostrophes) {
        expect(normalise(`${prefix}${apostrophe}ora`)).toBe("ora");
        expect(normalise(`a ${prefix}${apostrophe}ora`)).toBe("a ora");
        // The last one is a letter to Unicode: what stays is not split there.
        const stays = apostrophe === "\u02bc" ? apostrophe : " ";
        expect(normalise(`x${prefix}${apostrophe}ora`)).toBe(`x${prefix}${stays}ora`);
        expect(normalise(`2${prefix}${apostrophe}ora`)).toBe(`2${prefix}${stays}ora`);
        expect(normalise(`${prefix}${apostrophe}2`)).toBe(`${prefix}${stays}2`);
      }
    },
  );

  test.each([
    ["ß", "ss"],
    ["æ", "ae"],
    ["œ", "oe"],
    ["ø", "o"],
    ["ł", "l"],
    ["ة", "ه"],
    ["ى", "ي"],
    ["٠١٢٣٤٥٦٧٨٩", "0123456789"],
    ["۰۱۲۳۴۵۶۷۸۹", "0123456789"],
    ["é", "e"],
    ["a\u0300b\u036fc", "abc"],
    ["a\u00adb\u200ec\u200fd", "abcd"],
    ["א\u0591ב\u05bdג\u05bfד\u05c1ה\u05c2ו\u05c4ז\u05c5ח\u05c7ט", "אבגדהוזחט"],
    ["ب\u0610ب\u061aب\u0640ب\u064bب\u065fب\u0670ب", "ببببببب"],
    ["İ", "i"],
    ["ＡＢ１", "ab1"],
    ["Ringflow, v2: (ok)!", "ringflow v2 ok"],
    ["बिल", "बिल"],
    ["Great👍🏽!", "great 👍"],
    ["❤️❤", "❤ ❤"],
    ["1️⃣", "1"],
    ["🇩🇪🇬🇧", "🇩🇪 🇬🇧"],
    ["Acme® & Co©", "acme co"],
  ])("of %s is %s", (text, form) => {
    expect(normalise(text)).toBe(form);
  });

  test.each(["预约", "ひら", "カタ", "นัด", "ລາວ", "ខ្ញុ", "မြန"])(
    "has spaces between the characters of %s",
    (text) => {
      expect(normalise(text).replaceAll(" ", "")).toBe(
        normalise(text.replaceAll(" ", "")).replaceAll(" ", ""),
      );
      expect(normalise(text)).toContain(" ");
      expect(normalise(`x${text}x`)).toMatch(/^x .* x$/);
    },
  );

  test.each(["ال", "وال", "فال", "بال", "كال", "لل"])(
    "is without the Arabic article %s before three letters",
    (article) => {
      expect(normalise(`${article}حجز`)).toBe("حجز");
      expect(normalise(`${article}حج`)).toBe(`${article}حج`);
      expect(normalise(`م${article}حجز`)).toBe(`م${article}حجز`);
    },
  );
});

test.each([..."\u2026 .,;:!?。、！？，،؟।\t\n"])("a text ends before %j, as often as it comes", (mark) => {
  expect(withoutEnd(`yes${mark}`)).toBe("yes");
  expect(withoutEnd(`yes${mark}${mark}`)).toBe("yes");
  expect(withoutEnd(`a${mark}b`)).toBe(`a${mark}b`);
});

test.each([..."¿¡ \n"])("a text begins after %j", (mark) => {
  expect(withoutEnd(`${mark}${mark}yes`)).toBe("yes");
  expect(withoutEnd(`a${mark}b`)).toBe(`a${mark}b`);
});

test.each([
  ["Yes.", "Yes"],
  ["Yes", "Yes"],
  ["はい。", "はい"],
  ["¿Sí?", "Sí"],
  ["a.b@example.com.", "a.b@example.com"],
  ["-5", "-5"],
  ["*", "*"],
  ["...", ""],
])("%j without its end is %j", (said, text) => {
  expect(withoutEnd(said)).toBe(text);
});

test.each([
  ["Yes.", "yes", true],
  ["SÍ", "sí", true],
  [" yes ", "yes", true],
  ["¿Sí?", "sí", true],
  ["¡No!", "no", true],
  ["Yes, please.", "yes", false],
  ["-5", "5", false],
  ["1.5", "15", false],
])("%j and %j are the same: %s", (one, other, same) => {
  expect(isSame(one, other)).toBe(same);
});

test.each(["إلغاء", "الإلغاء", "l'ingresso", "Straße", "예약이요", "١٢", "Ａ", "Thailand นำ"])(
  "%s has one normal form",
  (text) => {
    expect(normalise(normalise(text))).toBe(normalise(text));
  },
);

test("a text without accents has the form that it has beside one with them", () => {
  const piece = fc.constantFrom(
    "l'",
    "dell'",
    "D'",
    "'",
    "I'd",
    "rock'n'roll",
    "7",
    "#",
    "_",
    "-",
    "\n",
    "  ",
    "Billing",
  );
  const ascii = fc.array(fc.oneof(piece, fc.string({ unit: "binary-ascii" })), { maxLength: 6 });
  fc.assert(
    fc.property(ascii, (pieces) => {
      const text = pieces.join("");
      expect(normalise(`${text} \u00e9`)).toBe(`${normalise(text)} e`.trim());
    }),
  );
});
