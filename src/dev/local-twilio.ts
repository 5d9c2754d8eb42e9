/** Placing calls in development: without an account they ring on the phone's page. */
import type { Deps } from "../worker/deps.ts";
import { localTwilio, NO_ACCOUNT, type PageServer } from "./page-server.ts";

/** What places calls. If the Worker uses development's own Twilio, that needs an account only in form. */
export function placing<D extends Deps>(deps: D, page: PageServer | undefined): D {
  const isLocal = page !== undefined && deps.accountSid === undefined && deps.api === localTwilio(page);
  return isLocal ? { ...deps, accountSid: NO_ACCOUNT } : deps;
}
