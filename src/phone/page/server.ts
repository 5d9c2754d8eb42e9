/** Polls the server for the project, now and after every change. */
import type { PhoneState } from "./contract/state.ts";
import type { Action } from "./state.ts";

/** How long the server may be away before the page says so, in milliseconds: it is while the Worker reloads. */
const AWAY = 3000;
/** The wait before a failed request is retried, in milliseconds. */
const AGAIN = 500;
/** A request that takes longer than this has failed, in milliseconds: the server holds one for 10 seconds. */
const LOST = 20_000;

/** Listens for as long as the page is open, and finds a server that comes back. */
export async function listenToServer(dispatch: (action: Action) => void): Promise<never> {
  let away: ReturnType<typeof setTimeout> | undefined;
  let after = 0;
  for (;;) {
    try {
      const state = await stateAfter(after);
      clearTimeout(away);
      away = undefined;
      dispatch({ type: "connection", isConnected: true });
      if (!state) continue;
      dispatch({ type: "server", state });
      after = state.revision;
    } catch {
      away ??= setTimeout(() => dispatch({ type: "connection", isConnected: false }), AWAY);
      await new Promise((passed) => setTimeout(passed, AGAIN));
    }
  }
}

/** The next state; undefined if nothing changed for a while. @throws if the server does not respond with one */
async function stateAfter(revision: number): Promise<PhoneState | undefined> {
  const response = await fetch(`/phone/state?after=${revision}`, { signal: AbortSignal.timeout(LOST) });
  if (response.status === 204) return undefined;
  if (!response.ok) throw new Error(`The server answered with ${response.status}.`);
  return response.json();
}
