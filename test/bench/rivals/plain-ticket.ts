/** Stands in for the Worker's ticket.ts to show what sealing costs. */
import { Buffer } from "node:buffer";
import type { Call } from "../../../src/program/call.ts";

/** A state as base64url, for anybody to read. */
export async function seal(sealing: unknown, path: string, call: Call): Promise<string> {
  return sealText(sealing, path, JSON.stringify(call));
}

/** The state in such a ticket; throws on anything else. */
export async function open(sealing: unknown, path: string, ticket: string): Promise<Call> {
  return JSON.parse(await openText(sealing, path, ticket));
}

/** A text as base64url. */
export async function sealText(_sealing: unknown, _bound: string, text: string): Promise<string> {
  return Buffer.from(text).toString("base64url");
}

/** Such a text. */
export async function openText(_sealing: unknown, _bound: string, ticket: string): Promise<string> {
  return Buffer.from(ticket, "base64url").toString();
}
