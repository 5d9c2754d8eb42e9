/** The buttons of a window on a diagram. */

/** What the buttons do. */
interface ZoomButtonsProps {
  zoomBy(factor: number): void;
  fitAll(): void;
  follows: boolean;
  follow(): void;
  /** Absent if the flow has none. */
  departments?: { areOpen: boolean; toggle(): void };
}

/** The zoom factor of one button or key press. */
export const STEP = 1.25;

/** Fold the departments, follow the caller, show all, zoom out, zoom in. */
export function ZoomButtons({ zoomBy, fitAll, follows, follow, departments }: ZoomButtonsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons of one window, not fields of a form.
    <div class="zoom" role="group" aria-label="Diagram view">
      {departments && (
        <button type="button" class="small" onClick={departments.toggle}>
          {departments.areOpen ? "Fold all" : "Unfold all"}
        </button>
      )}
      <button type="button" class="small" aria-pressed={follows} onClick={follow}>
        Follow
      </button>
      <button type="button" class="small" onClick={fitAll}>
        Show all
      </button>
      <button type="button" class="small" aria-label="Zoom out" onClick={() => zoomBy(1 / STEP)}>
        −
      </button>
      <button type="button" class="small" aria-label="Zoom in" onClick={() => zoomBy(STEP)}>
        +
      </button>
    </div>
  );
}
