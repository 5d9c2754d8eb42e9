/**
 * What changed for callers since the last commit, for the page: `ringflow diff` in a process of its own,
 * after every save that changes a flow.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { ChangeView } from "../../phone/page/contract/flow.ts";
import type { LocalProject } from "../project/project.ts";
import { type BackgroundOf, inBackground } from "./background.ts";
import { type FlowKeys, flowKeyReader } from "./flow-keys.ts";
import { pageProcess } from "./page-process.ts";

/** The changes of each flow. */
export type ChangesByFlow = ReadonlyMap<string, ChangeView[]>;

/** The changes of a flow with this key. */
interface Compared {
  key: string;
  changes: ChangeView[];
}

/**
 * Compares flows with the last commit, all if none is named: `done` gets their changes, or undefined if there was nothing
 * to compare, as a flow has an error by now.
 */
export type CompareFlows = (
  flows: readonly string[],
  signal: AbortSignal,
  done: (changes: ChangesByFlow | undefined) => void,
) => void;

/**
 * @param show gets the changes of all flows after every comparison
 * @param schedule decides when flows are compared
 * @param compare does so, in a process of its own if left out
 */
export function changesSinceCommit(
  first: LocalProject,
  show: (changes: ChangesByFlow) => void,
  schedule: typeof inBackground = inBackground,
  compare: CompareFlows = inOwnProcess(),
): BackgroundOf<LocalProject> {
  const readKeys = flowKeyReader();
  const known = new Map<string, Compared>();
  let keys: FlowKeys = new Map();
  let commit: string | undefined;
  let isShown = false;
  /** The commit and the keys that are compared, or will be; absent if that failed. */
  let asked: string | undefined;

  const add = (found: ChangesByFlow, of: FlowKeys): void => {
    for (const [flow, changes] of found) known.set(flow, { key: of.get(flow) ?? "", changes });
    show(new Map([...known].map(([flow, { changes }]) => [flow, changes])));
  };

  const background = schedule((signal) => {
    const flows = changedFlows(keys, known);
    const of = keys;
    if (commit === undefined || flows.length === 0) return;
    // Which flows there are to compare is known after a comparison of all.
    const isPartial = flows.every((flow) => known.has(flow));
    compare(isPartial ? flows : [], signal, (found) => {
      if (found) add(found, of);
      else asked = undefined;
    });
  });

  const look = async (): Promise<void> => {
    const now = await commitHere();
    if (now === undefined || !isShown) return;
    if (now !== commit) known.clear();
    commit = now;
    const wanted = JSON.stringify([now, ...keys]);
    if (wanted === asked) return;
    asked = wanted;
    background.saved();
  };

  /** With an error in a flow, nothing is compared. */
  const take = (project: LocalProject): boolean => {
    const isWhole = project.flows.length === project.files.length;
    if (isWhole) keys = readKeys(project);
    return isWhole;
  };
  take(first);

  return {
    shown: () => {
      if (isShown) return;
      isShown = true;
      background.shown();
      void look();
    },
    saved: (project) => {
      if (take(project) && isShown) void look();
    },
    close: () => {
      isShown = false;
      background.close();
    },
  };
}

function changedFlows(keys: FlowKeys, known: ReadonlyMap<string, Compared>): string[] {
  return [...keys].flatMap(([flow, key]) => (known.get(flow)?.key === key ? [] : [flow]));
}

function inOwnProcess(): CompareFlows {
  const run = pageProcess();
  return (flows, signal, done) => {
    let changes: ChangesByFlow | undefined;
    run({ work: "compare", flows }, signal, {
      found: (json) => {
        changes = changesIn(json);
      },
      end: (isDone) => done(isDone ? changes : undefined),
    });
  };
}

/** Undefined outside of a repository, and before the first commit. */
async function commitHere(): Promise<string | undefined> {
  if (!isInGit(process.cwd())) return undefined;
  const found = await run("git", ["rev-parse", "--verify", "--quiet", "HEAD"]).catch(() => undefined);
  return found?.stdout.trim();
}

const run = promisify(execFile);

/** The part of a report that the page shows. */
interface Report {
  flows: { flow: string; changes: { kind: string; message: string; steps: { now: string[] } }[] }[];
}

/** The changes in a report of `ringflow diff --format json`. */
export function changesIn(json: string): ChangesByFlow {
  const { flows }: Report = JSON.parse(json);
  return new Map(
    flows.map(({ flow, changes }) => [
      flow,
      changes.map(({ kind, message, steps }) => ({ kind, message, steps: steps.now })),
    ]),
  );
}

function isInGit(folder: string): boolean {
  if (existsSync(join(folder, ".git"))) return true;
  const above = dirname(folder);
  return above !== folder && isInGit(above);
}
