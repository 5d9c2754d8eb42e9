/** A phone's keys on the computer's keyboard. */
import { useEffect } from "preact/hooks";
import { isKey } from "../call/keys.ts";
import type { Page } from "../page.ts";
import type { Side } from "../state.ts";

/** During a call, the keys 0 to 9, * and # are pressed at a phone, unless something is being typed. */
export function useKeyboard(page: Page): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { call } = page.state();
      if (!call || call.ended || !isKey(event.key)) return;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      page.press(sideOf(page, event.target), event.key);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [page]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("input, textarea, select");
}

/** The focused phone; otherwise the called one while it listens, because the caller cannot answer then. */
function sideOf(page: Page, target: EventTarget | null): Side {
  const focused =
    target instanceof Element ? target.closest<HTMLElement>("[data-side]")?.dataset.side : undefined;
  const { call } = page.state();
  if (call?.second?.state !== "listens") return "caller";
  return focused === "caller" ? "caller" : "callee";
}
