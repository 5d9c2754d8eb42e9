/** What stops a command, apart from findings in a flow. */

/** A failure whose message is all the user needs: a sentence, and what to do. No stack is shown. */
export class Problem extends Error {}
