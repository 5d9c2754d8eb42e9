/** Shortens text to a width, which SVG does not do on its own. */

let canvas: CanvasRenderingContext2D | null | undefined;

/** The average width of a letter by its height, where there is no canvas to measure it: outside of browsers. */
const LETTER = 0.52;

/** The width of a text in a CSS font, in pixels. */
function widthOf(text: string, font: string): number {
  if (typeof document !== "undefined") canvas ??= document.createElement("canvas").getContext("2d");
  if (!canvas) return text.length * Number(/(\d+)px/.exec(font)?.[1]) * LETTER;
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
