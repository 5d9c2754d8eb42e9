/** Shortens text to a width, which SVG does not do on its own. */

let canvas: CanvasRenderingContext2D | null | undefined;

/** The width of a text in a CSS font, in pixels. */
function widthOf(text: string, font: string): number {
  canvas ??= document.createElement("canvas").getContext("2d");
  if (!canvas) return text.length * 7;
  canvas.font = font;
  return canvas.measureText(text).width;
}

/** As much of a text as fits, with an ellipsis if it is cut. */
export function cut(text: string, pixels: number, font: string): string {
  if (widthOf(text, font) <= pixels) return text;
  let least = 0;
  let most = text.length;
  while (least < most) {
    const half = Math.ceil((least + most) / 2);
    if (widthOf(`${text.slice(0, half)}…`, font) <= pixels) least = half;
    else most = half - 1;
  }
  return `${text.slice(0, least).trimEnd()}…`;
}
