/** What going through all calls finds, for the page: in a process of its own, after every save that changes a flow. */
import type { LocalProject } from "../project/project.ts";
import { type BackgroundOf, inBackground } from "./background.ts";
import type { FiledPromise } from "./decided.ts";
import type { Explored } from "./explored.ts";
import { type FlowKeys, filesOf, flowKeyReader } from "./flow-keys.ts";
import { pageProcess } from "./page-process.ts";
import { type PromisesByFile, promisesByFile } from "./promises.ts";
import type { FlowWays } from "./ways.ts";

/** What was found of each flow that has not changed since. */
export interface AllCalls {
  promises: PromisesByFile;
  ways: ReadonlyMap<string, FlowWays>;
  /** Whether nothing is left to explore. */
  isDone: boolean;
}

/** What was found of a flow with this key. */
interface Found {
  key: string;
  promises?: FiledPromise[];
  ways?: FlowWays;
  isDone: boolean;
}

/** Explores flows: `add` gets what is found of each of them, and `end` the same flows once nothing more comes. */
export type ExploreFlows = (
  flows: readonly string[],
  signal: AbortSignal,
  add: (found: Explored) => void,
  end: (flows: readonly string[]) => void,
) => void;

/**
 * @param show gets all that is known, whenever more is found and after every save
 * @param schedule decides when flows are explored
 * @param explore does so, in a process of its own if left out
 */
export function allCalls(
  first: LocalProject,
  show: (found: AllCalls) => void,
  schedule: typeof inBackground = inBackground,
  explore: ExploreFlows = inOwnProcess(),
): BackgroundOf<LocalProject> {
  const readKeys = flowKeyReader();
  const known = new Map<string, Found>();
  let project = first;
  let keys: FlowKeys = new Map();

  const isOpen = (flow: string): boolean => known.get(flow)?.isDone !== true;
  const showAll = (): void => show(allOf(known, keys, project));
  const add = (found: Explored): void => {
    const { flow, ...rest } = found;
    const before = known.get(flow);
    if (!before) return;
    known.set(flow, { ...before, ...rest, isDone: "ways" in rest });
    showAll();
  };
  /** A flow that has an error by now is explored once it has none. Another one that nothing was found of cannot be explored. */
  const end = (flows: readonly string[]): void => {
    for (const flow of flows) {
      const before = known.get(flow);
      if (!before || before.isDone) continue;
      if (keys.has(flow)) known.set(flow, { ...before, isDone: true });
      else known.delete(flow);
    }
    showAll();
  };

  const background = schedule((signal) => {
    const open = [...keys.keys()].filter(isOpen);
    if (open.length > 0) explore(open, signal, add, end);
    else showAll();
  });

  /** @returns whether a flow is another one than before */
  const take = (saved: LocalProject): boolean => {
    project = saved;
    keys = readKeys(saved);
    const changed = [...keys].filter(([flow, key]) => known.get(flow)?.key !== key);
    for (const [flow, key] of changed) known.set(flow, { key, isDone: false });
    return changed.length > 0;
  };
  take(first);

  return {
    ...background,
    saved: (saved) => {
      if (take(saved)) background.saved();
      showAll();
    },
  };
}

function inOwnProcess(): ExploreFlows {
  const run = pageProcess();
  return (flows, signal, add, end) =>
    run({ work: "explore", flows }, signal, {
      found: (json) => add(JSON.parse(json)),
      end: () => end(flows),
    });
}

function allOf(known: ReadonlyMap<string, Found>, keys: FlowKeys, project: LocalProject): AllCalls {
  const flows = [...keys.keys()].flatMap((flow) => {
    const found = known.get(flow);
    return found ? [{ flow, ...found }] : [];
  });
  const undecided = flows.filter(({ promises, isDone }) => !promises && !isDone);
  // What one flow makes of a part's promise is not all while another flow that runs the part is open.
  const files = filesOf(project);
  const open = new Set(undecided.flatMap(({ flow }) => files.get(flow) ?? []).map(({ path }) => path));
  const decided = promisesByFile(flows.flatMap(({ promises = [] }) => promises));
  return {
    promises: new Map([...decided].filter(([file]) => !open.has(file))),
    ways: new Map(flows.flatMap(({ flow, ways }) => (ways ? [[flow, ways] as const] : []))),
    isDone: flows.every(({ isDone }) => isDone),
  };
}
