/** The page's line: webhooks go only to the local Worker, with the call's own time. */
import type { Clock, Line } from "../../leg/line.ts";
import { webSigner } from "../../leg/signature.ts";
import { COOKIE_HEADER } from "../../leg/webhook.ts";
import { KEPT_HEADER, NOW_HEADER, STAND_INS_HEADER, TURN_HEADER } from "../contract/http.ts";
import type { StandInCall } from "../contract/services.ts";
import type { PhoneState } from "../contract/state.ts";
import type { TurnView } from "../contract/turn.ts";
import type { Value } from "../contract/value.ts";
import type { Settings } from "../state.ts";

/** A line that keeps the turn of the last response. */
export interface PageLine extends Line {
  /** Returns it once; undefined if the last response had none. */
  takeTurn(): TurnView | undefined;
}

/** Stands in for any other application: accepts every webhook with an empty document. */
function elsewhere(): Response {
  return new Response("<Response/>", { headers: { "content-type": "text/xml" } });
}

/** Whom a line's webhooks are from, and how the services that they need are answered. */
export interface LineAccount extends Pick<PhoneState, "accountSid" | "token" | "audio"> {
  /** Absent if services are really asked. */
  standIns?: StandInCall | undefined;
  /** Values of persistent variables, stored by the first webhook. */
  kept?: Readonly<Record<string, Value>>;
}

/** The account of a call: each call has stand-ins of its own, unless services are really asked. */
export function lineAccount<A extends LineAccount>(
  account: A,
  { asksServices }: Pick<Settings, "asksServices">,
  scenario: string | undefined,
): A {
  const call = crypto.randomUUID();
  return { ...account, standIns: asksServices ? undefined : { call, ...(scenario && { scenario }) } };
}

/** A line to the Worker at `origin`. Requests to other origins are answered here and never sent. */
export function pageLine(origin: string, account: LineAccount, clock: Clock): PageLine {
  let turn: TurnView | undefined;
  let kept = account.kept;

  return {
    sign: webSigner(account.token),
    accountSid: account.accountSid,
    clock,
    audio: (url) => account.audio?.find(({ path }) => url === origin + path),
    send: async (url, init) => {
      turn = undefined;
      if (new URL(url).origin !== origin) return elsewhere();
      const { Cookie: cookie, ...own } = init.headers;
      const headers = {
        ...own,
        // A page cannot send `Cookie` itself.
        ...(cookie !== undefined && { [COOKIE_HEADER]: cookie }),
        ...headersOf(clock, account.standIns, kept),
      };
      kept = undefined;
      // The browser's own cookies would bring a conversation that is over.
      const response = await fetch(url, { ...init, headers, credentials: "omit" });
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

function headersOf(
  clock: Clock,
  standIns: LineAccount["standIns"],
  kept: LineAccount["kept"] = {},
): Record<string, string> {
  return {
    [NOW_HEADER]: `${Math.round(clock.now())}`,
    ...(standIns && { [STAND_INS_HEADER]: encodeURIComponent(JSON.stringify(standIns)) }),
    ...(Object.keys(kept).length > 0 && { [KEPT_HEADER]: encodeURIComponent(JSON.stringify(kept)) }),
  };
}

function readTurn(header: string | null): TurnView | undefined {
  return header === null ? undefined : JSON.parse(decodeURIComponent(header));
}
