/** Texts of any characters. */
import fc from "fast-check";

const SURROGATES = { first: 0xd800, count: 0x800 };
const LAST = 0x10ffff;

/** Any code point but half a surrogate pair, as fast-check's `binary`, which takes two seconds to list all million of them. */
export const anyCharacter = fc.nat(LAST - SURROGATES.count).map(characterAt, indexOf);

function characterAt(index: number): string {
  return String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count);
}

/** The way back, by which fast-check draws names such as `__proto__` as well. */
function indexOf(value: unknown): number {
  const [one, ...more] = typeof value === "string" ? value : [];
  const code = one?.codePointAt(0);
  if (code === undefined || more.length > 0) throw new Error("not one character");
  return code < SURROGATES.first ? code : code - SURROGATES.count;
}

/** A text of any characters. */
export function anyCharacters(limits: { maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ unit: anyCharacter, ...limits });
}
