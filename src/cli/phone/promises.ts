/** What became of the promises, by the file that makes them. */
import type { PromiseView } from "../../phone/page/contract/found.ts";
import type { FiledPromise } from "./decided.ts";

/** The promises of each flow's file. */
export type PromisesByFile = ReadonlyMap<string, PromiseView[]>;

const WORST = ["kept", "undecided", "broken"] as const;

/** A promise of a part is decided for each flow that runs it: the worst counts. */
export function promisesByFile(decided: readonly FiledPromise[]): PromisesByFile {
  const worst = new Map<string, FiledPromise>();
  for (const one of decided) {
    const key = `${one.file}:${one.line}`;
    const known = worst.get(key);
    if (!known || WORST.indexOf(one.is) > WORST.indexOf(known.is)) worst.set(key, one);
  }
  const all = [...worst.values()].sort((one, other) => one.line - other.line);
  return new Map(
    [...Map.groupBy(all, ({ file }) => file)].map(([file, ones]) => [file, ones.map(withoutFile)]),
  );
}

function withoutFile({ file: _, ...promise }: FiledPromise): PromiseView {
  return promise;
}
