/** The numbers of a test's call. */

/** The number of the caller. */
export const CALLER = "+14155550111";
/** The number of this line. */
export const NUMBER = "+14155550100";
