/** A call of the original as it went, which becomes a test. */

/** A line of a script. */
export type Line = Readonly<Record<string, unknown>> | string;

/** A call as it went. */
export interface Played {
  /** Whether it is a text conversation, and not a call. */
  isText: boolean;
  lines: Line[];
  /** All that is heard, in order. */
  heard: string[];
  /** The exits that were taken. */
  edges: string[];
  /** What was chosen, and how many options there were, in order. */
  choices: { index: number; count: number; label: string; widget: string }[];
  answers: Map<string, Readonly<Record<string, unknown>>[]>;
  /** Why this is not a call to keep; undefined if it is. */
  reason?: string;
}
