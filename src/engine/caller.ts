/**
 * Who the other person is, decided once for every webhook: who calls an incoming call, and who is called by an outgoing
 * one. Sources: Twilio, "2.1 Every TwiML request" and "Trusted Calling with SHAKEN/STIR".
 */
import type { Caller } from "../program/program.ts";

type Params = Readonly<Record<string, string>>;

// What carriers send instead of a number: words, the same words on a phone's keys (+266696687 spells ANONYMOUS), and the
// anonymous address of RFC 3323. A client without an identity is `client:Anonymous`.
const HIDDEN =
  /^(|(client:)?anonymous|sip:anonymous@.*|restricted|blocked|private|withheld|unknown|unavailable|\+?(266696687|7378742833|2562533|7748283|8656696|86282452253))$/i;

// StirVerstat: a diverted call, or one whose own attestation was passed along, has passed as well.
const PASSED = /^TN-Validation-Passed-([ABC])(-Diverted|-Passthrough)?$/;

/** Twilio, Direction: Twilio made the call, so the other person is `To`. */
export function isOutbound(direction = ""): boolean {
  return direction.startsWith("outbound");
}

/** Reads the other person. Missing parameters become empty texts; a hidden number is always `anonymous`. */
export function readCaller(params: Params): Caller {
  const side = isOutbound(params.Direction) ? "To" : "From";
  const received = params[side] ?? "";
  const hidden = HIDDEN.test(received);
  // What Twilio works out from +266696687 is a place in Thailand.
  const place = (part: string): string => (hidden ? "" : (params[side + part] ?? ""));
  const attestation = PASSED.exec(params.StirVerstat ?? "")?.[1] ?? "";
  return {
    number: hidden ? "anonymous" : received,
    hidden,
    name: params.CallerName ?? "",
    city: place("City"),
    state: place("State"),
    zip: place("Zip"),
    country: place("Country"),
    attestation,
    verified: attestation === "A",
  };
}
