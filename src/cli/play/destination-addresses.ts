/** The addresses of a destination, as a called phone shows them. */
import { addressOf, envOf, groupsOf } from "../../flow/compile/destination.ts";
import type { Flow } from "../../flow/model/flow.ts";
import type { Leg } from "../../flow/twiml/leg.ts";

/**
 * The addresses of the destination with this name; none if the flow has no such destination.
 * @param env environment variables
 */
export function addressesOf(
  { settings }: Flow,
  name: string,
  env: Readonly<Record<string, string>>,
): string[] {
  const known = settings.destinations ?? {};
  if (!Object.hasOwn(known, name)) return [];
  const [legs = []] = groupsOf(known, name, false);
  return legs.flatMap((leg) => shownAddress(leg, env) ?? []);
}

/** The address of a leg; undefined if its environment variable is unset, or it has none. */
export function shownAddress(leg: Leg, env: Readonly<Record<string, string>>): string | undefined {
  const name = envOf(leg);
  if (name !== undefined) return env[name];
  const address = addressOf(leg);
  return typeof address === "string" ? address : undefined;
}
