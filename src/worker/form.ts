/** The body of a webhook: bytes, read once and within a limit, and the parameters in them. */

/** The largest body that is read, in bytes; Twilio's webhooks are far smaller. */
export const MOST_BYTES = 64 * 1024;
/** The most parameters that are read; Twilio's webhooks have about forty. */
export const MOST_PARAMETERS = 300;

/** A form's parameters. */
export interface Form {
  /** Each name once, in the order in which they came. */
  names: readonly string[];
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
 * Reads the whole body; says so if it is over 64 kB or 300 parameters, or breaks off. It has no time limit: only its sender waits
 * for it, and a timer for each webhook costs as much as its signature.
 */
export async function readPosted(request: Request): Promise<Form | "too large" | "broken"> {
  const declared = request.headers.get("Content-Length");
  if (declared !== null && !(Number(declared) <= MOST_BYTES)) return "too large";
  try {
    const text =
      declared === null ? await readStream(request.body) : await readText(request, Number(declared));
    return text === undefined || hasTooMany(text) ? "too large" : readForm(text);
  } catch {
    return "broken";
  }
}

const encoder = new TextEncoder();
const MARK = "\ufeff";
const MARK_BYTES = 3;

/** A body of so many bytes. `text()` drops a byte order mark, which the signature covers: it is put back. */
async function readText(request: Request, length: number): Promise<string> {
  const text = await request.text();
  // Twilio's bodies are ASCII.
  const hadMark = text.length !== length && encoder.encode(text).length + MARK_BYTES === length;
  return hadMark ? MARK + text : text;
}

// Without a declared length, reading stops at the limit.
async function readStream(stream: ReadableStream<Uint8Array> | null): Promise<string | undefined> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const reader = stream?.getReader();
  let text = "";
  let length = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    length += part.value.length;
    if (length > MOST_BYTES) {
      await reader?.cancel();
      return undefined;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

/** Whether a body has more than 300 parameters, without reading any. */
function hasTooMany(text: string): boolean {
  let ampersands = 0;
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) ampersands++;
  return ampersands >= MOST_PARAMETERS;
}

/** Reads `application/x-www-form-urlencoded` as the URL standard defines it: a body, or the query of a URL. */
export function readForm(text: string): Form {
  const names: string[] = [];
  // Without a prototype, a parameter can have any name.
  const values: Record<string, string> = Object.create(null);
  let repeated: Record<string, string[]> | undefined;
  // Without `split`, whose list would be garbage at once. No character is looked at twice.
  for (let from = 0, end = 0, equals = -1; from < text.length; from = end + 1) {
    end = indexIn(text, "&", from);
    if (end === from) continue;
    if (equals < from) equals = indexIn(text, "=", from);
    const name = decodeText(text.slice(from, Math.min(equals, end)));
    const value = decodeText(text.slice(equals + 1, end));
    const before = values[name];
    if (before === undefined) names.push(name);
    else repeated = repeat(repeated, name, before, value);
    values[name] = value;
  }
  return { names, values, repeated };
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
