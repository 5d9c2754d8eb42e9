/** What the server tells: the project, now and after every change. */
import type { PhoneState } from "./contract.ts";
import type { Action } from "./state.ts";

/** Listens for as long as the page is open. The browser finds a server that comes back by itself. */
export function listenToServer(dispatch: (action: Action) => void): void {
  const events = new EventSource("/phone/events");
  events.addEventListener("state", ({ data }) => {
    const state: PhoneState = JSON.parse(data);
    dispatch({ type: "server", state });
  });
  events.addEventListener("open", () => dispatch({ type: "connection", isConnected: true }));
  events.addEventListener("error", () => dispatch({ type: "connection", isConnected: false }));
}
