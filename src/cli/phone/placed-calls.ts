/** The calls that flows place without an account. They ring on the page, and in nobody's pocket. */
import { randomBytes } from "node:crypto";
import type { UnansweredStatus } from "../../phone/leg/moment.ts";
import type { PlacedCall, PlacedCallReport } from "../../phone/page/contract/state.ts";

/** Where a placed call is. Source: Twilio, Call resource. */
type PlacedStatus = "ringing" | "in-progress" | "completed" | UnansweredStatus;

/** A call, as it was ordered and as it went. */
export interface Placed {
  sid: string;
  accountSid: string;
  /** The parameters of Twilio's Calls resource. */
  form: Readonly<Record<string, string>>;
  status: PlacedStatus;
  /** Milliseconds since 1970. */
  created: number;
  answered?: number;
  ended?: number;
  moves: string[];
}

/** Who learns of what happens to placed calls. */
interface PlacedListeners {
  /** The calls that ring or are in progress have changed. */
  changed(live: PlacedCall[]): void;
  /** Nobody answered, and the page does not report it. */
  unanswered(placed: Placed, status: UnansweredStatus): void;
}

/** All calls since the start. */
export interface PlacedCalls {
  /** The newest first. */
  all(): Placed[];
  place(accountSid: string, form: Placed["form"]): Placed;
  /** Continues a call in progress at another webhook. */
  move(placed: Placed, url: string): void;
  /** Ends a call; one that rings is canceled. */
  end(placed: Placed): void;
  /** What the page did. False if the call is past that: another page was faster. */
  report(report: PlacedCallReport): boolean;
  close(): void;
}

/** How long a phone rings, in seconds. Source: Twilio, Call resource, Timeout. */
const RING_SECONDS = 60;
/** An open page ends the ringing itself, and shows what follows. Milliseconds. */
const GRACE = 3000;

/** Keeps the calls in memory. */
export function placedCalls({ changed, unanswered }: PlacedListeners): PlacedCalls {
  const calls = new Map<string, Placed>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const tell = (): void => changed([...calls.values()].filter(isLive).map(viewOf));
  const become = (placed: Placed, status: PlacedStatus): void => {
    clearTimeout(timers.get(placed.sid));
    timers.delete(placed.sid);
    placed.status = status;
    if (status === "in-progress") placed.answered = Date.now();
    else placed.ended = Date.now();
    tell();
  };
  const miss = (placed: Placed, status: UnansweredStatus): void => {
    become(placed, status);
    unanswered(placed, status);
  };

  return {
    all: () => [...calls.values()].reverse(),
    place: (accountSid, form) => {
      const sid = `CA${randomBytes(16).toString("hex")}`;
      const placed: Placed = { sid, accountSid, form, status: "ringing", created: Date.now(), moves: [] };
      calls.set(sid, placed);
      const timer = setTimeout(() => miss(placed, "no-answer"), secondsOf(form) * 1000 + GRACE);
      timers.set(sid, timer.unref());
      tell();
      return placed;
    },
    move: (placed, url) => {
      placed.moves.push(url);
      tell();
    },
    end: (placed) => (placed.status === "ringing" ? miss(placed, "canceled") : become(placed, "completed")),
    report: ({ sid, status }) => {
      const placed = calls.get(sid);
      const wanted = status === "completed" ? "in-progress" : "ringing";
      if (placed?.status !== wanted) return false;
      become(placed, status);
      return true;
    },
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** Whether a call rings or is in progress. */
export function isLive({ status }: Placed): boolean {
  return status === "ringing" || status === "in-progress";
}

/** The same URL at another host: its path with its query. Whatever the Worker's public name is, it answers here. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function secondsOf({ Timeout = "" }: Placed["form"]): number {
  return Number(Timeout) || RING_SECONDS;
}

function viewOf({ sid, form, status, created, moves }: Placed): PlacedCall {
  const { From = "", To = "", Url = "", StatusCallback = "", MachineDetection = "" } = form;
  const { AsyncAmd, AsyncAmdStatusCallback = "" } = form;
  const isAsync = AsyncAmd === "true" && AsyncAmdStatusCallback !== "";
  const url = pathOf(Url);
  return {
    sid,
    from: From,
    to: To,
    flow: /^\/voice\/([^/?]+)/.exec(url)?.[1] ?? "",
    url,
    ...(StatusCallback !== "" && { statusUrl: pathOf(StatusCallback) }),
    ...(MachineDetection !== "" &&
      (isAsync ? { machineUrl: pathOf(AsyncAmdStatusCallback) } : { isDetected: true })),
    ...(status === "ringing" && { rings: { since: created, seconds: secondsOf(form) } }),
    moves: moves.map(pathOf),
  };
}
