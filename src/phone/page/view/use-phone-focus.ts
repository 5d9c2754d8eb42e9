/** Whoever works at a phone by keyboard is taken along where what was in hand goes away. */
import { useEffect, useRef } from "preact/hooks";

/** Gives a phone the focus when its face changes and the focus was on what went away with the one before. */
export function useFocusOnChange(phone: { current: HTMLElement | null }, face: string): void {
  const before = useRef(face);
  useEffect(() => {
    if (before.current !== face && isNowhere()) phone.current?.focus();
    before.current = face;
  }, [face]);
}

/** Gives a phone that begins to ring the focus of whoever has just called it, and of nobody else. */
export function useFocusOnRing(phone: { current: HTMLElement | null }): void {
  useEffect(() => {
    const calls = document.activeElement?.closest('[data-side="caller"]');
    if (calls || isNowhere()) phone.current?.focus();
  }, []);
}

function isNowhere(): boolean {
  return document.activeElement === document.body;
}
