/**
 * Who the other person is, decided once for every webhook: who calls an incoming call, and who is called by an outgoing
 * one. Sources: Twilio, "2.1 Every TwiML request" and "Trusted Calling with SHAKEN/STIR".
 */
import type { Caller } from "../program/call.ts";

type Params = Readonly<Record<string, string>>;

// What carriers send instead of a number: words, the same words on a phone's keys (+266696687 spells ANONYMOUS), and either
// in a SIP address, such as the anonymous one of RFC 3323. A client without an identity is `client:Anonymous`.
const HIDDEN =
  /^(client:anonymous|(sips?:)?(|anonymous|restricted|blocked|private|withheld|unknown|unavailable|\+?(266696687|7378742833|2562533|7748283|8656696|86282452253))(@.*)?)$/i;

// StirVerstat: a diverted call, or one whose own attestation was passed along, has passed as well.
const PASSED = /^TN-Validation-Passed-([ABC])(-Diverted)?(-Passthrough)?$/;

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

// Two ways to write one person's number, which Twilio's channels mix: Mexico's and Argentina's mark of a mobile phone
// (their plans of 2019 and 1999; WhatsApp still sends it), and Brazil's ninth digit, before what was a mobile number.
const SAME_PERSON: readonly (readonly [RegExp, string])[] = [
  [/\+521(\d{10})$/, "+52$1"],
  [/\+549(\d{10})$/, "+54$1"],
  [/\+55(\d\d)9([6-9]\d{7})$/, "+55$1$2"],
];

/** An address in the one form that stands for its person, for what is remembered and counted by caller. */
export function personAt(address: string): string {
  return SAME_PERSON.reduce((one, [form, same]) => one.replace(form, same), address);
}
