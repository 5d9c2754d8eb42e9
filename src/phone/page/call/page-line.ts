/** The page's end of the wire: webhooks go to the local Worker alone, with the call's own time. */
import type { Clock, Line, WebhookInit } from "../../leg/line.ts";
import { webSigner } from "../../leg/signature.ts";
import { NOW_HEADER, type PhoneState, TURN_HEADER, type TurnView } from "../contract.ts";

/** A line, and what the Worker told of the turn that it answered last. */
export interface PageLine extends Line {
  /** Gives it once; undefined where the last answer told of none. */
  takeTurn(): TurnView | undefined;
}

/** Another application, as far as this phone goes: it takes every webhook, and has nothing to say. */
function elsewhere(): Response {
  return new Response("<Response/>", { headers: { "content-type": "text/xml" } });
}

/** A line to the Worker at `origin`. What goes anywhere else is answered here, and leaves nothing. */
export function pageLine(
  origin: string,
  account: Pick<PhoneState, "accountSid" | "token" | "audio">,
  clock: Clock,
): PageLine {
  let turn: TurnView | undefined;
  return {
    sign: webSigner(account.token),
    accountSid: account.accountSid,
    clock,
    audio: (url) => account.audio?.find(({ path }) => url === origin + path),
    send: async (url, init) => {
      turn = undefined;
      if (new URL(url).origin !== origin) return elsewhere();
      const response = await fetch(url, withTime(init, clock));
      turn = readTurn(response.headers.get(TURN_HEADER));
      return response;
    },
    takeTurn: () => {
      const taken = turn;
      turn = undefined;
      return taken;
    },
  };
}

function withTime(init: WebhookInit, clock: Clock): RequestInit {
  return { ...init, headers: { ...init.headers, [NOW_HEADER]: `${Math.round(clock.now())}` } };
}

function readTurn(header: string | null): TurnView | undefined {
  return header === null ? undefined : JSON.parse(decodeURIComponent(header));
}
