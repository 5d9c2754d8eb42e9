/** What a step keeps of the webhook that answers it. */
import type { Op } from "../program/program.ts";
import type { Saved } from "./schema.ts";

/** The ops that keep parameters of the webhook. Where one does not fit its variable, that stays what it was. */
export function keepParams(saved: Saved | undefined): Op[] {
  return Object.entries(saved ?? {}).map(
    ([variable, param]): Op => ({ op: "set", to: { variable }, from: { param }, otherwise: [] }),
  );
}
