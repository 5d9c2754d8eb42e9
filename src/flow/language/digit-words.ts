/** Words for the digits, as prompts say them, in the languages that Twilio speaks. */
import { LANGUAGES } from "./number-words.ts";

/** 0 to 9 in a language; forms of the same digit are joined by a slash. */
const OTHERS: Readonly<Record<string, string>> = {
  af: "nul een/één twee drie vier vyf ses sewe agt nege",
  ar: "صفر واحد/واحدا اثنان/اثنين/إثنين ثلاثة/ثلاث أربعة/اربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع",
  bg: "нула едно/един/единица две/два/двойка три/тройка четири/четворка пет/петица шест/шестица седем/седмица осем/осмица девет",
  ca: "zero un/u/una dos/dues tres quatre cinc sis set vuit nou",
  cs: "nula/nulu jedna/jednu/jeden/jednička/jedničku dva/dvě/dvojka/dvojku tři/trojka/trojku čtyři/čtyřka/čtyřku pět/pětka/pětku šest/šestka/šestku sedm/sedmička/sedmičku osm/osmička/osmičku devět/devítka/devítku",
  da: "nul/nullet en/et/én/ét to tre fire fem seks syv otte ni",
  el: "μηδέν ένα/ένας δύο/δυο τρία τέσσερα πέντε έξι επτά/εφτά οκτώ/οχτώ εννέα/εννιά",
  fi: "nolla/nollaa yksi/yhtä/ykkönen/ykköstä kaksi/kahta/kakkonen/kakkosta kolme/kolmea/kolmonen/kolmosta neljä/neljää/nelonen/nelosta viisi/viittä/viitonen/viitosta kuusi/kuutta/kuutonen/kuutosta seitsemän/seitsemää/seiska/seiskaa kahdeksan/kahdeksaa/kasi/kasia yhdeksän/yhdeksää/ysi/ysiä",
  fil: "sero isa/uno dalawa/dos tatlo/tres apat/kuwatro lima/singko anim/sais pito/siyete walo/otso siyam/nuwebe",
  he: "אפס אחת/אחד שתיים/שתים/שניים שלוש ארבע חמש שש שבע שמונה תשע",
  hi: "शून्य एक दो तीन चार पाँच/पांच छह/छः सात आठ नौ",
  hr: "nula/nulu jedan/jedinica/jedinicu dva/dvojka/dvojku tri/trojka/trojku četiri/četvorka/četvorku pet/petica/peticu šest/šestica/šesticu sedam/sedmica/sedmicu osam/osmica/osmicu devet/devetka/devetku",
  hu: "nulla/nullát/nullás egy/egyet/egyes/egyest kettő/kettőt/kettes/kettest három/hármat/hármas/hármast négy/négyet/négyes/négyest öt/ötöt/ötös/ötöst hat/hatot/hatos/hatost hét/hetet/hetes/hetest nyolc/nyolcat/nyolcas/nyolcast kilenc/kilencet/kilences/kilencest",
  id: "nol/kosong satu dua tiga empat lima enam tujuh delapan sembilan",
  is: "núll einn/eitt/einum tveir/tvo/tvö/tveimur þrír/þrjá/þrjú/þremur fjórir/fjóra/fjögur/fjórum fimm sex sjö átta níu",
  ms: "kosong/sifar satu dua tiga empat lima enam tujuh lapan sembilan",
  nb: "null en/et/én/ett/ettall to tre fire fem seks sju/syv åtte ni",
  nl: "nul een/één twee drie vier vijf zes zeven acht negen",
  pl: "zero jeden/jedynka/jedynkę dwa/dwójka/dwójkę trzy/trójka/trójkę cztery/czwórka/czwórkę pięć/piątka/piątkę sześć/szóstka/szóstkę siedem/siódemka/siódemkę osiem/ósemka/ósemkę dziewięć/dziewiątka/dziewiątkę",
  ro: "zero unu/unul/una doi/două trei patru cinci șase/sase/şase șapte/sapte opt nouă",
  ru: "ноль/нуль один/одну/единица/единицу два/две/двойка/двойку три/тройка/тройку четыре/четверка/четверку/четвёрка/четвёрку пять/пятерка/пятерку/пятёрку шесть/шестерка/шестерку/шестёрку семь/семерка/семерку/семёрку восемь/восьмерка/восьмерку/восьмёрку девять/девятка/девятку",
  sk: "nula/nulu jeden/jedna/jednotka/jednotku dva/dve/dvojka/dvojku tri/trojka/trojku štyri/štvorka/štvorku päť/päťka/päťku šesť/šestka/šestku sedem/sedmička/sedmičku osem/osmička/osmičku deväť/deviatka/deviatku",
  sl: "nič/ničla/ničlo ena/eno dve/dva tri štiri pet šest sedem osem devet",
  sr: "нула/нулу један/јединица/јединицу два/двојка/двојку три/тројка/тројку четири пет шест седам осам девет",
  sv: "noll/nolla/nollan en/ett/etta/ettan två/tvåa/tvåan tre/trea/trean fyra/fyran fem/femma/femman sex/sexa/sexan sju/sjua/sjuan åtta/åttan nio/nia/nian",
  tr: "sıfır/sıfırı/sıfıra bir/biri/bire iki/ikiyi/ikiye üç/üçü/üçe dört/dördü/dörde beş/beşi/beşe altı/altıyı/altıya yedi/yediyi/yediye sekiz/sekizi/sekize dokuz/dokuzu/dokuza",
  uk: "нуль один/одну/одиниця/одиницю два/дві/двійка/двійку три/трійка/трійку чотири/четвірка/четвірку п'ять/п'ятірку шість/шістка/шістку сім/сімка/сімку вісім/вісімка/вісімку дев'ять/дев'ятку",
  vi: "không một hai ba bốn/tư năm sáu bảy tám chín",
};
const SAME: Readonly<Record<string, string>> = {
  no: "nb",
  nn: "nb",
  bs: "hr",
  tl: "fil",
  cmn: "zh",
  yue: "zh",
};

/** In scripts without spaces a word can be a part of a longer token. */
const UNSPACED: Readonly<Record<string, string>> = {
  ja: "零/〇 一 二 三 四 五 六 七 八 九",
  ko: "영/공 일/하나 이/둘 삼/셋 사/넷 오/다섯 육/여섯 칠/일곱 팔/여덟 구/아홉",
  th: "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า",
  zh: "零/〇 一 二/两 三 四 五 六 七 八 九",
};

/** Words for 1 that are articles as well. */
export const ARTICLES: ReadonlySet<string> = new Set(
  "un um una uma uno en et ett een egy bir ένα ένας một एक isa".split(" "),
);

const words = new Map<string, ReadonlyMap<string, string>>();

/** The digit that a word means: in the language of the text, or else in one of those that callers are understood in. */
export function digitOf(word: string, language: string): string | undefined {
  if (/^\P{L}/u.test(word)) return undefined;
  const own = baseOf(language);
  const known = words.get(own) ?? wordsOf(own);
  words.set(own, known);
  return known.get(word.replaceAll("’", "'"));
}

function wordsOf(language: string): ReadonlyMap<string, string> {
  const understood = Object.values(LANGUAGES).map(({ ones }) => ones.split(" ").slice(0, 10));
  return new Map([...understood, forms(OTHERS[language])].flatMap(pairs));
}

function forms(list: string | undefined): string[] {
  return list?.split(" ") ?? [];
}

function pairs(list: readonly string[]): [string, string][] {
  return list.flatMap((all, digit) => all.split("/").map((one): [string, string] => [one, String(digit)]));
}

/** The digits that a text names inside longer words, of a language that is written without spaces. */
export function digitsInside(text: string, language: string): string[] {
  const all = pairs(forms(UNSPACED[baseOf(language)]));
  return all.flatMap(([word, digit]) => (text.includes(word) ? [digit] : []));
}

function baseOf(language: string): string {
  const [base = ""] = language.toLowerCase().split("-");
  return SAME[base] ?? base;
}

/** Every word for a digit, of all languages with spaces. */
export const DIGIT_WORDS: readonly string[] = [
  ...new Set(
    [
      ...Object.values(LANGUAGES).map(({ ones }) => ones.split(" ").slice(0, 11)),
      ...Object.values(OTHERS).map(forms),
    ]
      .flat()
      .flatMap((all) => all.split("/")),
  ),
];
