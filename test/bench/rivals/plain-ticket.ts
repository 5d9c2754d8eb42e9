/** Stands in for the Worker's ticket.ts where the price of sealing is what one wants to know. */
import { Buffer } from "node:buffer";
import type { Call } from "../../../src/program/program.ts";

/** A state as base64url, for anybody to read. */
export function seal(_tokens: readonly string[], _path: string, call: Call): string {
  return Buffer.from(JSON.stringify(call)).toString("base64url");
}

/** The state in such a ticket; throws on anything else. */
export function open(_tokens: readonly string[], _path: string, ticket: string): Call {
  return JSON.parse(Buffer.from(ticket, "base64url").toString());
}
