/** The body of a webhook: bytes, read once and within a limit, and the parameters in them. */

/** The largest body that is read, in bytes; Twilio's webhooks are far smaller. */
export const MOST_BYTES = 64 * 1024;
/** The most parameters that are read; Twilio's webhooks have about forty. */
export const MOST_PARAMETERS = 300;

/** A form's parameters. */
export interface Form {
  /** The last value of each name. */
  values: Readonly<Record<string, string>>;
  /** Every value of each repeated name, if there are any. */
  repeated?: Readonly<Record<string, string[]>> | undefined;
}

/** Whether a Content-Type is that of a form. */
export function isForm(contentType: string | null): boolean {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded";
}

/**
 * Reads the whole body; says so if it is over 64 kB, or breaks off. It has no time limit: only its sender waits for it, and a
 * timer for each webhook costs as much as its signature.
 */
export async function readBody(request: Request): Promise<Uint8Array | "too large" | "broken"> {
  const declared = request.headers.get("Content-Length");
  if (declared !== null && !(Number(declared) <= MOST_BYTES)) return "too large";
  try {
    return declared === null ? await readStream(request.body) : new Uint8Array(await request.arrayBuffer());
  } catch {
    return "broken";
  }
}

// Without a declared length, reading stops at the limit.
async function readStream(stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array | "too large"> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    length += part.value.length;
    if (length > MOST_BYTES) {
      await reader?.cancel();
      return "too large";
    }
    parts.push(part.value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return body;
}

/** Whether a body has more than 300 parameters, without reading any. */
export function hasTooMany(body: Uint8Array): boolean {
  let ampersands = 0;
  for (const byte of body) if (byte === AMPERSAND) ampersands++;
  return ampersands >= MOST_PARAMETERS;
}

const AMPERSAND = 0x26;

// A byte order mark is part of the first name: the signature covers the bytes as they came.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads `application/x-www-form-urlencoded` as the URL standard defines it; a text is the query of a URL. */
export function readForm(body: Uint8Array | string): Form {
  // Without a prototype, a parameter can have any name.
  const values: Record<string, string> = Object.create(null);
  let repeated: Record<string, string[]> | undefined;
  const text = typeof body === "string" ? body : decoder.decode(body);
  // Without `split`, whose list would be garbage at once. No character is looked at twice.
  for (let from = 0, end = 0, equals = -1; from < text.length; from = end + 1) {
    end = indexIn(text, "&", from);
    if (end === from) continue;
    if (equals < from) equals = indexIn(text, "=", from);
    const name = decodeText(text.slice(from, Math.min(equals, end)));
    const value = decodeText(text.slice(equals + 1, end));
    if (values[name] !== undefined) repeated = repeat(repeated, name, values[name], value);
    values[name] = value;
  }
  return { values, repeated };
}

/** Where a character comes next; the end of the text if it does not. */
function indexIn(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at < 0 ? text.length : at;
}

// Appended in place: the body is not verified yet, so it must not cost more than its length.
function repeat(
  repeated: Record<string, string[]> = Object.create(null),
  name: string,
  before: string,
  value: string,
): Record<string, string[]> {
  const all = repeated[name];
  if (all) all.push(value);
  else repeated[name] = [before, value];
  return repeated;
}

// URLSearchParams does the same for a whole form, but in workerd it costs a tenth of a turn.
function decodeText(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return new URLSearchParams(`=${text}`).get("") ?? "";
  }
}
