/** Work that keeps a core busy, for the page: in a process of its own, after saves, while somebody looks. */
import type { ChildProcess } from "node:child_process";
import { setPriority } from "node:os";
import { ownPath } from "../installation.ts";

/** Work that is done after saves. */
export interface Background {
  /** Somebody looks: it is done from now on. */
  shown(): void;
  /** It is to be done anew. */
  saved(): void;
  close(): void;
}

/** Work that is done after saves of a project, if what it depends on has changed. */
export type BackgroundOf<Project> = Omit<Background, "saved"> & { saved(project: Project): void };

/** The path of `ringflow` itself. */
export const OWN_COMMAND = ownPath("src/cli/ringflow.js", "dist/cli/ringflow.js");

/** A save soon after another one is worked on with it, in milliseconds. */
const PAUSE = 1500;
/** Calls to the flow come first. */
const PRIORITY = 15;

/**
 * Starts the process of some work, unless nothing is to be done; it is stopped if it still runs when the work is to be done
 * anew. The signal is aborted then: what the process has found is about flows that are gone.
 */
export type StartWork = (signal: AbortSignal) => ChildProcess | undefined;

/** Does work once somebody looks, and a moment after each save. */
export function inBackground(start: StartWork): Background {
  let isShown = false;
  let timer: NodeJS.Timeout | undefined;
  let child: ChildProcess | undefined;
  let run = new AbortController();

  const stop = (): void => {
    clearTimeout(timer);
    run.abort();
    child?.kill();
    child = undefined;
  };

  const work = (): void => {
    stop();
    if (!isShown) return;
    timer = setTimeout(() => {
      run = new AbortController();
      child = start(run.signal);
      child?.unref();
      if (child?.pid !== undefined) lower(child.pid);
    }, PAUSE).unref();
  };

  return {
    shown: () => {
      if (isShown) return;
      isShown = true;
      work();
    },
    saved: work,
    close: stop,
  };
}

function lower(pid: number): void {
  try {
    setPriority(pid, PRIORITY);
  } catch {
    // It has ended, or the system does not allow it.
  }
}
