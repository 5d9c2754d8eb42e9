/** SIP addresses: their form, and that callers cannot decide their host. */

import type { Problem } from "../language/diagnostic.ts";
import { HOLE_CHARACTERS, maskHoles } from "../language/text.ts";

/** A SIP address as written: what is judged, up to its parameters and headers, and those. */
interface SipParts {
  address: string;
  after: string;
}

/** Splits a SIP address before its first literal `?`, or before the `;` that follows its host. */
export function splitSip(sip: string): SipParts {
  const masked = maskHoles(sip);
  const end = masked.includes("?") ? masked.indexOf("?") : masked.length;
  const parameters = masked.indexOf(";", masked.lastIndexOf("@", end));
  const at = parameters < 0 ? end : Math.min(parameters, end);
  return { address: sip.slice(0, at), after: sip.slice(at) };
}

/** The problem with a SIP address, in one language or several, if any. */
export function sipProblem(sip: unknown): Problem<"computed-host" | "twilio-13243"> | undefined {
  const written = typeof sip === "object" && sip !== null ? Object.values(sip) : [sip];
  const addresses = written.filter((text) => typeof text === "string");
  if (addresses.some(hasComputedHost)) {
    const message = "a computed part can be before the @ of a SIP address, not in its host";
    return { code: "computed-host", message };
  }
  const strange = addresses.find((text) => !ADDRESS.test(filled(text)));
  if (strange === undefined || isEnvMap(sip)) return undefined;
  const message = `"${strange}" is not a SIP address; write one such as sip:desk@example.com`;
  return { code: "twilio-13243", message };
}

// Before its headers, an address is computed up to the @ at most: headers come before no host.
function hasComputedHost(sip: string): boolean {
  const masked = maskHoles(sip);
  const [address = ""] = masked.split("?");
  return HOLE_CHARACTERS.test(address.slice(address.lastIndexOf("@") + 1));
}

/** An address with a letter in the place of each hole. */
function filled(sip: string): string {
  return maskHoles(sip).replaceAll(/\uE000+/g, "x");
}

// TwiML Sip: under 255 characters, not counting headers after a `?`.
const ADDRESS = /^(sips?:\S{1,250}|[^\s@:?]+@[^\s?]{1,250})(\?\S*)?$/;

function isEnvMap(sip: unknown): boolean {
  return typeof sip === "object" && sip !== null && "env" in sip;
}
