/** The icon of what a step does. */
import { h } from "preact";
import type { Role } from "../contract/steps.ts";

/** Paths in a square of 16 by 16; each shape differs in its outline, not only in its colour. */
const PATHS: Readonly<Record<Role, string>> = {
  speaks: "M2 3h12v8H8l-4 3v-3H2Z",
  asks: "M4 3h.01M8 3h.01M12 3h.01M4 7h.01M8 7h.01M12 7h.01M4 11h.01M8 11h.01M12 11h.01M8 15h.01",
  records: "M8 1.5a3 3 0 0 1 3 3v3a3 3 0 0 1-6 0v-3a3 3 0 0 1 3-3ZM2.5 7.5a5.5 5.5 0 0 0 11 0M8 13v2",
  connects:
    "M3.5 1.5h2.6l1.3 3.4-1.7 1.1a8 8 0 0 0 4 4l1.1-1.7 3.4 1.3v2.6a1.4 1.4 0 0 1-1.5 1.4A11.5 11.5 0 0 1 2 3a1.4 1.4 0 0 1 1.5-1.5Z",
  decides: "M8 1.5 14.5 8 8 14.5 1.5 8Z",
  reaches: "M14 2 1.5 7l5 2.5L9 14.5ZM6.5 9.5 14 2",
  runs: "M1.5 5.5h9v9h-9ZM5.5 5.5v-4h9v9h-4",
  ends: "M3 3l10 10M13 3 3 13",
};

/** What each does, in a word. */
export const ROLES: Readonly<Record<Role, string>> = {
  speaks: "speaks",
  asks: "asks",
  records: "records",
  connects: "connects",
  decides: "decides",
  reaches: "reaches a service or a person",
  runs: "runs a flow",
  ends: "ends the call",
};

/** A square of 28 by 28 pixels in the colour of the role, its corner at a point. */
export function RoleMark({ role, x, y }: { role: Role; x: number; y: number }) {
  return h(
    "g",
    { class: `role is-${role}`, transform: `translate(${x} ${y})` },
    h("rect", { class: "role-ground", width: 28, height: 28, rx: 7 }),
    h("path", { class: "role-sign", transform: "translate(6 6)", d: PATHS[role] }),
  );
}
