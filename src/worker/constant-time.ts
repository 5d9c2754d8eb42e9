/** Comparing secrets. */

/** Compares in constant time, so that the delay of an answer does not tell how much was right. Only the length shows. */
export function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index++)
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}
