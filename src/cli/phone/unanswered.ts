/** Reports that nobody answered a placed call, if no page does. */
import { startCall } from "../../phone/carrier.ts";
import type { Line } from "../../phone/leg/line.ts";
import type { UnansweredStatus } from "../../phone/leg/moment.ts";
import { NOW_HEADER } from "../../phone/page/contract/http.ts";
import { terminalPhone } from "../terminal/terminal-phone.ts";
import { lineTo, type WorkerAt } from "../terminal/worker-at.ts";
import { type Placed, pathOf } from "./placed-calls.ts";

/** Sends the status callback, as the carrier does. */
export async function reportUnanswered(
  worker: WorkerAt,
  { sid, form }: Placed,
  unanswered: UnansweredStatus,
): Promise<void> {
  const { From: from = "", To: to = "", Url = "", StatusCallback = "" } = form;
  const options = {
    sid,
    from,
    to,
    unanswered,
    direction: "outbound",
    url: worker.url + pathOf(Url),
    ...(StatusCallback !== "" && { statusUrl: worker.url + pathOf(StatusCallback) }),
    seed: sid,
  } as const;
  const nobody = terminalPhone({ print: () => undefined, read: async () => undefined });
  await startCall(locally(lineTo(worker)), options, nobody).ended;
}

/** The Worker takes this machine's URL as its own, whatever PUBLIC_URL says, if a webhook has a time. */
function locally(line: Line): Line {
  const send: Line["send"] = (url, init) =>
    line.send(url, {
      ...init,
      headers: { ...init.headers, [NOW_HEADER]: `${Math.round(line.clock.now())}` },
    });
  return { ...line, send };
}
