/** `allow` patterns of SIP addresses, clients, applications and SIMs, as regular expressions. */
import { EMERGENCY_EXTENSIONS } from "./emergency.ts";

/** The characters that a wildcard matches; none of them can end a name or begin a header or a parameter. */
const WILD = "A-Za-z0-9_.+\\-";
const SIP_USER = "[A-Za-z0-9_.+\\-*?]+";
const HOST = "[A-Za-z0-9.\\-]+(:[0-9]+)?";

/** Kinds of addresses: the form of their patterns, and the characters that a wildcard matches. */
export const ADDRESS_KINDS = {
  // RFC 3261, 19.1.1. The host is written out: calls go to it.
  sip: { form: `sips?:${SIP_USER}@${HOST}`, wild: WILD },
  client: { form: "client:[^\\s]{1,256}", wild: `${WILD}\\p{L}\\p{M}\\p{N}` },
  application: { form: "application:AP[0-9a-f*?]+", wild: "0-9a-f" },
  sim: { form: "sim:[A-Z]{2}[0-9a-f*?]+", wild: "0-9a-f" },
} as const;

/** A kind of address that is not a number. */
export type AddressKind = keyof typeof ADDRESS_KINDS;

/** Whether a word is a kind of address; TwiML's nouns have the same names. */
export function isAddressKind(text: string): text is AddressKind {
  return Object.hasOwn(ADDRESS_KINDS, text);
}

/** A pattern as a regular expression for whole addresses, as they are in TwiML: only SIP's have a scheme. */
export function addressPattern(pattern: string, kind: AddressKind): string {
  const { wild } = ADDRESS_KINDS[kind];
  const from = pattern.indexOf(":") + 1;
  if (kind !== "sip") return wildcards(pattern.slice(from), wild);
  const at = pattern.lastIndexOf("@");
  const user = pattern.slice(from, at);
  const scheme = pattern.slice(0, from);
  // An address without a scheme is a `sip:` one.
  const before = scheme.toLowerCase() === "sip:" ? `(?:${anyCase(scheme)})?` : anyCase(scheme);
  return `${before}${exceptEmergency(user)}${wildcards(user, wild)}@${anyCase(pattern.slice(at + 1))}`;
}

/** A lookahead against a user without a name, and against emergency numbers, unless the pattern spells one. */
function exceptEmergency(user: string): string {
  if (!/[*?]/.test(user)) return "";
  return `(?!(?:(?:\\+[0-9]{1,3})?(?:${EMERGENCY_EXTENSIONS.join("|")}))?@)`;
}

function wildcards(text: string, wild: string): string {
  const signs: Record<string, string> = { "*": `[${wild}]*`, "?": `[${wild}]` };
  return [...text].map((sign) => signs[sign] ?? escaped(sign)).join("");
}

function escaped(sign: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(sign) ? `\\${sign}` : sign;
}

// RFC 3261, 19.1.4: scheme and host are compared without regard to case, the user with.
function anyCase(text: string): string {
  return [...text]
    .map((sign) => (/[a-z]/i.test(sign) ? `[${sign.toLowerCase()}${sign.toUpperCase()}]` : escaped(sign)))
    .join("");
}
