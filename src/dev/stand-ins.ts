/** Services that are not asked: the page's server answers for them, as tests do. */
import type { AskedService, StandIn, StandInCall } from "../phone/page/contract/services.ts";
import { KEY_HEADER, type PageServer } from "./page-server.ts";
import type { StandInFor } from "./service-requests.ts";

/** Answers in place of a service. */
export type AskStandIn = (asked: AskedService) => Promise<StandIn>;

/** Asks the page's server, which has the test files; undefined without one. */
export function standInsAt(page: PageServer | undefined): AskStandIn | undefined {
  if (!page) return undefined;
  return async (asked) => {
    const response = await fetch(`http://127.0.0.1:${page.port}/phone/service`, {
      method: "POST",
      headers: { "Content-Type": "application/json", [KEY_HEADER]: page.key },
      body: JSON.stringify(asked),
    });
    return response.json();
  };
}

/**
 * What answers the service requests of a webhook; undefined if services are really asked.
 * @param header the value of `STAND_INS_HEADER`
 */
export function standInFor(
  header: string | null,
  flow: string,
  ask: AskStandIn | undefined,
): StandInFor | undefined {
  if (header === null || !ask) return undefined;
  const call: StandInCall = JSON.parse(decodeURIComponent(header));
  return (asked) => ask({ ...call, ...asked, flow });
}
