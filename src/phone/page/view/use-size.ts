/** The size of an element, whenever it changes. */
import { useEffect, useState } from "preact/hooks";
import type { Size } from "../text/viewport.ts";

/** A usual size until the element is there. */
export function useSize(frame: { current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 800, height: 600 });
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    const measure = (): void => setSize({ width: current.clientWidth, height: current.clientHeight });
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(current);
    return () => observer.disconnect();
  }, [frame]);
  return size;
}
