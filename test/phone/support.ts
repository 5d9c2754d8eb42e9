/** A line without a network: a table of documents by path, and a handset that answers from a list. */
import { createHmac } from "node:crypto";
import { type CallOptions, startCall } from "../../src/phone/carrier.ts";
import type {
  ConnectAnswer,
  GatherAnswer,
  Handset,
  PayAnswer,
  RecordAnswer,
  ReferAnswer,
  RingAnswer,
  TalkAnswer,
  WaitAnswer,
} from "../../src/phone/leg/handset.ts";
import { type Line, simulatedClock, type WebhookInit } from "../../src/phone/leg/line.ts";
import type { Ended, Moment } from "../../src/phone/leg/moment.ts";

export const TOKEN = "a token of the tests";
export const START = Date.UTC(2026, 10, 23, 17, 0, 0);
export const BASE = "https://flows.example";

/** A webhook as the other end got it. */
export interface Sent {
  path: string;
  url: string;
  method: string;
  headers: Record<string, string>;
  params: Record<string, string>;
}

/** The inside of a `<Response>`, a whole answer, or what makes one of the webhook. */
export type Page = string | Response | ((sent: Sent) => string | Response | Promise<Response>);

/** What goes between `<Response>` and its end, as an answer. */
export function twiml(inside: string): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`, {
    headers: { "content-type": "text/xml; charset=utf-8" },
  });
}

/** A line to a table of pages; a path that is not in it is answered with 404. `sent` fills as webhooks come. */
export function fakeLine(pages: Record<string, Page>): Line & { sent: Sent[] } {
  const sent: Sent[] = [];
  const send = async (url: string, init: WebhookInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(url);
    const form = init.method === "GET" ? searchParams : new URLSearchParams(init.body);
    const one = {
      path: pathname,
      url,
      method: init.method,
      headers: init.headers,
      params: Object.fromEntries(form),
    };
    sent.push(one);
    const page = pages[pathname] ?? new Response("nothing here", { status: 404 });
    const answer = typeof page === "function" ? await page(one) : page;
    return typeof answer === "string" ? twiml(answer) : answer.clone();
  };
  const sign = (text: string) => createHmac("sha1", TOKEN).update(text).digest("base64");
  return { send, sign, accountSid: `AC${"0".repeat(32)}`, clock: simulatedClock(START), sent };
}

/** What a handset answers, in turn; where nothing is left, the caller hangs up. */
export interface Answers {
  gather?: GatherAnswer[];
  record?: RecordAnswer[];
  ring?: RingAnswer[];
  talk?: TalkAnswer[];
  wait?: WaitAnswer[];
  connect?: ConnectAnswer[];
  pay?: PayAnswer[];
  refer?: ReferAnswer[];
}

/** A handset that keeps what it hears and answers from lists. */
export function handset(answers: Answers = {}): Handset & { moments: Moment[] } {
  const moments: Moment[] = [];
  const left = {
    gather: [...(answers.gather ?? [])],
    record: [...(answers.record ?? [])],
    ring: [...(answers.ring ?? [])],
    talk: [...(answers.talk ?? [])],
    wait: [...(answers.wait ?? [])],
    connect: [...(answers.connect ?? [])],
    pay: [...(answers.pay ?? [])],
    refer: [...(answers.refer ?? [])],
  };
  return {
    moments,
    hear: (moment) => {
      moments.push(moment);
    },
    gather: () => left.gather.shift() ?? "hangup",
    record: () => left.record.shift() ?? "hangup",
    ring: () => left.ring.shift() ?? "hangup",
    talk: () => left.talk.shift() ?? { seconds: 60, by: "callee" },
    wait: () => left.wait.shift() ?? "hangup",
    connect: () => left.connect.shift() ?? "hangup",
    pay: () => left.pay.shift() ?? "hangup",
    refer: () => left.refer.shift() ?? "hangup",
  };
}

/** A call that is over, with all that was heard and sent. */
export interface Told {
  ended: Ended;
  moments: Moment[];
  sent: Sent[];
}

/** Calls `/voice` of a table of pages. */
export async function callPages(
  pages: Record<string, Page>,
  answers: Answers = {},
  options: Partial<CallOptions> = {},
): Promise<Told> {
  const line = fakeLine(pages);
  const phone = handset(answers);
  const call = startCall(
    line,
    { url: `${BASE}/voice`, from: "+14155550111", to: "+14155550122", seed: "test", ...options },
    phone,
  );
  return { ended: await call.ended, moments: phone.moments, sent: line.sent };
}

/** What was said, in order. */
export function saidIn(moments: readonly Moment[]): string[] {
  return moments.flatMap((moment) => (moment.kind === "said" ? [moment.text] : []));
}

/** The codes of all problems, in order. */
export function problemsIn(moments: readonly Moment[]): (number | undefined)[] {
  return moments.flatMap((moment) => (moment.kind === "problem" ? [moment.code] : []));
}
