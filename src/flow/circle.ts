/** Circles among names that lead to one another. */

/**
 * The circles that one comes to by going on from each of these names, each circle once.
 * @param next where a name leads; always to another of the names
 */
export function circlesAmong(
  names: ReadonlySet<string>,
  next: (name: string) => string | undefined,
): string[][] {
  const seen = new Set<string>();
  const circles: string[][] = [];
  for (const name of names) {
    const path = new Set<string>();
    let at: string | undefined = name;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      path.add(at);
      at = next(at);
    }
    // What led to the circle is no part of it.
    if (at !== undefined && path.has(at)) circles.push([...path].slice([...path].indexOf(at)));
  }
  return circles;
}

/** A circle in words: its names from the first to the first again, the middle of a long one left out. */
export function tellCircle(circle: readonly string[], separator: string): string {
  const [first = ""] = circle;
  const shown = circle.length > 8 ? [...circle.slice(0, 4), "…", ...circle.slice(-2)] : circle;
  return [...shown, first].join(separator);
}
