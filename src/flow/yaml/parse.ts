/** Text → the YAML library's document, unless the text would take minutes, or all memory. */
import { Composer, type CST, type Document, Lexer, Parser, YAMLParseError } from "yaml";
import { tokenCounter, tooLong } from "./size.ts";

/** What the library made of a text, or why it was not read to its end. */
export type Parsed = { document: Document.Parsed } | { tooLarge: string };

/** Parses a text as one document, as the library's `parseDocument` does, and counts its tokens on the way. */
export function parseText(text: string): Parsed {
  const long = tooLong(text);
  return long === undefined ? withoutStacks(() => withQuickEnv(() => compose(text))) : { tooLarge: long };
}

function compose(text: string): Parsed {
  let tooMany: string | undefined;
  const tokens = tokensOf(text, (why) => {
    tooMany = why;
  });
  // `uniqueKeys` would look every key up in all the others, and positions are ours to work out.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false });
  const [document, another] = composer.compose(tokens, true, text.length);
  if (tooMany !== undefined) return { tooLarge: tooMany };
  if (!document) throw new Error("the YAML library composed no document");
  if (another) {
    const [start, end] = another.range;
    document.errors.push(new YAMLParseError([start, end], "MULTIPLE_DOCS", MULTIPLE));
  }
  return { document };
}

const MULTIPLE = "Source contains multiple documents";

function* tokensOf(text: string, stop: (why: string) => void): Generator<CST.Token> {
  const parser = new Parser();
  const count = tokenCounter(text);
  for (const lexeme of new Lexer().lex(text)) {
    const why = count(lexeme);
    if (why !== undefined) return stop(why);
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

/** A broken file can have very many errors, and nobody reads the stack of any: each costs time and memory. */
function withoutStacks<T>(parse: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return parse();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The library looks in `process.env` at each token. Node asks the system each time: a sixth of all parsing, and nothing in a copy. */
function withQuickEnv<T>(parse: () => T): T {
  const { env } = process;
  process.env = { ...env };
  try {
    return parse();
  } finally {
    process.env = env;
  }
}
