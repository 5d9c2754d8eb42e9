/** A walk over plain data. */

/** Calls `visit` for every object and list inside a value. */
export function eachObject(value: unknown, visit: (one: object) => void): void {
  if (typeof value !== "object" || value === null) return;
  visit(value);
  for (const one of Object.values(value)) eachObject(one, visit);
}
