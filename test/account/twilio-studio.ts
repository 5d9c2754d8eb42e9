/**
 * The stand-in's part of studio.twilio.com: its flows, by the paths and fields of Twilio's SDK. Lists have no definitions, as
 * at Twilio, and no more than two flows on a page.
 */
import { refusal } from "./twilio-records.ts";

/** What the account has in Studio, by SID. */
export interface StudioRecords {
  studioFlows: Map<string, { name: string; definition: unknown }>;
}

/** An account without flows. */
export function newStudio(): StudioRecords {
  return { studioFlows: new Map() };
}

/** The answer to a request such as `GET /v2/Flows`. */
export function studioAnswer(
  { studioFlows }: StudioRecords,
  asked: string,
  values: Readonly<Record<string, string | string[]>>,
): { status: number; body: object } {
  const [method = "", path = ""] = asked.split(" ");
  const [, sid] = /^\/v2\/Flows(?:\/(FW[0-9a-f]{32}))?$/.exec(path) ?? [];
  if (method !== "GET") return refusal(405, 20004, "Method not allowed");
  if (sid !== undefined) {
    const flow = studioFlows.get(sid);
    if (!flow) return refusal(404, 20404, `The requested resource ${path} was not found`);
    return { status: 200, body: { ...resourceOf(sid, flow.name), definition: flow.definition } };
  }
  if (path !== "/v2/Flows") return refusal(404, 20404, `The requested resource ${path} was not found`);
  const page = Number(values.Page ?? 0);
  const all = [...studioFlows].map(([one, { name }]) => resourceOf(one, name));
  const url = (to: number): string =>
    `https://studio.twilio.com/v2/Flows?PageSize=2&Page=${to}&PageToken=P${to}`;
  const isLast = (page + 1) * 2 >= all.length;
  const meta = {
    page,
    page_size: 2,
    key: "flows",
    url: url(page),
    first_page_url: url(0),
    previous_page_url: null,
    next_page_url: isLast ? null : url(page + 1),
  };
  return { status: 200, body: { meta, flows: all.slice(page * 2, page * 2 + 2) } };
}

function resourceOf(sid: string, friendly_name: string): object {
  return { sid, friendly_name, status: "published", revision: 1, valid: true };
}
