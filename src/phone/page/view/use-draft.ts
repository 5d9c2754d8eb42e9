/** Words being typed at a phone. They outlast their field, which is rebuilt between prompts and questions. */
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

/** The draft of a phone with these lines; cleared by any answer. */
export function useDraft(lines: readonly ConversationLine[]): Draft {
  const [words, setWords] = useState("");
  const wantsFocus = useRef(false);
  const answered = lines.findLast(({ kind }) => kind === "person")?.id;
  useEffect(() => setWords(""), [answered]);
  useEffect(() => {
    const forget = (event: Event): void => {
      const isTyping = event instanceof KeyboardEvent && event.key !== "Tab" && !isKey(event.key);
      if (!isTyping) wantsFocus.current = false;
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

/** Restores the focus that a field had when it was removed, unless the focus has moved. */
export function useFocusAgain(field: { current: HTMLInputElement | null }, { wantsFocus }: Draft): void {
  useLayoutEffect(() => {
    const form = field.current?.form;
    if (wantsFocus.current && document.activeElement === document.body) field.current?.focus();
    return () => {
      wantsFocus.current = form?.contains(document.activeElement) ?? false;
    };
  }, [field, wantsFocus]);
}
