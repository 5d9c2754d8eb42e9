/** What the server tells: the project, now and after every change. */
import type { PhoneState } from "./contract.ts";
import type { Action } from "./state.ts";

/** So long the server may be away without a word of it: it is while the Worker takes a new version. In milliseconds. */
const AWAY = 3000;
/** So long until a server that does not answer, or refuses, is asked again, in milliseconds. */
const AGAIN = 500;
/** An answer that takes longer than this is lost: the server holds a question for 10 seconds. In milliseconds. */
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

/** The next state; undefined where nothing changed for a while. @throws where there is no such answer */
async function stateAfter(revision: number): Promise<PhoneState | undefined> {
  const response = await fetch(`/phone/state?after=${revision}`, { signal: AbortSignal.timeout(LOST) });
  if (response.status === 204) return undefined;
  if (!response.ok) throw new Error(`The server answered with ${response.status}.`);
  return response.json();
}
