/** What can happen in a played original, and what it depends on. */
import type { Notes } from "../notes.ts";
import type { Values } from "../values/values.ts";

type Path = readonly (string | number)[];

/** One of the things that can happen. */
export interface Option {
  /** In a few words, for the name of a call. */
  label: string;
  event: string;
  /** What the widget leaves for later ones. */
  leaves: Readonly<Record<string, unknown>>;
  /** The line of the script. */
  line?: Readonly<Record<string, unknown>> | string;
  /** What a service answers. */
  answer?: Readonly<Record<string, unknown>>;
}

/** What options depend on. */
export interface World {
  /** Whether it is a text conversation, and not a call. */
  isText: boolean;
  values: Values;
  notes: Notes;
  /** All paths that the definition reads. */
  paths: readonly Path[];
  /** Paths of numbers that are dialled. */
  dialled: ReadonlySet<string>;
}
