/** Moves keyboard focus when the focused element disappears. */
import { useEffect, useRef } from "preact/hooks";

/** Focuses a phone if its view changed and the focused element went away with the old one. */
export function useFocusOnChange(phone: { current: HTMLElement | null }, face: string): void {
  const before = useRef(face);
  useEffect(() => {
    if (before.current !== face && isNowhere()) phone.current?.focus();
    before.current = face;
  }, [face]);
}

/** Moves the focus to a phone that begins to ring, if it was at the caller's phone or nowhere. */
export function useFocusOnRing(phone: { current: HTMLElement | null }): void {
  useEffect(() => {
    const calls = document.activeElement?.closest('[data-side="caller"]');
    if (calls || isNowhere()) phone.current?.focus();
  }, []);
}

function isNowhere(): boolean {
  return document.activeElement === document.body;
}
