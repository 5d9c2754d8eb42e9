/** Files that are too large to be read: the parser would take minutes, or all memory. */
import { Lexer } from "yaml";

/** The longest text that is read, in UTF-16 units: a flow of 10,000 steps has about 2 million. */
export const LONGEST_FILE = 4_000_000;
/** The most words and signs that YAML may see in a file: a flow of 10,000 steps has about 400,000. */
const MOST_TOKENS = 600_000;
/** The most commas of one list or map in brackets. The YAML parser takes long for each entry. */
const MOST_COMMAS = 50_000;

const LENGTH = "this file has more than 4 million characters; split it into several flows";
const TOKENS = `this file has more than ${MOST_TOKENS} words, commas and other signs of YAML; split it into several flows`;
const ENTRIES = `this file has a list or map in brackets with more than ${MOST_COMMAS} entries; put a text with commas in quotes`;

/** Says what a file has too much of to be read; undefined if it can be read. */
export function tooLargeIn(text: string): string | undefined {
  return text.length > LONGEST_FILE ? LENGTH : tooManyIn(text);
}

function tooManyIn(text: string): string | undefined {
  if (text.length <= MOST_TOKENS && !hasManyCommas(text)) return undefined;
  let tokens = 0;
  const commas: number[] = [];
  for (const token of new Lexer().lex(text)) {
    if (++tokens > MOST_TOKENS) return TOKENS;
    if (token === "[" || token === "{") commas.push(0);
    else if (token === "]" || token === "}") commas.pop();
    else if (token === ",") {
      const count = (commas.pop() ?? 0) + 1;
      if (count > MOST_COMMAS) return ENTRIES;
      commas.push(count);
    }
  }
  return undefined;
}

function hasManyCommas(text: string): boolean {
  let count = 0;
  for (let at = text.indexOf(","); at >= 0 && count <= MOST_COMMAS; at = text.indexOf(",", at + 1)) count++;
  return count > MOST_COMMAS;
}
