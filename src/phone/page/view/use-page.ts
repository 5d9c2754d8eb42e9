/** The page, for every view. */
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Page } from "../page.ts";

/** Holds the page. */
export const PageContext = createContext<Page | undefined>(undefined);

/** The page, and with it all that its buttons do. @throws Error outside of a `PageContext` */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("This view is outside the page.");
  return page;
}

/** Whether a media query holds, now and whenever that changes. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const listen = (): void => setMatches(list.matches);
    listen();
    list.addEventListener("change", listen);
    return () => list.removeEventListener("change", listen);
  }, [query]);
  return matches;
}

/** `performance.now()`, several times a second while `isOn`. */
export function useTick(isOn: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!isOn) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, [isOn]);
  return now;
}
