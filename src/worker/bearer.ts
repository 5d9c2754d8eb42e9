/** Whether a request carries one of the Worker's secrets: `Authorization: Bearer <secret>`. */
import { isSame } from "./constant-time.ts";
import type { Deps } from "./deps.ts";

/** Whether the request carries the token. Never without a configured one. */
export function bears(expected: string | undefined, { headers }: Request): boolean {
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(headers.get("Authorization") ?? "") ?? [];
  return !!expected && isSame(token, expected);
}

/** Whether the request carries the admin token. */
export function isAdmin({ adminToken }: Pick<Deps, "adminToken">, request: Request): boolean {
  return bears(adminToken, request);
}
