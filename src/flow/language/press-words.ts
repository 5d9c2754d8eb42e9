/** How prompts of many languages ask for a key: only what is before a key, or after it, shows that it is to be pressed. */

/** What is before a key. */
export const PRESS_BEFORE: ReadonlySet<string> = new Set(
  [
    "press hit push dial choose select", // English
    "oprima oprime pulse pulsa marque marca presione presiona", // Spanish
    "appuyez tapez composez faites pressez touche", // French
    "drücken drücke drückt wählen wähle wählt taste", // German
    "pressione prima aperte digite tecle disque marque", // Portuguese
    "premi premere prema digiti digita digitare", // Italian
    "druk drukt toets toetst kies kiest", // Dutch
    "tryck välj slå trykk velg tryk vælg tast paina näppäile valitse ýttu veldu", // Swedish, Norwegian, Danish, Finnish, Icelandic
    "naciśnij wciśnij wybierz stiskněte zmáčkněte zvolte stlačte apăsați apasă tastați nyomja válassza", // Polish, Czech, Slovak, Romanian, Hungarian
    "pritisnite pritisni притисните натиснете premeu polseu marqueu pindutin", // Croatian, Slovenian, Serbian, Bulgarian, Catalan, Filipino
    "нажмите нажать выберите натисніть оберіть πατήστε πιέστε επιλέξτε", // Russian, Ukrainian, Greek
    "اضغط الرجاء اختر הקש הקישו הקישי לחצו לחץ nhấn bấm chọn tekan pencet", // Arabic, Hebrew, Vietnamese, Indonesian
  ].flatMap((words) => words.split(" ")),
);

/** Ends of what is before a key, in scripts without spaces. */
export const PRESS_ENDING = /(?:按|拨|撥|กด|押して)$/u;

/** Beginnings of what is after a key: Japanese, Korean, Turkish, Hindi. */
export const PRESSED_AFTER = /^(?:番?を?(?:お?押|プッシュ)|番?を$|번?을?$|दब|tuşla|bas)/u;

/** Words that can be between a press word and its key. */
export const AROUND_KEY: ReadonlySet<string> = new Set(
  (
    "the number key digit option button now please just or say again either then on " +
    "el la los las tecla número opción dígito el o diga de nuevo " +
    "le la touche chiffre sur du dites ou " +
    "sie die den das taste ziffer nummer oder sagen bitte " +
    "a o tecla número opção ou diga fale " +
    "il lo tasto numero cifra dica la " +
    "u je de het toets cijfer nummer op på knappen siffran tallet tasten numeret nummeret numeroa näppäintä nappia tlačítko tlačidlo klávesu číslo číslici tasta cifra az gombot a číslicu klawisz cyfrę на клавишу цифру على الرقم phím số tombol angka"
  ).split(" "),
);

/** What follows a number that is not a key: "one of", "1 key", "24 hours". */
export const COUNTED: ReadonlySet<string> = new Set(
  (
    "of key keys button buttons digit digits number numbers time times hour hours day days minute minutes moment second seconds " +
    "de del des der dígito número numero chiffre ziffer código code codice di delle dei " +
    "segundos veces secondes fois sekunde sekunden mal stunde stunden secondi volte horas heures ore " +
    "keer maal toetsen cijfers seconden minuten uur dagen van gånger gång sekunder minuter timmar siffror av gange gang minutter timer cifre af " +
    "ganger siffer kertaa numeroa sekuntia minuuttia razy sekund minut cyfr krát číslic раза раз секунд секунды минут минуты цифр цифры kez kere saniye dakika haneli lần phút giây kali menit detik"
  ).split(" "),
);

/** The names of the key `*`. */
export const STAR: ReadonlySet<string> = new Set(
  "star asterisk estrella asterisco étoile astérisque stern sterntaste sternchen estrela stella ster stjärna звёздочку gwiazdkę".split(
    " ",
  ),
);
/** The names of the key `#`. */
export const POUND: ReadonlySet<string> = new Set(
  "pound hash hashtag almohadilla gato numeral cuadradillo libra dièse croisillon carré raute rautetaste doppelkreuz velha cerquilha cardinal sustenido cancelletto hekje решётку".split(
    " ",
  ),
);
