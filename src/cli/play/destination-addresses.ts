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

/**
 * A flow's own names of the addresses that it dials; an address without a name keeps its own.
 * @param env environment variables
 */
export function destinationNames(
  flow: Flow,
  env: Readonly<Record<string, string>>,
): (address: string) => string {
  const known = new Map(
    Object.keys(flow.settings.destinations ?? {}).flatMap((name) => {
      const addresses = addressesOf(flow, name, env);
      return addresses.length === 1 ? addresses.map((address) => [address, name] as const) : [];
    }),
  );
  return (address) => known.get(address) ?? address;
}
