/** npm, if it started this process. */

/** How often to check that npm is still running, in milliseconds. */
const LOOK = 500;

/**
 * Resolves once npm has ended: the shell between npm and this process does not pass on its signals. Never resolves if
 * npm did not start this process.
 */
export function npmHasGone(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    if (process.env.npm_lifecycle_event === undefined) return;
    setInterval(() => process.ppid !== parent && resolve(), LOOK).unref();
  });
}
