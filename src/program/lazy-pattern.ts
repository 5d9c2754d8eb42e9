/**
 * Patterns that know Unicode's properties. V8 verifies a literal while it parses the file, and reads ICU's tables for it: a
 * millisecond of every cold start. A text costs nothing until its pattern is first used.
 */
export function lazyPattern(source: string, flags: string): () => RegExp {
  let made: RegExp | undefined;
  return () => {
    made ??= new RegExp(source, flags);
    return made;
  };
}
