/** A row of a list as the queue has it: sealed, because its values are those of a person. */
import { jsonIn } from "../engine/values.ts";
import { isMap } from "../program/is-map.ts";
import type { Body } from "./call-fields.ts";
import { openText, type Sealing, sealText } from "./ticket.ts";

/** A call to place, and when. */
export interface Row {
  /** This Worker's URL, as the client has used it. */
  base: string;
  /** As for a single call. */
  body: Body;
  /** Empty for any hour. */
  hours: string;
  zone: string;
}

// No path of a ticket begins like this, and no start ticket.
const boundTo = (flow: string, key: string): string => `row ${flow} ${key}`;

/** Seals a row. */
export function sealRow(sealing: Sealing, flow: string, key: string, row: Row): Promise<string> {
  return sealText(sealing, boundTo(flow, key), JSON.stringify(row));
}

/** Opens a row; undefined if none of the secrets has sealed it. */
export async function openRow(
  sealing: Sealing,
  flow: string,
  key: string,
  sealed: string,
): Promise<Row | undefined> {
  const row = jsonIn((await openText(sealing, boundTo(flow, key), sealed)) ?? "");
  if (!isMap(row) || !isMap(row.body)) return undefined;
  return { base: String(row.base), body: row.body, hours: String(row.hours), zone: String(row.zone) };
}
