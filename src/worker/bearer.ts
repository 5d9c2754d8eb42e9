/** Whether a request comes from the Worker's administrator: `Authorization: Bearer <ADMIN_TOKEN>`. */
import { isSame } from "./constant-time.ts";
import type { Deps } from "./deps.ts";

/** Whether the request carries the admin token. Never without a configured one. */
export function isAdmin({ adminToken = "" }: Pick<Deps, "adminToken">, { headers }: Request): boolean {
  const [, token = ""] = /^Bearer +(\S+)$/i.exec(headers.get("Authorization") ?? "") ?? [];
  return adminToken !== "" && isSame(token, adminToken);
}
