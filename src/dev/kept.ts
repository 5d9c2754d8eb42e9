/** Values of persistent variables that the page has chosen for a call. */
import { readEvent } from "../engine/event.ts";
import { KEPT_HEADER } from "../phone/page/contract/http.ts";
import type { Value } from "../phone/page/contract/value.ts";
import { keyOf } from "../worker/persistent.ts";
import type { Store } from "../worker/store.ts";

/** Stores them for the caller of a webhook. */
export async function storeKept(store: Store, request: Request): Promise<void> {
  const header = request.headers.get(KEPT_HEADER);
  if (header === null) return;
  const kept: Record<string, Value> = JSON.parse(decodeURIComponent(header));
  const params = Object.fromEntries(new URLSearchParams(await request.clone().text()));
  const { caller } = readEvent(params);
  for (const [name, value] of Object.entries(kept)) {
    const key = keyOf(name, caller);
    if (key !== undefined) await store.put(key, JSON.stringify(value));
  }
}
