/** How a command ends. */

/** Runs a command and exits with its result. */
export type Exit = (command: () => Promise<number>) => Promise<void>;
