/** Watches files, and reports each burst of changes once. */
import { basename } from "node:path";
import { watch as watchFiles } from "chokidar";

// Editors and `git checkout` change several files, or one file several times, in a row.
const BURST = 20;

// `.dev.vars.staging` is of an environment; `.` is the folder itself, if that is what to watch.
const IGNORED = /^(?:node_modules$|\.(?!dev\.vars(?:\.|$))[^.])/;

/**
 * Calls `changed` after files at these paths have changed, with the paths of those that did, never while an earlier call
 * is running.
 * @param others returns paths to watch as well; they can be others after each change
 */
export function watch(
  paths: readonly string[],
  changed: (paths: readonly string[]) => Promise<void>,
  others: () => readonly string[] = () => [],
): { close(): Promise<void> } {
  let work = Promise.resolve();
  let burst: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const watcher = watchFiles([...paths, ...others()], {
    ignoreInitial: true,
    ignored: (path) => IGNORED.test(basename(path)),
  });
  watcher.on("all", (_event, path) => {
    burst.push(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const latest = burst;
      burst = [];
      work = work
        .then(() => changed(latest))
        .then(() => {
          // It can have been closed meanwhile.
          if (!watcher.closed) watcher.add([...others()]);
        });
    }, BURST);
  });
  return {
    close: async () => {
      await watcher.close();
      clearTimeout(timer);
      await work;
    },
  };
}
