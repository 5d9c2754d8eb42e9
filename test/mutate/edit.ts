/** A piece of a source, and what is written instead. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}
