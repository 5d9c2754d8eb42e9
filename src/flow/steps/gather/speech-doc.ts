/** What the page of `gather` says about speech. */
export const SPEECH_DOC =
  "**Numbers**: if speech is recognised, saying a choice's digits picks it, unless they are a phrase of another choice: " +
  "`One.`, `1`, `number one`, `option 1, please`; `save` then captures the digits. An answer that `matches` only digits, has `numDigits`, or is captured in a variable of " +
  "the type `int` or `number` is captured in digits, however it is said or written: `4711.`, `4 7 1 1`, `47-11`, " +
  "`4,711`, `four seven one one`, `forty-seven eleven`, `double seven`. Words for 0 to 99 are known in English, Spanish, " +
  "French, German, Portuguese and Italian, in each language that the call can be in. A phrase such as `gate two` also matches `gate 2`.\n\n" +
  "**What is kept**: `save` captures what was said as it was heard (`Yes.`). With `matches`, upper and lower case are the " +
  "same, and final punctuation is left out if the answer matches only without it. `input.speech` is always as heard. " +
  "`cases` of a [branch](branch.md) take `Yes.` for `yes`; `==` in an expression does not.\n\n" +
  "**How phrases compare**: as whole words, without regard to case, accents and punctuation. `ß` is `ss`, and an elided article (`l'`, `dell'`, `nell'`, `d'` …) is left out. " +
  "In Arabic, vowel signs, hamza on a letter, and the article `ال` before three or more letters are left out, also after `و ف ب ك ل`; `ة` is `ه` and `ى` is `ي`. " +
  "In Hebrew, points are left out. In Korean, each word of a phrase may be followed by a particle or a polite ending (`예약을`, `예약이요`, `예약할게요`), and the spaces between them may be missing. " +
  "In Chinese, Japanese, Thai, Lao, Khmer and Burmese a phrase may be anywhere.";
