/** Words for numbers, and what is said around them, by language. */

/** The number words of a language. */
export interface NumberWords {
  /** 0, 1, 2 …: as far as the words are irregular. */
  ones: string;
  /** 20, 30 … 90. */
  tens: string;
  /** Between tens and ones. */
  and: string;
  /** Other words for digits. */
  also: Readonly<Record<string, string>>;
  /** Before a digit that is said twice, or three times. */
  twice: string;
  thrice: string;
  /** Words around a number that mean nothing. */
  around: string;
  /** Asks to say something, as a prompt does. */
  say: string;
  /** Between two things to do. */
  or: string;
}

const ENGLISH: NumberWords = {
  ones: "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
  tens: "twenty thirty forty fifty sixty seventy eighty ninety",
  and: " ",
  also: { oh: "0", o: "0", nought: "0" },
  twice: "double",
  thrice: "triple treble",
  around:
    "number option press key digit choice code the is my it s its please uh um i d would like want choose enter dial pin zip account",
  say: "say",
  or: "or",
};

const SPANISH: NumberWords = {
  ones: "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
  tens: "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
  and: " y ",
  also: { un: "1", una: "1" },
  twice: "doble",
  thrice: "triple",
  around:
    "número opción tecla dígito código el la es mi por favor oprima oprime pulse pulsa marque marca presione quiero quisiera pin cuenta",
  say: "diga",
  or: "o",
};

/** Has names of its own for 70 to 99. */
export const FRENCH: NumberWords = {
  ones: "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
  tens: "vingt trente quarante cinquante soixante septante huitante nonante",
  and: " ",
  also: { une: "1", "quatre-vingt": "80" },
  twice: "double",
  thrice: "triple",
  around:
    "numéro option touche chiffre code le la c est mon s il vous plaît tapez appuyez sur composez faites je voudrais choix pin",
  say: "dites",
  or: "ou",
};

/** Says the ones first. */
export const GERMAN: NumberWords = {
  ones: "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
  tens: "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
  and: "und",
  also: { ein: "1", eine: "1", zwo: "2" },
  twice: "doppel zweimal",
  thrice: "dreimal",
  around:
    "nummer option taste ziffer code die der das ist mein meine bitte ich drücken wählen drücke wähle sie möchte hätte gern pin",
  say: "sagen",
  or: "oder",
};

const PORTUGUESE: NumberWords = {
  ones: "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove",
  tens: "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
  and: " e ",
  also: { uma: "1", duas: "2", meia: "6", quatorze: "14", dezasseis: "16", dezassete: "17", dezanove: "19" },
  twice: "duplo dobro",
  thrice: "triplo",
  around:
    "número opção tecla dígito código o a é meu minha por favor pressione prima digite tecle disque marque quero gostaria pin",
  say: "diga fale",
  or: "ou",
};

/** Drops a vowel before 1 and 8. */
export const ITALIAN: NumberWords = {
  ones: "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
  tens: "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
  and: "",
  also: { un: "1", una: "1" },
  twice: "doppio",
  thrice: "triplo",
  around:
    "numero opzione tasto cifra codice il lo la è mio per favore prema premi premere digiti digita digitare vorrei scelgo pin",
  say: "dica",
  or: "o",
};

/** The languages with known number words, by the first part of their tags. */
export const LANGUAGES: Readonly<Record<string, NumberWords>> = {
  en: ENGLISH,
  es: SPANISH,
  fr: FRENCH,
  de: GERMAN,
  pt: PORTUGUESE,
  it: ITALIAN,
};
