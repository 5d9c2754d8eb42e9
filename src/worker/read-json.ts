/** Reads what a service answers, within limits of size and depth. */
import type { Json } from "../program/json.ts";

/** The longest answer that is read, in bytes. */
const MOST_BYTES = 256 * 1024;
/** How deep an answer may nest: the parts that a flow captures are written as JSON again. */
const MOST_DEPTH = 100;

/** A text as JSON: null if it is empty, undefined if it is missing, too deep or not JSON. */
export function jsonOf(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  if (text.trim() === "") return null;
  try {
    const value: Json = JSON.parse(text);
    return isDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Whether a value nests too deep. Looks no deeper than the limit. */
function isDeep(value: Json, left = MOST_DEPTH): boolean {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((one) => isDeep(one, left - 1));
}

/** The body as text; undefined if it is too long. */
export async function readText({ body }: Response): Promise<string | undefined> {
  if (!body) return "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
