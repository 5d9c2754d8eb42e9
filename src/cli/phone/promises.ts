/** What became of the promises, for the page: decided in a process of its own, after every save. */
import { execFile } from "node:child_process";
import type { PromiseView } from "../../phone/page/contract.ts";
import { type Background, inBackground, OWN_COMMAND } from "./background.ts";
import type { FiledPromise } from "./decided.ts";

/** The promises of each flow's file. */
export type PromisesByFile = ReadonlyMap<string, PromiseView[]>;

/** The hidden command that decides them. */
const DECIDE = "decide-promises";

const MOST_BYTES = 64 * 1024 * 1024;

/** @param show gets the promises of all flows, whenever they were decided */
export function promisesDecided(show: (promises: PromisesByFile) => void): Background {
  return inBackground(() =>
    execFile(process.execPath, [OWN_COMMAND, DECIDE], { maxBuffer: MOST_BYTES }, (error, stdout) => {
      if (!error) show(promisesByFile(JSON.parse(stdout)));
    }),
  );
}

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
