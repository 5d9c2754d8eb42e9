/** When a change happens: what the begins of the calls that meet it have in common, and those of the others have not. */
import type { Begin } from "../exploration.ts";
import type { Walked } from "./walk.ts";

/** The begins that come to each pair. */
export function beginsAtPairs({ pairs, strides }: Walked): ReadonlySet<number>[] {
  const found = pairs.map(() => new Set<number>());
  const next = Map.groupBy(strides, ({ from = -1 }) => from);
  const open: { pair: number; begin: number }[] = [];
  const add = (pair: number | undefined, begin: number): void => {
    if (pair === undefined || found[pair]?.has(begin)) return;
    found[pair]?.add(begin);
    open.push({ pair, begin });
  };
  // A pair that is compared instead of another has no stride that leads to it.
  for (const { id, begin } of pairs) add(id, begin.id);
  for (const { to, begin } of next.get(-1) ?? []) add(to, begin.id);
  for (const { pair, begin } of open) for (const { to } of next.get(pair) ?? []) add(to, begin);
  return found;
}

/**
 * What sets some begins apart from others, in words: `Sat 09:00–12:00`. Empty if nothing does.
 * @param here those of calls that meet a change
 * @param others those of calls that come to the same event and do not
 */
export function whenOf(
  begins: readonly Begin[],
  here: ReadonlySet<number>,
  others: ReadonlySet<number>,
): string {
  const apart = [...others].filter((id) => !here.has(id));
  if (apart.length === 0 || apart.length < others.size) return "";
  const facets = (id: number): string[] => partsOf(begins[id]?.label ?? "");
  const inAll = facets([...here][0] ?? 0).filter((one) => [...here].every((id) => facets(id).includes(one)));
  const apt = inAll.filter((one) => apart.every((id) => !facets(id).includes(one)));
  const [first] = apt;
  if (first !== undefined) return first;
  const common = inAll.filter((one) => apart.some((id) => !facets(id).includes(one)));
  if (common.length > 0 && apart.every((id) => common.some((one) => !facets(id).includes(one))))
    return common.join(", ");
  return namesOf([...new Set([...here].map((id) => begins[id]?.label ?? ""))]);
}

const MOST_NAMED = 3;

function namesOf(labels: readonly string[]): string {
  const named = labels.filter((label) => label !== "").slice(0, MOST_NAMED);
  const more = labels.length - named.length;
  if (named.length === 0) return "";
  const rest = more === 1 ? ", or one other way to begin" : `, or ${more} other ways to begin`;
  return `${named.join(", or ")}${more > 0 ? rest : ""}`;
}

/** Commas within parentheses are not between parts. */
function partsOf(label: string): string[] {
  return label.split(/, (?![^(]*\))/).filter((part) => part !== "");
}
