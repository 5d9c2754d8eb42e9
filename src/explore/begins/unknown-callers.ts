/** What is known of a caller and a call before it begins. */
import { CALLER, NUMBER } from "../numbers.ts";
import { written } from "../sides.ts";
import type { ToldApart } from "../told/told-apart.ts";
import { queueOf } from "./unknown-queues.ts";
import {
  type Change,
  type Choice,
  type Draft,
  type Unknown,
  USUAL,
  withParameter,
  withSetting,
} from "./unknowns.ts";

/** What Twilio knows of the caller, by the names of expressions, parameters and scenarios. */
const PLACES: readonly [field: string, parameter: string][] = [
  ["name", "CallerName"],
  ["city", "FromCity"],
  ["state", "FromState"],
  ["zip", "FromZip"],
  ["country", "FromCountry"],
];

/** The sides of what is known of the caller and the call. */
export function callerOf(told: ToldApart): Unknown[] {
  const places = PLACES.map(([field, parameter]) =>
    textsOf(told, `caller.${field}`).map((value) => ({
      label: `${field} ${written(value)}`,
      change: (begin: Draft) => ({
        ...begin,
        params: { ...begin.params, [parameter]: value },
        scenario: withSetting(begin.scenario, "caller", field, value),
      }),
    })),
  );
  const attested = textsOf(told, "caller.attestation").filter((one) => /^[BC]$/.test(one));
  const verified = ["caller.verified", "caller.attestation"].some((key) => told.of(key).length > 0);
  return [
    numbersOf(told),
    answeredBy(told),
    [...(verified ? [{ label: "verified", change: verify }] : []), ...attested.map(attest)],
    calledOf(told),
    forwardedOf(told),
    ...queueOf(told),
    ...places,
  ]
    .filter(({ length }) => length > 0)
    .map((all) => [USUAL, ...all]);
}

const verify: Change = (begin) => ({
  ...begin,
  params: { ...begin.params, StirVerstat: "TN-Validation-Passed-A" },
  scenario: withSetting(begin.scenario, "caller", "verified", true),
});

function attest(attestation: string): Choice {
  return {
    label: `attestation ${attestation}`,
    change: (begin) => ({
      ...begin,
      params: { ...begin.params, StirVerstat: `TN-Validation-Passed-${attestation}` },
      scenario: withSetting(begin.scenario, "caller", "attestation", attestation),
    }),
  };
}

/** The numbers of this line that the flow knows. */
function calledOf(told: ToldApart): Choice[] {
  return knownNumbers(told, "call.to", "call.number").map((to) => ({
    label: `to ${to}`,
    change: (begin) => ({
      ...begin,
      params: { ...begin.params, To: to },
      scenario: { ...begin.scenario, to },
    }),
  }));
}

function forwardedOf(told: ToldApart): Choice[] {
  return textsOf(told, "call.forwardedFrom").map((from) => ({
    label: `forwarded from ${from}`,
    change: withParameter("ForwardedFrom", from),
  }));
}

function textsOf(told: ToldApart, key: string): string[] {
  return told.of(key).flatMap(({ side }) =>
    // Usually nothing is known: what is compared with that is told apart from something.
    "value" in side && typeof side.value === "string" ? [side.value || "something"] : [],
  );
}

const USUAL_DIGITS = "2025550123";

/** The numbers that the flow compares with; those that begin with them if they are only a prefix. */
function knownNumbers(told: ToldApart, ...keys: readonly string[]): string[] {
  const texts = keys.flatMap((key) => textsOf(told, key)).filter((text) => /^\+\d{1,15}$/.test(text));
  return [...new Set(texts)].map((text) => (text.length > 7 ? text : text + USUAL_DIGITS));
}

/** A hidden number, and the numbers that the flow knows. */
function numbersOf(told: ToldApart): Choice[] {
  const numbers = told.of("caller.number").length + told.of("caller.hidden").length > 0 ? ["anonymous"] : [];
  return [...new Set([...numbers, ...knownNumbers(told, "caller.number")])].map((from) => ({
    label: from === "anonymous" ? "a hidden number" : from,
    change: (begin) => ({
      ...begin,
      params: { ...begin.params, From: from },
      scenario: { ...begin.scenario, from },
    }),
  }));
}

/** A call that Twilio places, and what its detection of machines says. */
function answeredBy(told: ToldApart): Choice[] {
  const values = [...textsOf(told, "call.answeredBy"), ...(told.of("call.direction").length > 0 ? [""] : [])];
  return values.map((AnsweredBy) => ({
    label: AnsweredBy === "" ? "placed by Twilio" : `answered by ${AnsweredBy}`,
    change: (begin) => ({
      ...begin,
      params: {
        ...begin.params,
        From: NUMBER,
        To: CALLER,
        Direction: "outbound-api",
        ...(AnsweredBy !== "" && { AnsweredBy }),
      },
      scenario: {
        ...begin.scenario,
        direction: "outbound",
        ...(AnsweredBy !== "" && { answeredBy: AnsweredBy }),
      },
    }),
  }));
}
