/** A webhook's body: bytes, read once and within a limit, and the parameters in them. */
import { Buffer } from "node:buffer";
import type { Form } from "./signature.ts";

/** What a body may have, in bytes; Twilio's webhooks stay far below. */
export const MOST_BYTES = 64 * 1024;

/** A form's parameters: with every value of a repeated name, and with the last one only. */
export interface Parameters {
  all: Form;
  last: Readonly<Record<string, string>>;
}

// A byte order mark is a part of the first name: what is signed must be read as it came.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads the whole body; undefined where it has more than 64 kB. */
export async function readBody(request: Request): Promise<Uint8Array | undefined> {
  const declared = request.headers.get("Content-Length");
  if (declared === null) return readStream(request.body);
  return Number(declared) <= MOST_BYTES ? new Uint8Array(await request.arrayBuffer()) : undefined;
}

// Where nothing declares the length, reading stops at the limit.
async function readStream(stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    length += part.value.length;
    if (length > MOST_BYTES) {
      await reader?.cancel();
      return undefined;
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}

/** Reads `application/x-www-form-urlencoded` as the URL standard has it. */
export function readForm(body: Uint8Array): Parameters {
  // Without a prototype, a parameter may have any name.
  const all: Record<string, string | string[]> = Object.create(null);
  const last: Record<string, string> = Object.create(null);
  for (const pair of decoder.decode(body).split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeText(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : decodeText(pair.slice(equals + 1));
    const before = all[name];
    // Appended in place: what nobody has signed yet must not cost more than its length.
    if (Array.isArray(before)) before.push(value);
    else all[name] = before === undefined ? value : [before, value];
    last[name] = value;
  }
  return { all, last };
}

// URLSearchParams does the same for a whole form; in workerd, going through it costs a tenth of a turn.
function decodeText(text: string): string {
  if (!text.includes("%") && !text.includes("+")) return text;
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return new URLSearchParams(`=${text}`).get("") ?? "";
  }
}
