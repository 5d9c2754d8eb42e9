/** The page's side of placed calls: they ring, are answered or not, and follow what Twilio's API is asked for. */
import type { Action, Setup, State } from "../state.ts";
import type { PageCall } from "./call.ts";
import { report, ringingNow, setupOf } from "./placed.ts";
import type { Tones } from "./tones.ts";

/** What placed calls need of the page. */
interface IncomingDesk {
  state(): State;
  dispatch(action: Action): void;
  tones: Tones;
  /** Makes a call; undefined if there is one in progress. */
  begin(setup: Setup): PageCall | undefined;
}

/** How a call is answered, or that it is not. */
export type Taken = Pick<Setup, "answeredBy" | "unanswered">;

/** What the page does with placed calls. */
export interface Incoming {
  /** Answers the call that rings, or does not. */
  take(how: Taken & { unanswered?: "busy" | "no-answer" }): Promise<void>;
  /** The page's state has changed. */
  changed(): void;
}

/** Nothing rings yet. */
export function incoming(desk: IncomingDesk): Incoming {
  let rung: { sid: string; stop(): void } | undefined;
  let live: { call: PageCall; moved: number } | undefined;

  const take: Incoming["take"] = async (how) => {
    const placed = ringingNow(desk.state());
    const { unanswered: status = "in-progress" } = how;
    if (!placed || !(await report({ sid: placed.sid, status }))) return;
    const call = desk.begin(setupOf(placed, desk.state().setup.timezone, how));
    if (!call || status !== "in-progress") return;
    live = { call, moved: 0 };
    await call.ended;
    live = undefined;
    await report({ sid: placed.sid, status: "completed" });
  };

  const ring = (): void => {
    const placed = ringingNow(desk.state());
    const { sid, rings } = placed ?? {};
    if (sid === rung?.sid) return;
    rung?.stop();
    rung = undefined;
    if (!placed || !sid || !rings) return;
    // The diagram is of the flow that calls.
    desk.dispatch({ type: "setup", setup: { flow: placed.flow } });
    const silence = desk.tones.ring();
    const left = rings.since + rings.seconds * 1000 - Date.now();
    const timer = setTimeout(() => void take({ unanswered: "no-answer" }), left);
    const stop = (): void => {
      silence();
      clearTimeout(timer);
    };
    rung = { sid, stop };
  };

  /** The call in progress moves, or ends. */
  const follow = (): void => {
    const { server, call } = desk.state();
    const sid = call?.setup.placed?.sid;
    if (!live || call?.ended || sid === undefined) return;
    const now = server?.placed?.find((one) => one.sid === sid);
    if (!now) live.call.hangUp("caller");
    for (const url of now?.moves.slice(live.moved) ?? []) live.call.move(location.origin + url);
    live.moved = now?.moves.length ?? 0;
  };

  return {
    take,
    changed: () => {
      ring();
      follow();
    },
  };
}
