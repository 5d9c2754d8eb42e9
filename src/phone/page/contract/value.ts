/** Values of variables, as JSON. */

/** Replaces a sensitive value. */
export const MASK = "•••";

/** A value that survives JSON. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
