/** What services were asked during a turn, as a test would answer for them. */
import type { ServiceRequestView, ServiceResponse, Value } from "../phone/page/contract.ts";
import type { Web } from "../worker/http.ts";
import { isTextMessage } from "./text-messages.ts";

/** What is kept of an answer, in characters: the header that tells of it is no place for more. */
const MOST_TEXT = 2000;

/** The same web, and the list of what was asked of it, filled as answers come. A text message is no question. */
export function watchedWeb(web: Web): { web: Web; asked: ServiceRequestView[] } {
  const asked: ServiceRequestView[] = [];
  const fetchWatched: Web["fetch"] = async (url, init) => {
    if (isTextMessage(url)) return web.fetch(url, init);
    const note = (answer: ServiceResponse) =>
      void asked.push({ method: init.method ?? "GET", url: withoutQuery(url), answer });
    try {
      const response = await web.fetch(url, init);
      note(await answerOf(response.clone()));
      return response;
    } catch (failure) {
      note({ status: init.signal?.aborted ? "timeout" : "failed" });
      throw failure;
    }
  };
  return { web: { ...web, fetch: fetchWatched }, asked };
}

function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, "*");
}

async function answerOf(response: Response): Promise<ServiceResponse> {
  const { status } = response;
  const text = await response.text();
  if (text.length > MOST_TEXT) return { status };
  const json = parsed(text);
  return json === undefined ? { status, text } : { status, json };
}

function parsed(text: string): Value | undefined {
  try {
    const value: Value = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
