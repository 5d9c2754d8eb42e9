/** Calls and messages over HTTP in development: without an account, calls ring on the phone's page. */
import type { Deps } from "../worker/deps.ts";
import { localTwilio, NO_ACCOUNT, type PageServer } from "./page-server.ts";

/** What places calls and sends messages over HTTP. If the Worker uses development's own Twilio, that needs an account only in form. */
export function placing<D extends Deps>(deps: D, page: PageServer | undefined): D {
  const isLocal = page !== undefined && deps.accountSid === undefined && deps.api === localTwilio(page);
  return isLocal ? { ...deps, accountSid: NO_ACCOUNT } : deps;
}
