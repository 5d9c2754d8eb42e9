/** Recognizes the command line when it brings new Programs to the running Worker. */
import { strangerIn } from "./forward.ts";
import { isSameKey, KEY_HEADER, type PageServer, PROGRAMS_PATH } from "./page-server.ts";

/** Whether a request replaces the Programs. Without the command line's key it is a request like any other. */
export function bringsPrograms(server: PageServer | undefined, { method, url, headers }: Request): boolean {
  if (!server || method !== "PUT" || new URL(url).pathname !== PROGRAMS_PATH) return false;
  return strangerIn(headers) === undefined && isSameKey(headers.get(KEY_HEADER) ?? "", server.key);
}
