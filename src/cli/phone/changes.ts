/** What changed for callers since the last commit, for the page: `ringflow diff` in a process of its own, after every save. */
import { type ChildProcess, execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { setPriority } from "node:os";
import { dirname, join } from "node:path";
import type { ChangeView } from "../../phone/page/contract.ts";
import { ownPath } from "../installation.ts";

/** The changes of each flow. */
export type ChangesByFlow = ReadonlyMap<string, ChangeView[]>;

/** What compares the flows. */
export interface Changes {
  /** Somebody looks: the flows are compared from now on. */
  shown(): void;
  /** The flows were saved. */
  saved(): void;
  close(): void;
}

/** A save soon after another one is compared with it, in milliseconds. */
const PAUSE = 1500;
/** Exploring keeps a core busy: calls to the flow come first. */
const PRIORITY = 15;
const MOST_BYTES = 64 * 1024 * 1024;

/** @param show gets the changes of all flows after every comparison */
export function changesSinceCommit(show: (changes: ChangesByFlow) => void): Changes {
  let isShown = false;
  let timer: NodeJS.Timeout | undefined;
  let child: ChildProcess | undefined;

  const stop = (): void => {
    clearTimeout(timer);
    child?.kill();
    child = undefined;
  };

  const compare = (): void => {
    stop();
    if (!isShown || !isInGit(process.cwd())) return;
    timer = setTimeout(() => {
      child = reported(show);
    }, PAUSE).unref();
  };

  return {
    shown: () => {
      if (isShown) return;
      isShown = true;
      compare();
    },
    saved: compare,
    close: stop,
  };
}

function reported(show: (changes: ChangesByFlow) => void): ChildProcess {
  const command = [
    ownPath("src/cli/ringflow.js", "dist/cli/ringflow.js"),
    "diff",
    "HEAD",
    "--format",
    "json",
  ];
  const child = execFile(process.execPath, command, { maxBuffer: MOST_BYTES }, (error, stdout) => {
    // With an error in a flow, or without a commit, there is nothing to compare.
    if (!error) show(changesIn(stdout));
  });
  child.unref();
  if (child.pid !== undefined) lower(child.pid);
  return child;
}

function lower(pid: number): void {
  try {
    setPriority(pid, PRIORITY);
  } catch {
    // It has ended, or the system does not allow it.
  }
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
