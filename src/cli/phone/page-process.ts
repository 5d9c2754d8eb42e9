/** The process that does the page's long work. It stays for a while after a task, as loading Ringflow takes longer than most tasks. */
import { type ChildProcess, fork } from "node:child_process";
import { setPriority } from "node:os";
import { ownPath } from "../installation.ts";

/** What is worked on for the page: `explore` goes through all calls, `compare` compares with the last commit. */
export interface Task {
  work: "explore" | "compare";
  flows: readonly string[];
}

/** What the process sends: something that it found, or whether it has done the whole task. */
export type Sent = { found: string } | { isDone: boolean };

/** Who waits for a task. */
export interface Waiting {
  found(json: string): void;
  /** Nothing more comes. Not called after the task is aborted. */
  end(isDone: boolean): void;
}

/** Does a task, and stops at once if it is aborted. */
export type DoTask = (task: Task, signal: AbortSignal, waiting: Waiting) => void;

/** The hidden command that does tasks. */
const COMMAND = "work-for-page";

/** How long a process without a task is kept, in milliseconds. */
const REST = 60_000;
/** Calls to the flow come first. */
const PRIORITY = 15;

/** Does tasks in a process of its own, one at a time: it starts with the first task. */
export function pageProcess(): DoTask {
  let resting: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;

  const take = (): ChildProcess => {
    clearTimeout(timer);
    const child = resting?.connected ? resting : begin();
    resting = undefined;
    return child;
  };
  const rest = (child: ChildProcess): void => {
    resting = child;
    timer = setTimeout(() => child.kill(), REST).unref();
  };

  return (task, signal, { found, end }) => {
    const child = take();
    const stop = () => child.kill();
    const finish = (isDone: boolean): void => {
      signal.removeEventListener("abort", stop);
      child.off("message", hear).off("close", fail);
      if (!signal.aborted) end(isDone);
    };
    const hear = (message: unknown): void => {
      if (signal.aborted) return;
      const sent: Sent = JSON.parse(String(message));
      if ("found" in sent) found(sent.found);
      else {
        rest(child);
        finish(sent.isDone);
      }
    };
    const fail = () => finish(false);
    child.on("message", hear).on("close", fail);
    signal.addEventListener("abort", stop);
    child.send(JSON.stringify(task));
  };
}

function begin(): ChildProcess {
  const child = fork(ownPath("src/cli/ringflow.js", "dist/cli/ringflow.js"), [COMMAND], {
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  // If it ends before its time, its task has failed.
  child.on("error", () => undefined);
  child.unref();
  child.channel?.unref();
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
