/** What the report says beyond the flow itself. */
import { normalise } from "../../program/speech.ts";

/** Something that a person should read. */
export interface Note {
  /** The widget that it is about; empty for the whole flow. */
  widget: string;
  text: string;
}

/** Something that is different from the original. */
export interface Change {
  widget: string;
  was: string;
  is: string;
}

/** Something to set before the flow can run. */
export interface Setting {
  kind: "env" | "secret" | "allow";
  name: string;
  why: string;
}

/** All notes of a flow. */
export interface Notes {
  changed: Change[];
  /** Widgets and values without a counterpart. */
  left: Note[];
  settings: Setting[];
  mistakes: Note[];
  /** Twilio Functions, by the URL that the flow requests. */
  functions: Note[];
  /** `widget event`, or `widget > next widget`, of the exits that lead elsewhere than in the original. */
  changedExits: Set<string>;
  /** `widget event`, of the exits back to a question by text message whose words are a part of that message. */
  joinedTexts: Set<string>;
  /** The words and phrases that a menu takes, by its widget. */
  phrases: Map<string, readonly string[]>;
}

/** Notes without an entry. */
export function newNotes(): Notes {
  return {
    changed: [],
    left: [],
    settings: [],
    mistakes: [],
    functions: [],
    changedExits: new Set(),
    joinedTexts: new Set(),
    phrases: new Map(),
  };
}

/** Adds a setting, unless it is there. */
export function require(notes: Notes, setting: Setting): void {
  if (!notes.settings.some(({ kind, name }) => kind === setting.kind && name === setting.name))
    notes.settings.push(setting);
}

/** Adds a note, unless it is there. */
export function noteOnce(list: Note[], note: Note): void {
  if (!list.some(({ widget, text }) => widget === note.widget && text === note.text)) list.push(note);
}

/** Whether a menu finds one of its phrases in words that Studio would not take for it. */
export function findsMore({ phrases }: Notes, widget: string, words: string): boolean {
  const own = phrases.get(widget) ?? [];
  const isIn = (phrase: string): boolean => ` ${normalise(words)} `.includes(` ${normalise(phrase)} `);
  return !own.includes(words) && own.some(isIn);
}
