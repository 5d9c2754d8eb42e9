/** SIP addresses: their form, and that callers cannot decide their host. */

import type { Problem } from "../language/diagnostic.ts";

/** The problem with a SIP address, in one language or several, if any. */
export function sipProblem(sip: unknown): Problem<"computed-host" | "twilio-13243"> | undefined {
  const written = typeof sip === "object" && sip !== null ? Object.values(sip) : [sip];
  const addresses = written.filter((text) => typeof text === "string");
  if (addresses.some((text) => text.replace(/^.*@/s, "").replace(/\?.*$/s, "").includes("{{"))) {
    const message = "a computed part can be before the @ of a SIP address, not in its host";
    return { code: "computed-host", message };
  }
  const strange = addresses.find((text) => !ADDRESS.test(text.replaceAll(/\{\{.*?\}\}/gs, "x")));
  if (strange === undefined || isEnvMap(sip)) return undefined;
  const message = `"${strange}" is not a SIP address; write one such as sip:desk@example.com`;
  return { code: "twilio-13243", message };
}

// TwiML Sip: under 255 characters, not counting headers after a `?`.
const ADDRESS = /^(sips?:\S{1,250}|[^\s@:?]+@[^\s?]{1,250})(\?\S*)?$/;

function isEnvMap(sip: unknown): boolean {
  return typeof sip === "object" && sip !== null && "env" in sip;
}
