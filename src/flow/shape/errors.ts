/** What is wrong with a value that does not fit its schema: one error for each place and keyword. */

import { isMap } from "../../program/is-map.ts";
import type { JsonSchema } from "../language/mark.ts";
import { entrySchemas, fits, meets } from "./fits.ts";
import { type Projected, pointerStep } from "./project.ts";

/** One thing that is wrong with a value. */
export interface ShapeError {
  /** The keyword of the schema that is not met. */
  keyword: string;
  /** The schema with the keyword. */
  schema: JsonSchema;
  /** A JSON pointer to the value. */
  instance: string;
  /** The key of a map that is missing, or is unknown. */
  key?: string;
  /** Whether the schema is a branch of a union, or in one. */
  inUnion: boolean;
}

type Place = Pick<ShapeError, "instance" | "inUnion">;

/** The errors of a projected value. Of a union, only the branch counts that the author meant. */
export function errorsOf(schema: JsonSchema, { value, branches }: Projected): ShapeError[] {
  const errors: ShapeError[] = [];
  collect(schema, value, { instance: "", inUnion: false });
  return errors;

  function collect(one: JsonSchema, part: unknown, place: Place): void {
    if (fits(one, part)) return;
    for (const keyword of Object.keys(one)) {
      if (!meets(one, keyword, part)) collectKeyword(one, keyword, part, place);
    }
    if (isMap(part)) collectEntries(one, part, place);
  }

  function collectKeyword(one: JsonSchema, keyword: string, part: unknown, place: Place): void {
    if (keyword === "anyOf") {
      const meant = branches.get(place.instance)?.find((branch) => branch.schema === one);
      for (const branch of meant ? [meant.taken] : (one.anyOf ?? []))
        collect(branch, part, { ...place, inUnion: true });
    } else if (keyword === "items" && Array.isArray(part)) {
      part.forEach((item: unknown, index) => {
        collect(one.items ?? {}, item, { ...place, instance: `${place.instance}/${index}` });
      });
    } else if (keyword === "required" && isMap(part)) {
      const missing = one.required?.filter((key) => !Object.hasOwn(part, key)) ?? [];
      for (const key of missing) errors.push({ ...place, keyword, schema: one, key });
    } else errors.push({ ...place, keyword, schema: one });
  }

  function collectEntries(one: JsonSchema, map: Record<string, unknown>, place: Place): void {
    for (const [key, entry] of Object.entries(map)) {
      const schemas = entrySchemas(one, key);
      if (!schemas) errors.push({ ...place, keyword: "additionalProperties", schema: one, key });
      for (const below of schemas ?? [])
        collect(below, entry, { ...place, instance: place.instance + pointerStep(key) });
    }
  }
}
