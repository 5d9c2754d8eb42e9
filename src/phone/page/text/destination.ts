/** Whom a flow calls, by the name that its author gave. */

import type { Callee } from "../../leg/moment.ts";
import { nameOf } from "../../leg/noun.ts";
import type { FlowView } from "../contract/flow.ts";

/** The destination of a flow, or of a part of it, that has this address; undefined if it has no name. */
export function destinationOf(
  callee: Callee,
  flow: string,
  flows: readonly FlowView[] = [],
): string | undefined {
  const own = flows.find(({ name }) => name === flow);
  const running = flows.filter((one) => one === own || own?.parts.includes(one.name));
  const destinations = running.flatMap((one) => one.destinations);
  const addresses = [nameOf(callee), callee.target];
  return destinations.find((one) => one.addresses.some((address) => addresses.includes(address)))?.name;
}
