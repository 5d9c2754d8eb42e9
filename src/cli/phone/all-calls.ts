/** What going through all calls finds, for the page: in a process of its own, after every save. */
import { execFile } from "node:child_process";
import { type Background, inBackground, OWN_COMMAND } from "./background.ts";
import type { Explored } from "./explored.ts";
import { type PromisesByFile, promisesByFile } from "./promises.ts";

/** What was found of each flow. */
export interface AllCalls {
  promises: PromisesByFile;
  ways: ReadonlyMap<string, Explored["ways"][number]["view"]>;
}

/** The hidden command that explores the flows. */
const EXPLORE = "explore-flows";

const MOST_BYTES = 64 * 1024 * 1024;

/** @param show gets what was found of all flows, whenever they were explored */
export function allCalls(show: (found: AllCalls) => void): Background {
  return inBackground(() =>
    execFile(process.execPath, [OWN_COMMAND, EXPLORE], { maxBuffer: MOST_BYTES }, (error, stdout) => {
      if (!error) show(foundIn(JSON.parse(stdout)));
    }),
  );
}

function foundIn({ promises, ways }: Explored): AllCalls {
  return {
    promises: promisesByFile(promises),
    ways: new Map(ways.map(({ flow, view }) => [flow, view])),
  };
}
