/** What going through all calls finds, for the page: in a process of its own, after every save. */
import { fork } from "node:child_process";
import type { WaysView } from "../../phone/page/contract.ts";
import { type Background, inBackground, OWN_COMMAND } from "./background.ts";
import type { Explored } from "./explored.ts";
import { type PromisesByFile, promisesByFile } from "./promises.ts";

/** What was found of each flow; absent until that is known. */
export interface AllCalls {
  promises?: PromisesByFile;
  ways?: ReadonlyMap<string, WaysView>;
}

/** The hidden command that explores the flows. */
const EXPLORE = "explore-flows";

/** @param show gets the promises of all flows, and then their ways, whenever they were explored */
export function allCalls(show: (found: AllCalls) => void): Background {
  return inBackground((signal) => {
    let found: AllCalls = {};
    const child = fork(OWN_COMMAND, [EXPLORE], {
      execArgv: [],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.channel?.unref();
    child.on("message", (message) => {
      if (signal.aborted) return;
      found = { ...found, ...foundIn(JSON.parse(String(message))) };
      show(found);
    });
    // A project that cannot be read has nothing to explore.
    child.on("close", () => {
      if (!signal.aborted) show({ promises: new Map(), ways: new Map(), ...found });
    });
    return child;
  });
}

function foundIn(found: Explored): AllCalls {
  return "promises" in found
    ? { promises: promisesByFile(found.promises) }
    : { ways: new Map(found.ways.map(({ flow, view }) => [flow, view])) };
}
