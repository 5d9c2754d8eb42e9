/**
 * The cookies that Twilio keeps of text messages: one for each two numbers, for four hours at most. Source: Twilio, "Cookies" in
 * "TwiML for Programmable Messaging".
 */

/** What Twilio keeps, by the two numbers. */
export type Cookies = Map<string, Cookie>;

/** A cookie as it is sent back, and the moment at which Twilio forgets it. */
interface Cookie {
  pair: string;
  until: number;
}

/** The two numbers of a message. */
interface Pair {
  from: string;
  to: string;
}

/** Twilio keeps a cookie this long at most, in milliseconds. */
const LONGEST = 4 * 3_600_000;

/** The cookie that comes with the next message of two numbers; undefined without one. */
export function cookieOf(cookies: Cookies | undefined, numbers: Pair, now: number): string | undefined {
  const cookie = cookies?.get(keyOf(numbers));
  return cookie !== undefined && now < cookie.until ? cookie.pair : undefined;
}

/**
 * Keeps what a response sets, in place of the cookie before.
 * @param header the value of `Set-Cookie`
 */
export function keepCookie(
  cookies: Cookies | undefined,
  numbers: Pair,
  header: string | undefined,
  now: number,
): void {
  if (!cookies || header === undefined) return;
  const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
  cookies.set(keyOf(numbers), { pair, until: now + Math.min(LONGEST, lifeOf(attributes, now)) });
}

/** How long a cookie lasts by its attributes, in milliseconds. `Max-Age` goes before `Expires`. */
function lifeOf(attributes: readonly string[], now: number): number {
  const find = (name: string): string | undefined =>
    attributes.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const [age, expires] = [find("max-age"), find("expires")];
  if (age !== undefined) return Number(age) * 1000;
  return expires === undefined ? LONGEST : Date.parse(expires) - now;
}

function keyOf({ from, to }: Pair): string {
  return `${from} ${to}`;
}
