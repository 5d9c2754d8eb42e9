/** The name of a Program's version. The compiler makes it; the Worker checks it before it runs a Program from KV. */
import { isMap } from "./is-map.ts";
import type { Program } from "./program.ts";

/** Ten hexadecimal digits of the SHA-256 of a program in canonical order: the same flow has the same name. */
export function hashOf(program: Omit<Program, "hash">): string {
  // Loaded here: it makes a cold start a tenth longer, and few isolates of the Worker hash.
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(canonical(program)).digest("hex").slice(0, 10);
}

/** Whether a value is such a name. */
export function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{10}$/.test(value);
}

/** JSON with the keys of every map in order. */
export function canonical(value: unknown): string {
  // One map at a time is put in order: a copy of everything would be as large as the Program.
  return JSON.stringify(value, (_, one: unknown) => (isMap(one) ? inOrder(one) : one));
}

function inOrder(map: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let before = "";
  for (const key in map) {
    if (key < before) return sorted(map);
    before = key;
  }
  return map;
}

function sorted(map: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.keys(map)
      .toSorted()
      .map((key) => [key, map[key]]),
  );
}
