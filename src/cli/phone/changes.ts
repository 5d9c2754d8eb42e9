/** What changed for callers since the last commit, for the page: `ringflow diff` in a process of its own, after every save. */
import { type ChildProcess, execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ChangeView } from "../../phone/page/contract.ts";
import { type Background, inBackground, OWN_COMMAND } from "./background.ts";

/** The changes of each flow. */
export type ChangesByFlow = ReadonlyMap<string, ChangeView[]>;

const MOST_BYTES = 64 * 1024 * 1024;

/** @param show gets the changes of all flows after every comparison */
export function changesSinceCommit(show: (changes: ChangesByFlow) => void): Background {
  return inBackground((signal) => (isInGit(process.cwd()) ? reported(show, signal) : undefined));
}

function reported(show: (changes: ChangesByFlow) => void, signal: AbortSignal): ChildProcess {
  const command = [OWN_COMMAND, "diff", "HEAD", "--format", "json"];
  return execFile(process.execPath, command, { maxBuffer: MOST_BYTES }, (error, stdout) => {
    // With an error in a flow, or without a commit, there is nothing to compare.
    if (!error && !signal.aborted) show(changesIn(stdout));
  });
}

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
