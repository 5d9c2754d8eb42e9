/** What stops a command, other than findings in a flow. */

/** A failure whose message tells the user all there is to know: a sentence, and what to do. No stack is shown. */
export class Problem extends Error {}
