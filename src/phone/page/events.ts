/** What the server tells: the project, now and after every change. */
import type { PhoneState } from "./contract.ts";
import type { Action } from "./state.ts";

/** So long the server may be away without a word of it: it is while the Worker takes a new version. In milliseconds. */
const AWAY = 3000;
/** So long until a server that has refused is asked again, in milliseconds. */
const AGAIN = 1000;

/** Listens for as long as the page is open, and finds a server that comes back. */
export function listenToServer(dispatch: (action: Action) => void): void {
  let lost: ReturnType<typeof setTimeout> | undefined;
  const found = (): void => {
    clearTimeout(lost);
    lost = undefined;
    dispatch({ type: "connection", isConnected: true });
  };
  const connect = (): void => {
    const events = new EventSource("/phone/events");
    events.addEventListener("state", ({ data }) => {
      const state: PhoneState = JSON.parse(data);
      dispatch({ type: "server", state });
    });
    events.addEventListener("open", found);
    events.addEventListener("error", () => {
      lost ??= setTimeout(() => dispatch({ type: "connection", isConnected: false }), AWAY);
      // The browser tries again by itself where nobody answers, and gives up where somebody refuses.
      if (events.readyState === EventSource.CLOSED) setTimeout(connect, AGAIN);
    });
  };
  connect();
}
