/** How many segments a text message is billed as. Source: GSM 03.38; Twilio, "SMS character limits". */

/** One segment alone, and one of several, in characters of the alphabet. */
const GSM = { alone: 160, joined: 153 };
const UCS2 = { alone: 70, joined: 67 };

const PLAIN =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/** Characters that count as two. */
const EXTENDED = "^{}\\[~]|€\f";

/** The segments of a text. One character outside GSM's alphabet makes all of it UCS-2. */
export function segmentsOf(text: string): number {
  const signs = [...text];
  const isGsm = signs.every((sign) => PLAIN.includes(sign) || EXTENDED.includes(sign));
  const length = isGsm
    ? signs.reduce((sum, sign) => sum + (EXTENDED.includes(sign) ? 2 : 1), 0)
    : text.length;
  const { alone, joined } = isGsm ? GSM : UCS2;
  return length <= alone ? 1 : Math.ceil(length / joined);
}
