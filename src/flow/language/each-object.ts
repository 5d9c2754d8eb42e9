/** A walk over plain data. */
import { isMap } from "../../program/is-map.ts";

/** Calls `visit` for every map inside a value. */
export function eachObject(value: unknown, visit: (one: object) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) eachObject(one, visit);
  } else if (isMap(value)) {
    visit(value);
    for (const key in value) eachObject(value[key], visit);
  }
}
