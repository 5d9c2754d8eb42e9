/** Legs as authors write them: a number, the name of a destination, or one of the nouns of a Dial. */
import { Side } from "../language/prompt-schema.ts";
import { Env, Keys } from "../language/schema.ts";
import { Text } from "../language/text-schema.ts";
import { type Static, Type } from "../language/type.ts";
import { APPLICATION, CLIENT, CONFERENCE, NUMBER, QUEUE, SIM, SIP, URI, WHATSAPP } from "./callees.ts";
import { type Noun, PairsOf } from "./noun.ts";

const parameter = Type.Optional(PairsOf);

/** One line that can be rung. */
const Leg = Type.Union([
  Type.String({ minLength: 1 }),
  Env,
  Keys({ number: NUMBER.text.schema, ...NUMBER.attributes }),
  Keys({ client: CLIENT.text.schema, ...CLIENT.attributes, parameter }),
  Keys({
    sip: Type.Union([Text, Type.Array(Keys({ uri: Text, ...URI.attributes }), { minItems: 1 })]),
    ...SIP.attributes,
    headers: parameter,
  }),
  Keys({ conference: CONFERENCE.text.schema, ...CONFERENCE.attributes, wait: Type.Optional(Side("room")) }),
  Keys({ queue: QUEUE.text.schema, ...QUEUE.attributes }),
  Keys({ application: Text, ...APPLICATION.attributes, parameter }),
  Keys({ whatsApp: Text, ...WHATSAPP.attributes }),
  Keys({ sim: Text }),
]);
/** A number, the name of a destination, another kind of line, or a list of these. */
export const Destination = Type.Union([Leg, Type.Array(Leg, { minItems: 1 })], {
  "x-mark": "destination",
  title: "destination",
});
/** One line that a Dial can ring. */
export type Leg = Static<typeof Leg>;
export type Destination = Static<typeof Destination>;

type Callee = Noun & { text: NonNullable<Noun["text"]> };
/** The nouns of a Dial. */
export const CALLEES: readonly Callee[] = [
  NUMBER,
  CLIENT,
  SIP,
  CONFERENCE,
  QUEUE,
  APPLICATION,
  WHATSAPP,
  SIM,
];

/** The noun of a leg; a bare text is a number. */
export function nounOf(leg: Leg): Callee {
  if (typeof leg === "string") return NUMBER;
  return CALLEES.find(({ text }) => text.key in leg) ?? NUMBER;
}
