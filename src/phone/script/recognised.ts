/** Words as a recogniser writes them: a sentence, with a capital letter and a full stop. */

const CLOSED = /[.!?…。！？؟।]$/u;
const UNSPACED_END = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]$/u;

/** Typed words as a sentence; in double quotes, exactly what is between them. */
export function recognised(typed: string): string {
  const exact = /^"(.+)"$/.exec(typed)?.[1];
  if (exact !== undefined) return exact;
  const text = typed.charAt(0).toUpperCase() + typed.slice(1);
  return CLOSED.test(text) ? text : `${text}${UNSPACED_END.test(text) ? "。" : "."}`;
}
