/** Computed receivers: each must match an `allow` pattern before it rings, and what was matched is what rings. */
import { isMap } from "../../../program/is-map.ts";
import type { Op } from "../../../program/op.ts";
import { type Compiler, textSource } from "../../compile/compiler.ts";
import { isComputedAddress, isComputedLeg, type Rung, textsIn } from "../../compile/destination.ts";
import { mapValues } from "../../language/map-values.ts";
import { isEnv } from "../../language/schema.ts";
import { maskHoles } from "../../language/text.ts";
import type { Text } from "../../language/text-schema.ts";
import { isAddressKind } from "../../numbers/addresses.ts";
import { type AllowKind, allowed } from "../../numbers/allow.ts";
import { isText } from "../../twiml/attributes.ts";
import { SIP } from "../../twiml/callees.ts";
import { type Leg, nounOf } from "../../twiml/leg.ts";
import type { Noun } from "../../twiml/noun.ts";
import { splitSip } from "../../twiml/sip.ts";

/** The legs of a turn, and the ops that judge the computed ones. */
interface Judged {
  judge: Op[];
  rung: Rung[];
  /** Forget the addresses: they are not needed after the document. */
  forget: Op[];
}

/** What the `allow` patterns of a computed leg match. */
export function allowKindOf(leg: Leg): AllowKind {
  const { key } = nounOf(leg).text;
  return isAddressKind(key) ? key : "number";
}

/** The pattern that lets every address of a computed text through. */
export function patternFor(leg: Leg, text: string): string {
  const kind = allowKindOf(leg);
  if (kind === "number") return "+1415*";
  if (kind === "application") return "application:AP*";
  if (kind === "sim") return "sim:DE*";
  const written = kind === "sip" ? splitSip(text).address : text;
  const pattern = maskHoles(written).replaceAll(/\uE000+/g, "*");
  return /^(?:sips?:|client:)/i.test(pattern) ? pattern : `${kind}:${pattern}`;
}

/** The slot of the leg's computed address. */
export function receiverSlot(index: number): string {
  return `receiver.${index}`;
}

/** Judges the computed legs: one that matches no pattern is left out, as an unset environment variable is. */
export function judgeLegs(
  legs: readonly Leg[],
  allow: readonly string[] | undefined,
  compiler: Compiler,
): Judged {
  const judged = legs.map((leg, index): Judged => {
    if (!isComputedLeg(leg) || typeof leg === "string") return { judge: [], rung: [{ leg }], forget: [] };
    const matches = allowed(allow ?? [], allowKindOf(leg));
    return judgeLeg(leg, receiverSlot(index), matches, compiler);
  });
  return {
    judge: judged.flatMap(({ judge }) => judge),
    rung: judged.flatMap(({ rung }) => rung),
    forget: judged.flatMap(({ forget }) => forget),
  };
}

function judgeLeg(leg: Exclude<Leg, string>, slot: string, matches: string, compiler: Compiler): Judged {
  const noun = nounOf(leg);
  const judge: Op[] = [];
  const slots: string[] = [];
  const judged = (address: unknown): unknown => {
    if (!isText(address) || !textsIn(address).some(isComputedAddress)) return address;
    const own = slots.length === 0 ? slot : `${slot}.${slots.length}`;
    slots.push(own);
    judge.push(...judgeText(address, noun, { own, first: slot, matches }, compiler));
    return withSlot(address, noun, compiler.mark({ hole: { slot: own }, as: "xml" }));
  };
  const fields: Record<string, unknown> = { ...leg };
  const body = mapValues(fields, (value, key) => {
    if (key !== noun.text.key) return value;
    return Array.isArray(value)
      ? value.map((one: unknown) => (isMap(one) ? { ...one, uri: judged(one.uri) } : one))
      : judged(value);
  });
  const forget = slots.map((one): Op => ({ op: "set", to: { slot: one }, from: { value: "" } }));
  return { judge, rung: [{ leg, body, needs: { slot } }], forget };
}

interface Judgement {
  /** The slot of the address, and that of the leg's first one: empty, it leaves the leg out. */
  own: string;
  first: string;
  matches: string;
}

function judgeText(text: Text, noun: Noun, to: Judgement, { facts }: Compiler): Op[] {
  if (typeof text === "string") return [judgeOne(text, noun, to)];
  const { [facts.speech.language]: own, ...others } = isEnv(text) ? {} : text;
  const [first = ""] = Object.values(others);
  const cases = mapValues(others, (one) => [judgeOne(one, noun, to)]);
  const isOwn = [judgeOne(own ?? first, noun, to)];
  // Ops after a `switch` run as well, so the flow's own language comes first, and the call's replaces it.
  return [...isOwn, { op: "switch", on: { language: true }, cases }];
}

function judgeOne(text: string, noun: Noun, { own, first, matches }: Judgement): Op {
  const from = textSource(noun === SIP ? splitSip(text).address : text);
  const to = { slot: own };
  if (!isComputedAddress(text)) return { op: "set", to, from };
  return {
    op: "set",
    to,
    from,
    matches,
    otherwise: [{ op: "set", to: { slot: first }, from: { value: "" } }],
  };
}

/** The address as its slot holds it; what follows a SIP address is left as written. */
function withSlot(text: Text, noun: Noun, slot: string): Text {
  if (noun !== SIP || isEnv(text)) return slot;
  if (typeof text === "string") return slot + splitSip(text).after;
  return mapValues(text, (one) => slot + splitSip(one).after);
}
