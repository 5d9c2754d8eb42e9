/** `/health`: whether the Worker answers; for its administrator also which flows it has, in which versions. */
import type { Deps } from "./deps.ts";

const HEADERS = { "Cache-Control": "no-store" };

/** Reports health, and with `names` each flow and its current version. */
export function reportHealth(deps: Deps, names: boolean): Response {
  const health = { status: "ok", ...(names && { flows: versions(deps) }) };
  return Response.json(health, { headers: HEADERS });
}

function versions({ programs }: Deps): { flow: string; version: string }[] {
  const current = [...programs].filter(([name, program]) => name === program.flow);
  return current.map(([flow, { hash }]) => ({ flow, version: hash }));
}
