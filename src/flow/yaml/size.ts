/** Files that are too large to be read: the parser would take minutes, or all memory. */

/** The longest text that is read, in UTF-16 units: a flow of 10,000 steps has about 2 million. */
export const LONGEST_FILE = 4_000_000;
/** The most words and signs that YAML may see in a long file: a flow of 10,000 steps has about 400,000. */
const MOST_TOKENS = 600_000;
/** The most commas of one list or map in brackets. The YAML parser takes long for each entry. */
const MOST_COMMAS = 50_000;

const LENGTH = "this file has more than 4 million characters; split it into several flows";
const TOKENS = `this file has more than ${MOST_TOKENS} words, commas and other signs of YAML; split it into several flows`;
const ENTRIES = `this file has a list or map in brackets with more than ${MOST_COMMAS} entries; put a text with commas in quotes`;

/** Says whether a text is too long to be read; undefined if it is not. */
export function tooLong(text: string): string | undefined {
  return text.length > LONGEST_FILE ? LENGTH : undefined;
}

/** Takes a file's tokens one by one, and says what there is too much of; undefined until there is. */
export function tokenCounter({ length }: string): (token: string) => string | undefined {
  let tokens = 0;
  const commas: number[] = [];
  return (token) => {
    if (++tokens > MOST_TOKENS && length > MOST_TOKENS) return TOKENS;
    if (token === "[" || token === "{") commas.push(0);
    else if (token === "]" || token === "}") commas.pop();
    else if (token === ",") {
      const count = (commas.pop() ?? 0) + 1;
      if (count > MOST_COMMAS) return ENTRIES;
      commas.push(count);
    }
    return undefined;
  };
}
