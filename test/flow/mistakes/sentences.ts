/** Prompts in the languages of the good menus, for the mistakes that are written into them. */

/** What a language says. */
export interface Sentences {
  /** A menu with the keys 1, 2 and 3. */
  menu: string;
  blame: string;
  empty?: string;
  /** Finds "for X, press N", and turns it round. */
  purposeFirst?: [RegExp, string];
}

const ENGLISH: Sentences = {
  menu: "For opening hours, press 1. For our address, press 2. For parking, press 3.",
  blame: "Invalid entry. Please try again.",
  empty: "Your call is very important to us.",
  purposeFirst: [/\b(?:For|To) ([^.,;:]+?),? press (\d|one|two|three)\b/g, "Press $2 for $1"],
};

const BY_LANGUAGE: Readonly<Record<string, Sentences>> = {
  en: ENGLISH,
  de: {
    menu: "Für Öffnungszeiten drücken Sie die 1. Für die Adresse drücken Sie die 2. Für Parkplätze drücken Sie die 3.",
    blame: "Ungültige Eingabe.",
    empty: "Ihr Anruf ist uns sehr wichtig.",
    purposeFirst: [
      /\bFür ([^.,;:]+?) drücken Sie (?:bitte )?(?:die )?(\d|Eins|Zwei|Drei|Vier)\b/g,
      "Drücken Sie die $2 für $1",
    ],
  },
  fr: {
    menu: "Pour nos horaires, tapez 1. Pour notre adresse, tapez 2. Pour le stationnement, tapez 3.",
    blame: "Choix invalide.",
    empty: "Votre appel est très important pour nous.",
    purposeFirst: [/\bPour ([^.,;:]+?),? (?:tapez|faites le) (\d)\b/g, "Tapez $2 pour $1"],
  },
  es: {
    menu: "Para horarios, oprima 1. Para la dirección, oprima 2. Para el estacionamiento, oprima 3.",
    blame: "Opción inválida.",
    empty: "Su llamada es muy importante para nosotros.",
    purposeFirst: [
      /\b(?:Para) ([^.,;:]+?), (?:oprima|pulse|marque) (\d|uno|dos|tres)\b/g,
      "Oprima $2 para $1",
    ],
  },
  it: {
    menu: "Per gli orari, premi 1. Per l'indirizzo, premi 2. Per il parcheggio, premi 3.",
    blame: "Scelta non valida.",
    empty: "La sua chiamata è importante per noi.",
    purposeFirst: [/\bPer ([^.,;:]+?), premi (\d)\b/g, "Premi $2 per $1"],
  },
  pt: {
    menu: "Para horários, digite 1. Para o endereço, digite 2. Para o estacionamento, digite 3.",
    blame: "Opção inválida.",
    empty: "A sua ligação é muito importante para nós.",
    purposeFirst: [/\bPara ([^.,;:]+?), digite (\d)\b/g, "Digite $2 para $1"],
  },
  nl: {
    menu: "Voor openingstijden, toets een. Voor ons adres, toets twee. Voor parkeren, toets drie.",
    blame: "Ongeldige keuze.",
    empty: "Uw gesprek is belangrijk voor ons.",
    purposeFirst: [/\bVoor ([^.,;:]+?), toets (een|twee|drie)\b/g, "Toets $2 voor $1"],
  },
  sv: {
    menu: "För öppettider, tryck ett. För vår adress, tryck två. För parkering, tryck tre.",
    blame: "Ogiltigt val.",
    empty: "Ditt samtal är viktigt för oss.",
    purposeFirst: [/\bFör ([^.,;:]+?), tryck (ett|två|tre)\b/g, "Tryck $2 för $1"],
  },
  ja: {
    menu: "営業時間は1を、住所は2を、駐車場は3を押してください。",
    blame: "無効な番号です。",
    empty: "お客様のお電話は私どもにとって大切です。",
  },
};

/** The sentences of a language; English ones of others. */
export function sentencesOf(language: string): Sentences {
  return BY_LANGUAGE[language.split("-")[0] ?? ""] ?? ENGLISH;
}
