/** A line with rounded corners, as SVG draws it. */

const RADIUS = 8;

/** The path through these points; each corner is cut by a curve of at most 8 pixels. */
export function roundedPath(points: readonly (readonly [x: number, y: number])[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let path = `M${round(first)}`;
  let before = first;
  rest.forEach((point, index) => {
    const after = rest[index + 1];
    if (!after) path += `L${round(point)}`;
    else path += `L${round(towards(point, before))}Q${round(point)} ${round(towards(point, after))}`;
    before = point;
  });
  return path;
}

/** From a corner a little way to another point; half way if the point is near. */
function towards(
  [x, y]: readonly [number, number],
  [toX, toY]: readonly [number, number],
): readonly [number, number] {
  const length = Math.hypot(toX - x, toY - y);
  const part = length === 0 ? 0 : Math.min(RADIUS, length / 2) / length;
  return [x + (toX - x) * part, y + (toY - y) * part];
}

function round([x, y]: readonly [number, number]): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
