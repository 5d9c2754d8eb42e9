/** Work that keeps a core busy, for the page: after saves, while somebody looks. */

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

/** A save soon after another one is worked on with it, in milliseconds. */
const PAUSE = 1500;

/** Starts some work. When it is to be done anew, the signal is aborted: it stops, as its flows are gone. */
export type StartWork = (signal: AbortSignal) => void;

/** Does work once somebody looks, and a moment after each save. */
export function inBackground(start: StartWork): Background {
  let isShown = false;
  let timer: NodeJS.Timeout | undefined;
  let run = new AbortController();

  const stop = (): void => {
    clearTimeout(timer);
    run.abort();
  };

  const work = (): void => {
    stop();
    if (!isShown) return;
    timer = setTimeout(() => {
      run = new AbortController();
      start(run.signal);
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
