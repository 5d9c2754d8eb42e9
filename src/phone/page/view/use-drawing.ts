/** The drawing of a flow for a window, and which of its departments are open. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Department, Drawing, Graph } from "../contract/drawing.ts";
import { divide } from "../layout/departments.ts";
import { layOut } from "../layout/layout.ts";
import type { Size } from "../text/viewport.ts";

/** A drawing that can be folded. */
interface Foldable {
  drawing: Drawing;
  toggle(department: Department): void;
  /** Opens all departments, or folds all. */
  toggleAll(): void;
  /** As many open as can be read. */
  refold(): void;
}

/** A window that grows by less than this keeps its drawing, in pixels. */
const COARSE = 120;

/** @param seen steps that are shown: their departments open */
export function useDrawing(graph: Graph, size: Size, seen: readonly (string | undefined)[]): Foldable {
  const [open, setOpen] = useState<readonly string[]>();
  const width = coarse(size.width);
  const height = coarse(size.height);
  const drawing = useMemo(
    () => layOut(graph, { window: { width, height }, ...(open && { open }) }),
    [graph, width, height, open],
  );
  const opened = (): string[] => drawing.departments.filter(({ isOpen }) => isOpen).map(({ id }) => id);
  const parts = useMemo(() => [...divide(graph).departments.values()], [graph]);
  // A department that is folded by hand stays so until another step in it is shown.
  useEffect(() => {
    const around = parts.filter(({ steps }) => steps.some((step) => seen.includes(step)));
    const known = new Set(opened());
    if (around.some(({ id }) => !known.has(id))) setOpen([...known, ...around.map(({ id }) => id)]);
  }, [seen.join("\n"), parts]);
  return {
    drawing,
    toggle: ({ id, isOpen }) => setOpen(isOpen ? opened().filter((one) => one !== id) : [...opened(), id]),
    toggleAll: () => setOpen(opened().length > 0 ? [] : drawing.departments.map(({ id }) => id)),
    refold: () => setOpen(undefined),
  };
}

function coarse(pixels: number): number {
  return Math.max(COARSE, Math.round(pixels / COARSE) * COARSE);
}
