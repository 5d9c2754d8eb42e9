/** The page's line: webhooks go only to the local Worker, with the call's own time. */
import type { Clock, Line, WebhookInit } from "../../leg/line.ts";
import { webSigner } from "../../leg/signature.ts";
import { NOW_HEADER, type PhoneState, TURN_HEADER, type TurnView } from "../contract.ts";

/** A line that keeps the turn of the last response. */
export interface PageLine extends Line {
  /** Returns it once; undefined if the last response had none. */
  takeTurn(): TurnView | undefined;
}

/** Stands in for any other application: accepts every webhook with an empty document. */
function elsewhere(): Response {
  return new Response("<Response/>", { headers: { "content-type": "text/xml" } });
}

/** A line to the Worker at `origin`. Requests to other origins are answered here and never sent. */
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
