/**
 * Work that waits until nothing has asked for it for a while, and never runs twice at a time. Long work waits longer, so
 * that an answer does not have to wait for it at every pause in typing.
 */

/** Returns a function that asks for the work, after so long or after as long as the work took last. */
export function debounced(work: () => Promise<void>, milliseconds: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let took = 0;
  const run = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    const start = performance.now();
    running = work();
    await running;
    took = performance.now() - start;
    running = undefined;
    if (again) {
      again = false;
      await run();
    }
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), Math.max(milliseconds, took));
  };
}
