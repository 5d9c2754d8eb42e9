/** Watches files, and reports each burst of changes once. */
import { watch as watchFiles } from "chokidar";

// Editors and `git checkout` change several files, or one file several times, in a row.
const BURST = 60;

/** Calls `changed` after files at these paths have changed, never while an earlier call is running. */
export function watch(paths: readonly string[], changed: () => Promise<void>): { close(): Promise<void> } {
  let work = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watchFiles([...paths], {
    ignoreInitial: true,
    ignored: /(^|\/)\.(?!dev\.vars$)|\.ringflow/,
  });
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(changed);
    }, BURST);
  });
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
      await work;
    },
  };
}
