/** Stands in for the Worker's ticket.ts to show what sealing costs. */
import { Buffer } from "node:buffer";
import type { Call } from "../../../src/program/program.ts";

/** A state as base64url, for anybody to read. */
export async function seal(_sealing: unknown, _path: string, call: Call): Promise<string> {
  return Buffer.from(JSON.stringify(call)).toString("base64url");
}

/** The state in such a ticket; throws on anything else. */
export async function open(_sealing: unknown, _path: string, ticket: string): Promise<Call> {
  return JSON.parse(Buffer.from(ticket, "base64url").toString());
}
