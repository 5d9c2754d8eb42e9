/** A failure that ends the step: its message is for the log. */
export class StepFailure extends Error {}
