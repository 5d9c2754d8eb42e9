/** The page's icons. Each has text next to it or in its button's label. */

const PATHS = {
  call: "M5 3h4l2 5-2.5 1.6a12 12 0 0 0 5.9 5.9L16 13l5 2v4a2 2 0 0 1-2.2 2A17 17 0 0 1 3 5.2 2 2 0 0 1 5 3Z",
  hangup:
    "M5 3h4l2 5-2.5 1.6a12 12 0 0 0 5.9 5.9L16 13l5 2v4a2 2 0 0 1-2.2 2A17 17 0 0 1 3 5.2 2 2 0 0 1 5 3Z",
  sound: "M4 9v6h4l5 4V5L8 9H4Zm12.5-1.5a6 6 0 0 1 0 9M19 5a10 10 0 0 1 0 14",
  muted: "M4 9v6h4l5 4V5L8 9H4Zm12 .5 5 5m0-5-5 5",
  microphone: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3Zm-7 8a7 7 0 0 0 14 0M12 18v3",
  again: "M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6",
  skip: "M5 5l8 7-8 7V5Zm11 0v14",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  close: "M6 6l12 12M18 6 6 18",
} as const;

/** A picture of 20 by 20 pixels in the colour of the text. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path d={PATHS[name]} transform={name === "hangup" ? "rotate(135 12 12)" : undefined} />
    </svg>
  );
}
