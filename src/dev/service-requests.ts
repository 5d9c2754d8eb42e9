/** The service requests of a turn, with their answers in the form of a test's. */
import type { ServiceRequestView, ServiceResponse, Value } from "../phone/page/contract.ts";
import type { Web } from "../worker/http.ts";
import { isTextMessage } from "./text-messages.ts";

/** The longest answer that is shown, in characters: it travels in a header. */
const MOST_TEXT = 2000;

/** The same web, and the list of its service requests, filled as answers come. Text messages are not in it. */
export function watchedWeb(web: Web): { web: Web; serviceRequests: ServiceRequestView[] } {
  const serviceRequests: ServiceRequestView[] = [];
  const fetchWatched: Web["fetch"] = async (url, init) => {
    if (isTextMessage(url)) return web.fetch(url, init);
    const note = (answer: ServiceResponse) =>
      void serviceRequests.push({ method: init.method ?? "GET", url: withoutQuery(url), answer });
    try {
      const response = await web.fetch(url, init);
      note(await answerOf(response.clone()));
      return response;
    } catch (failure) {
      note({ status: init.signal?.aborted ? "timeout" : "failed" });
      throw failure;
    }
  };
  return { web: { ...web, fetch: fetchWatched }, serviceRequests };
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
