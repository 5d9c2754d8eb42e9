/** The text conversations of the page: one at a time, with the flow that is chosen. */
import type { Action, State, TextedMore } from "../state.ts";
import { lineOf } from "./lines.ts";
import { lineAccount } from "./page-line.ts";
import { lookAt, newThread, passIn, type Thread, writeIn } from "./text.ts";

/** What the page's buttons do to a conversation. */
export interface Texting {
  /** @param picture the URL of one; empty for none */
  write(body: string, picture?: string): Promise<void>;
  /** Lets the time pass until the flow no longer waits for a message. */
  pass(): Promise<void>;
  /** The next message begins another conversation. */
  renew(): void;
}

/** How often a conversation that waits is looked at, in milliseconds. */
const LOOK_MS = 1000;

/** No conversation yet. */
export function texting(state: () => State, dispatch: (action: Action) => void): Texting {
  let thread: Thread | undefined;
  let looking: ReturnType<typeof setTimeout> | undefined;
  const tell = (to: Thread, texted: TextedMore): void => {
    if (to === thread) dispatch({ type: "texted", flow: to.setup.flow, texted });
  };
  /** Looks until the conversation waits no longer, or is another one. */
  const look = (at: Thread): void => {
    clearTimeout(looking);
    if (at !== thread || state().texted?.waits?.until === undefined) return;
    looking = setTimeout(async () => {
      const more = await lookAt(at);
      if (more) tell(at, more);
      look(at);
    }, LOOK_MS);
  };
  const begin = async (): Promise<{ at: Thread; begins: TextedMore["begins"] } | undefined> => {
    const { server, setup, settings, texted } = state();
    if (!server) return undefined;
    const isOn = thread?.setup.flow === setup.flow && texted?.waits !== undefined;
    if (thread && isOn) return { at: thread, begins: undefined };
    const fresh = newThread(lineAccount(server, settings, setup.standIn), setup);
    thread = fresh;
    // What was left by an earlier visit does not belong to this conversation.
    await fresh.at.forget();
    return { at: fresh, begins: { setup, begun: fresh.begun } };
  };
  return {
    write: async (body, picture = "") => {
      const begun = await begin();
      if (!begun) return;
      const { at, begins } = begun;
      const waits = state().texted?.waits;
      const lines = [body, picture].filter((text) => text !== "").map((text) => lineOf(text));
      const more = { lines, requests: [], script: [], ...(begins && { begins }) };
      tell(at, { ...more, ...(waits && !begins && { waits }) });
      tell(at, await writeIn(at, body, picture === "" ? [] : [picture]));
      look(at);
    },
    pass: async () => {
      const at = thread;
      if (!at) return;
      clearTimeout(looking);
      tell(at, await passIn(at));
      look(at);
    },
    renew: () => {
      const at = thread;
      if (at) tell(at, { lines: [lineOf("A new conversation.", "note")], requests: [], script: [] });
      thread = undefined;
    },
  };
}
