/** The text messages of a script on the page, and the time between them. */
import { numbersOf } from "../../script/scenario.ts";
import type { Stage } from "../../script/script.ts";
import type { PhoneState } from "../contract/state.ts";
import type { MessageView } from "../contract/turn.ts";
import type { Action, ConversationLine, Setup } from "../state.ts";
import { inUnits } from "../text/time.ts";
import { conversationAt, timeoutsSince } from "./conversation-at.ts";
import { lineOf, textsLine } from "./lines.ts";
import type { PageClock } from "./page-clock.ts";
import type { LineAccount } from "./page-line.ts";

/** The call that the messages belong to. */
interface Running {
  dispatch(action: Action): void;
  clock: PageClock;
  account: LineAccount & Pick<PhoneState, "sendsTexts">;
}

/** What the page does at each message. */
interface Watching extends Required<Pick<Stage, "seen">> {
  /** Waits for an eye to follow. */
  think(): Promise<void>;
}

/** How a script writes text messages here, and lets time pass between them. */
export function watchedTexts(
  { dispatch, clock, account }: Running,
  setup: Setup,
  { seen, think }: Watching,
): Pick<Stage, "messageUrl" | "seen" | "writes" | "replied" | "passes" | "waits"> {
  const { person, line } = numbersOf(setup, setup.from, setup.to);
  const at = conversationAt(location.origin, setup.flow, person, line);
  const show = (said: ConversationLine): void => dispatch({ type: "line", side: "caller", line: said });
  const replied = (one: MessageView): void =>
    show(one.to === person ? lineOf(one.body, "voice") : textsLine(account, one));
  let isBegun = false;
  return {
    messageUrl: `${location.origin}/sms/${setup.flow}`,
    seen,
    writes: async ({ text }) => {
      // What was left by an earlier conversation does not belong to this one.
      if (!isBegun) await at.forget();
      else await think();
      isBegun = true;
      show(lineOf(text));
    },
    replied,
    waits: async () => (await at.look())?.waits?.step,
    passes: async (seconds) => {
      clock.skip(seconds);
      show(lineOf(`${inUnits(seconds)} pass.`, "note"));
      let view = await at.look();
      let last = view?.timeouts.at(-1)?.id ?? 0;
      while (view?.waits && view.waits.until <= clock.now()) {
        view = await at.pass();
        for (const { id, turn } of timeoutsSince(view, last)) {
          last = id;
          (turn.messages ?? []).forEach(replied);
        }
      }
      return [];
    },
  };
}
