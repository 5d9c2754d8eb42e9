/** npm, where it started us. */

/** How often we look whether npm is still there, in milliseconds. */
const LOOK = 500;

/**
 * Resolves once npm has gone: it was told to end, and the shell between it and us does not pass that on. Never
 * resolves where npm did not start us.
 */
export function npmHasGone(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    if (process.env.npm_lifecycle_event === undefined) return;
    setInterval(() => process.ppid !== parent && resolve(), LOOK).unref();
  });
}
