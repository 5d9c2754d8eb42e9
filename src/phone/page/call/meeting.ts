/** Tabs of the page in one browser meet: a caller who waits in one can be taken by another, and both hear of the end. */
import type { Action, Presence, State } from "../state.ts";

/** What a tab tells the others. */
type Word =
  /** Where the tab's caller is; nowhere if left out. */
  | { type: "here"; id: string; presence?: Presence }
  | { type: "who" }
  /** A caller who waits in a queue is taken. */
  | { type: "take"; to: string; by: string }
  /** A conference begins, for all who wait for it. */
  | { type: "starts"; name: string }
  | { type: "over"; to: string };

/** What a meeting can do with its own call. */
interface MeetingDesk {
  state(): State;
  dispatch(action: Action): void;
  /** The wait is over: somebody is there. */
  bridge(): void;
  /** The other side has hung up. */
  leave(): void;
}

/** This tab among the others. */
interface Meeting {
  /** The state has changed: tells the others where this tab's caller is. */
  changed(): void;
  /** Takes the first caller who waits in a queue. */
  take(queue: string): void;
  /** The conference that this tab's caller waits for begins. */
  starts(name: string): void;
}

/** Joins the other tabs; alone in a browser without channels. */
export function joinTabs(desk: MeetingDesk): Meeting {
  if (typeof BroadcastChannel === "undefined") {
    const nothing = (): void => undefined;
    return { changed: nothing, take: nothing, starts: nothing };
  }
  const id = crypto.randomUUID();
  const channel = new BroadcastChannel("ringflow-tabs");
  const others = new Map<string, Presence>();
  let told = "";
  let partner: string | undefined;

  const say = (word: Word): void => channel.postMessage(word);
  const tell = (): void => {
    const presence = presenceIn(desk.state());
    say({ type: "here", id, ...(presence && { presence }) });
  };
  const show = (): void =>
    desk.dispatch({ type: "others", others: [...others].map(([tab, presence]) => ({ ...presence, tab })) });

  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    switch (data.type) {
      case "here":
        if (data.presence) others.set(data.id, data.presence);
        else if (!others.delete(data.id)) return;
        return show();
      case "who":
        return tell();
      case "take":
        if (data.to !== id) return;
        partner = data.by;
        return desk.bridge();
      case "starts":
        if (desk.state().call?.waiting?.name === data.name) desk.bridge();
        return;
      case "over":
        if (data.to !== id) return;
        partner = undefined;
        return desk.leave();
    }
  };
  addEventListener("pagehide", () => say({ type: "here", id }));
  say({ type: "who" });

  return {
    changed: () => {
      const { call } = desk.state();
      const isTalking = call?.caller.question?.kind === "talk";
      const wasTalking = told.includes('"talks":true');
      if (partner !== undefined && ((wasTalking && !isTalking) || call?.ended)) {
        say({ type: "over", to: partner });
        partner = undefined;
      }
      const now = JSON.stringify(presenceIn(desk.state()) ?? "") + (isTalking ? '"talks":true' : "");
      if (now === told) return;
      told = now;
      tell();
      // A conference begins with the first who does not have to wait.
      const here = presenceIn(desk.state());
      if (here?.place === "conference" && isTalking) say({ type: "starts", name: here.name });
    },
    take: (queue) => {
      const [first] = [...others].find(([, one]) => one.place === "queue" && one.name === queue) ?? [];
      if (first === undefined) return;
      partner = first;
      say({ type: "take", to: first, by: id });
    },
    starts: (name) => say({ type: "starts", name }),
  };
}

/** Where this tab's caller is, if others could meet them there. */
function presenceIn({ call }: State): Presence | undefined {
  if (!call || call.ended) return undefined;
  const { waiting, setup, caller } = call;
  const who = setup.direction ? setup.to : setup.from;
  if (waiting) return { place: waiting.place, name: waiting.name, who };
  const callee = caller.question?.kind === "talk" ? caller.question.bridged.callee : undefined;
  return callee?.kind === "conference" ? { place: "conference", name: callee.target, who } : undefined;
}
