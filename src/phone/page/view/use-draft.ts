/** Words that are being typed at a phone. Their field goes and comes between prompts and questions: they stay. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { isKey } from "../call/keys.ts";
import type { ConversationLine } from "../state.ts";

/** Words for the next answer. */
export interface Draft {
  words: string;
  setWords(words: string): void;
  /** The field had the focus when it went away, and nothing else was done since. */
  wantsFocus: { current: boolean };
}

/** A draft for whoever is at a phone with these lines; it is over once that person has answered in any way. */
export function useDraft(lines: readonly ConversationLine[]): Draft {
  const [words, setWords] = useState("");
  const wantsFocus = useRef(false);
  const answered = lines.findLast(({ kind }) => kind === "person")?.id;
  useEffect(() => setWords(""), [answered]);
  useEffect(() => {
    const forget = (event: Event): void => {
      const goesOn = event instanceof KeyboardEvent && event.key !== "Tab" && !isKey(event.key);
      if (!goesOn) wantsFocus.current = false;
    };
    document.addEventListener("keydown", forget);
    document.addEventListener("pointerdown", forget);
    return () => {
      document.removeEventListener("keydown", forget);
      document.removeEventListener("pointerdown", forget);
    };
  }, []);
  return { words, setWords, wantsFocus };
}

/** Gives a field the focus back with which it went away, unless that is elsewhere by now. */
export function useFocusAgain(field: { current: HTMLInputElement | null }, { wantsFocus }: Draft): void {
  useLayoutEffect(() => {
    const form = field.current?.form;
    if (wantsFocus.current && document.activeElement === document.body) field.current?.focus();
    return () => {
      wantsFocus.current = form?.contains(document.activeElement) ?? false;
    };
  }, [field, wantsFocus]);
}
