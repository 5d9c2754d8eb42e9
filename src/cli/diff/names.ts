/** The author's names of what flows dial. */
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { addressesOf } from "../play/destination-addresses.ts";

/** Names addresses as the two versions of a flow do; the later one's name counts. */
export function namesFor(
  flows: readonly (BuiltFlow | undefined)[],
  env: Readonly<Record<string, string>>,
): (address: string) => string {
  const names = new Map<string, string>();
  for (const built of flows) {
    if (!built) continue;
    for (const name of Object.keys(built.flow.settings.destinations ?? {}))
      for (const address of addressesOf(built.flow, name, env)) names.set(address, name);
  }
  return (address) => {
    const name = names.get(address);
    return name === undefined ? address.replace(/^queue:/, "the queue ") : `${name} (${address})`;
  };
}
