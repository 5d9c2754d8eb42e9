/** Menus in many languages: good ones have no advice, and a wrong key in one is found, at the key and at the choice. */
import { describe, expect, test } from "vitest";
import { advise } from "../../src/flow/advise.ts";
import { build } from "../../src/flow/build.ts";
import { keysAsked, keysNamed } from "../../src/flow/language/spoken-keys.ts";
import { offersRange } from "../../src/flow/language/spoken-range.ts";

/** A language, a prompt with the keys 1 and 2, a part of it, and the same part with another key. */
const MENUS = [
  ["en-US", "For sales, press 1. For support, press 2. To speak to someone, press 0.", "press 2", "press 5"],
  [
    "en-US",
    "For sales, press one. For support, press two. To hear this again, press the star key.",
    "press two",
    "press five",
  ],
  [
    "en-US",
    "If you want sales, please press the number 1 now. If you need support, dial 2.",
    "dial 2",
    "dial 4",
  ],
  ["en-US", "For sales press or say 1, for support press or say 2.", "say 2", "say 6"],
  ["en-US", "Sales, press 1; support, 2.", "press 1", "press 3"],
  ["en-US", "Press 1 or 2.", "or 2", "or 6"],
  ["en-GB", "For sales, hit 1. For support, choose option 2.", "option 2", "option 6"],
  [
    "de-DE",
    "Für den Verkauf drücken Sie bitte die 1. Für den Kundendienst drücken Sie die 2.",
    "die 2",
    "die 3",
  ],
  ["es-ES", "Para ventas, pulse 1. Para soporte, pulse 2.", "pulse 2", "pulse 3"],
  ["es-MX", "Para ventas, oprima el número uno. Para soporte, marque dos.", "marque dos", "marque tres"],
  ["fr-FR", "Pour les ventes, tapez 1. Pour l'assistance, appuyez sur la touche 2.", "touche 2", "touche 3"],
  ["fr-FR", "Pour les ventes, faites le un. Pour l'assistance, faites le deux.", "le deux", "le trois"],
  ["pt-BR", "Para vendas, digite 1. Para suporte, tecle 2.", "tecle 2", "tecle 4"],
  ["it-IT", "Per le vendite, premere 1. Per assistenza, prema il tasto 2.", "tasto 2", "tasto 3"],
  ["nl-NL", "Voor verkoop, druk op 1. Voor service, toets 2.", "toets 2", "toets 3"],
  ["ja-JP", "営業は1を、サポートは2を押してください。", "2を", "3を"],
  ["ja-JP", "営業は1番を押してください。サポートは2番を押してください。", "2番", "3番"],
  ["zh-CN", "销售请按1，支持请按2。", "按2", "按3"],
  ["zh-CN", "销售请按一，支持请按二。", "按二", "按三"],
  ["ko-KR", "영업은 1번을 눌러 주세요. 지원은 2번을 눌러 주세요.", "2번", "3번"],
  ["pl-PL", "Aby połączyć się ze sprzedażą, naciśnij 1. Pomoc: wybierz 2.", "wybierz 2", "wybierz 3"],
  ["ru-RU", "Для продаж нажмите 1. Для поддержки нажмите 2.", "нажмите 2", "нажмите 3"],
  ["sv-SE", "För försäljning, tryck 1. För support, tryck 2.", "tryck 2", "tryck 3"],
  ["tr-TR", "Satış için 1'i tuşlayın. Destek için 2'yi tuşlayın.", "2'yi", "3'yi"],
  ["nl-NL", "Voor verkoop, druk op een. Voor service, toets twee.", "toets twee", "toets drie"],
  ["nl-NL", "Voor verkoop, druk op 1. Voor een medewerker, druk op twee.", "druk op twee", "druk op drie"],
  ["nl-BE", "Druk op één voor verkoop. Voor service drukt u op de twee.", "twee", "zes"],
  ["sv-SE", "För försäljning, tryck ett. För en medarbetare, tryck två.", "tryck två", "tryck tre"],
  ["sv-SE", "För försäljning, tryck på ettan. För support, tryck på tvåan.", "på tvåan", "på trean"],
  ["da-DK", "For salg, tryk en. For en medarbejder, tryk to.", "tryk to", "tryk fire"],
  ["da-DK", "Tryk et for salg. Tryk to for support.", "Tryk to", "Tryk tre"],
  ["nb-NO", "For salg, trykk én. For å snakke med en rådgiver, tast to.", "tast to", "tast tre"],
  [
    "fi-FI",
    "Jos haluat myyntiin, paina yksi. Jos tarvitset tukea, paina kaksi.",
    "paina kaksi",
    "paina kolme",
  ],
  ["fi-FI", "Myynti: paina ykköstä. Tuki: paina kakkosta.", "kakkosta", "kolmosta"],
  ["pl-PL", "Aby kupić, naciśnij jeden. Pomoc: wybierz dwójkę.", "wybierz dwójkę", "wybierz trójkę"],
  ["cs-CZ", "Pro prodej stiskněte jedničku. Pro podporu stiskněte dva.", "stiskněte dva", "stiskněte tři"],
  ["sk-SK", "Pre predaj stlačte jednotku. Pre podporu stlačte dvojku.", "dvojku", "trojku"],
  ["ro-RO", "Pentru vânzări, apăsați unu. Pentru suport, apăsați tasta doi.", "tasta doi", "tasta trei"],
  [
    "hu-HU",
    "Értékesítés: nyomja meg az egyes gombot, vagy nyomja 1. Egy kollégához nyomja 2.",
    "nyomja 2",
    "nyomja 3",
  ],
  ["ru-RU", "Для продаж нажмите один. Для поддержки нажмите цифру два.", "цифру два", "цифру три"],
  ["uk-UA", "Для продажу натисніть один. Для підтримки натисніть два.", "натисніть два", "натисніть п'ять"],
  ["el-GR", "Για πωλήσεις πατήστε ένα. Για έναν συνεργάτη πατήστε δύο.", "πατήστε δύο", "πατήστε τρία"],
  ["tr-TR", "Satış için biri tuşlayın. Bir temsilci için ikiyi tuşlayın.", "ikiyi", "üçü"],
  ["vi-VN", "Để mua hàng, nhấn phím một. Để gặp một nhân viên, nhấn phím hai.", "phím hai", "phím ba"],
  ["id-ID", "Untuk penjualan, tekan satu. Untuk bantuan, tekan dua.", "tekan dua", "tekan tiga"],
  ["he-IL", "למכירות הקישו אחת. לתמיכה הקישו שתיים.", "הקישו שתיים", "הקישו שלוש"],
  ["ar-SA", "للمبيعات اضغط واحد. للدعم اضغط اثنين.", "اضغط اثنين", "اضغط ثلاثة"],
  ["hi-IN", "बिक्री के लिए एक दबाएँ। सहायता के लिए दो दबाएँ।", "दो दब", "तीन दब"],
  ["ca-ES", "Per a vendes, premeu un. Per a un agent, premeu dos.", "premeu dos", "premeu tres"],
  ["fr-FR", "Pour un devis, tapez un. Pour un conseiller, tapez deux.", "tapez deux", "tapez trois"],
  ["ar-SA", "للمبيعات اضغط ١. للدعم اضغط ٢.", "اضغط ٢", "اضغط ٣"],
  ["hi-IN", "बिक्री के लिए 1 दबाएँ। सहायता के लिए 2 दबाएँ।", "2 दब", "3 दब"],
] as const;

function codes(
  language: string,
  prompt: string,
  third = prompt.includes("star") ? '"*": repeat' : "0: message",
): string[] {
  const text = `language: ${language}
steps:
  menu:
    gather:
      prompt: ${JSON.stringify(prompt)}
      choices: { 1: message, 2: bye, ${third} }
      noMatch: Hm.
      otherwise: message
  message: { record: { prompt: Hm., save: message }, next: hangup }
  bye: { hangup: Hm. }
`;
  return advise(build([{ path: "flows/main.yaml", text }]).flows)
    .map(({ code }) => code)
    .sort();
}

/** Words for 1 that are articles do not name the key 1. */
const ARTICLES = [
  ["nl-NL", "Voor een medewerker, druk op 2."],
  ["sv-SE", "För en medarbetare, tryck 2. För ett möte, tryck 2."],
  ["da-DK", "For en medarbejder, tryk 2. For et møde, tryk 2."],
  ["fr-FR", "Pour un conseiller, tapez 2."],
  ["pt-BR", "Para um atendente, digite 2."],
  ["hu-HU", "Egy kollégához nyomja 2."],
  ["tr-TR", "Bir temsilci için 2'yi tuşlayın."],
] as const;

test.each(ARTICLES)("in %s, no key 1 is named: %s", (language, text) => {
  expect(keysNamed(text, language)).toEqual(new Set(["2"]));
});

describe("a menu", () => {
  test.each(MENUS)("in %s: %s", (language, prompt, part, wrong) => {
    expect(codes(language, prompt)).toEqual([]);
    expect(codes(language, prompt.replace(part, wrong))).toEqual(["unmapped-key", "unspoken-key"]);
  });

  // Without the word before it, the number could be one of anything; that the key is missing is still found.
  test.each([
    ["de-DE", "Für den Verkauf drücken Sie die Eins, für den Kundendienst die Zwei.", "die Zwei", "die Drei"],
    ["en-US", "For sales, press 1; for support, 2.", "support, 2", "support, 3"],
  ])("in %s, with the word left out: %s", (language, prompt, part, wrong) => {
    expect(codes(language, prompt)).toEqual([]);
    expect(codes(language, prompt.replace(part, wrong))).toEqual(["unspoken-key"]);
  });
});

test.each([
  ["nl-NL", "Kies een optie. Druk op een toets. Toets twee keer."],
  ["sv-SE", "Välj ett alternativ. Tryck en gång. Tryck två gånger."],
  ["da-DK", "Vælg en afdeling. Tryk to gange. Tryk en tast."],
  ["nb-NO", "Velg et alternativ. Trykk to ganger."],
  ["pl-PL", "Naciśnij dwa razy."],
  ["ru-RU", "Нажмите два раза."],
  ["vi-VN", "Chọn một mục."],
])("in %s, callers are not asked for a key: %s", (language, text) => {
  expect(keysAsked(text, language)).toEqual([]);
});

test.each([
  "If this is an emergency, hang up and dial 911, or 9 1 1.",
  "Press one of the keys.",
  "Press 1 hour before you come.",
  "Our shop has 2 floors. We are open from 9 to 5.",
  "Tapez un code.",
  "Digite um número.",
  "Please hold for 1 minute.",
  "Drücken Sie 3 Sekunden auf den Knopf.",
])("callers are not asked for a single key: %s", (text) => {
  expect(keysAsked(text, "en-US").filter(({ key }) => key.length === 1)).toEqual([]);
});

test.each([
  "On a scale of one to five, how was it?",
  "Del uno al cinco, ¿qué nota nos da?",
  "Notez-nous de 1 à 4.",
  "De 1 até 4, que nota você nos dá?",
  "Wählen Sie eine Note von eins bis fünf.",
  "Geef ons een cijfer van een tot vijf.",
  "Ge oss ett betyg från ett till fem.",
  "Giv os en karakter fra en til fem.",
  "Proszę ocenić od 1 do 5.",
  "Оцените от 1 до 5.",
  "1から5でお答えください。",
  "请按1到5评分。",
  "Tryck på valfri knapp.",
])("a range offers all of its keys: %s", (text) => {
  expect(offersRange(text)).toBe(true);
});

test.each(["For sales, press 1. To buy, press 2.", "Pour parler à un conseiller, tapez 2."])(
  "no range: %s",
  (text) => {
    expect(offersRange(text)).toBe(false);
  },
);

test("an article can be a part of a key's name", () => {
  expect(keysNamed("Appuyez sur l'étoile, ou sur l’astérisque.", "fr-FR")).toEqual(new Set(["*"]));
});

test("names of * and # are not expected in languages that cannot be read", () => {
  const keys = "销售请按1，支持请按2，返回请按星号键。";
  expect(codes("zh-CN", keys, '"*": repeat')).toEqual([]);
});

test.each([
  ["If the number is wrong, press 2.", []],
  ["S'il est incorrect, tapez 2.", []],
  ["If you like. That was wrong, press 2.", ["blaming-words"]],
])("a condition blames nobody: %s", (noMatch, expected) => {
  const text = `steps:
  menu: { gather: { prompt: "For sales, press 1. For support, press 2.", choices: { 1: desk, 2: bye }, noMatch: ${JSON.stringify(noMatch)}, otherwise: bye } }
  desk: { record: { prompt: Hm., save: message }, next: bye }
  bye: { hangup: Goodbye. }
`;
  expect(advise(build([{ path: "flows/main.yaml", text }]).flows).map(({ code }) => code)).toEqual(expected);
});

test("a recording is heard as its text", () => {
  const prompt =
    '{ play: "https://example.com/menu.mp3", text: { en-US: "For sales, press 1. For support, press 5." } }';
  const text = `steps:
  menu: { gather: { prompt: ${prompt}, choices: { 1: bye, 2: desk }, noMatch: Hm., otherwise: bye } }
  desk: { hangup: Hm. }
  bye: { hangup: Goodbye. }
`;
  const { flows, diagnostics } = build([{ path: "flows/main.yaml", text }]);
  expect(diagnostics).toEqual([]);
  expect(advise(flows).map(({ code }) => code)).toEqual(["unmapped-key", "unspoken-key"]);
});
