/** A person who texts: what Twilio does with the cookie, and the time that passes between two messages. */
import type { Program } from "../../src/program/program.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import { conversationObjects, type Objects } from "./conversation-object.ts";
import { desk, inside, type Line, line, outside, type Params, webhook } from "./support.ts";

/** What has the conversation: its Durable Object together with the cookie, or the cookie alone. */
export type Held = "object" | "cookie";

export const EVERY: readonly Held[] = ["object", "cookie"];
export const MINUTE = 60_000;
export const PERSON = "+14155550111";
export const LINE = "+14155550100";

/** Asks for a language, then for a name. */
export const SURVEY = `
onMessage: welcome
variables:
  lang: { type: string, maxLength: 1600 }
  name: { type: string }
  times: { type: int, keep: caller }
steps:
  bye: { hangup: Goodbye. }
  welcome:
    set: { times: "{{ vars.times + 1 }}" }
    next: language
  language:
    ask:
      prompt: EN or DE?
      save: lang
      timeout: 30m
      attempts: 2
      noMatch: Please write EN or DE.
      otherwise: { silence: closed, else: return }
    next: name
  name:
    ask: { prompt: Your name?, save: name, timeout: 3d, attempts: 2 }
    next: thanks
  thanks:
    sms: { body: "{{ vars.name }} speaks {{ vars.lang }} ({{ vars.times }})." }
    next: tell
  tell:
    request: { url: https://crm.example.com/answers, method: POST, form: { name: "{{ vars.name }}" }, status: { else: return } }
    next: return
  closed:
    sms: { body: We close this now. }
    next: return
`;

/** One person and one line. */
export interface Texting {
  app: Line;
  objects: Objects;
  /** What Twilio would send back; empty if nothing. */
  cookie: string;
  now: number;
  /** What went out: the texts of messages, and the forms of requests. */
  sent(): { what: string; key: string }[];
  /** Sends a message, and returns the texts of the replies, one a line. */
  text(body: string, params?: Params): Promise<string>;
  /** Posts a message, and leaves the cookie as it is. */
  post(body: string, params?: Params): Promise<Response>;
  /** Lets time pass, with the alarms that go off in it. */
  wait(ms: number): Promise<void>;
}

export function texting(
  held: Held,
  programs: readonly Program[] = [desk(SURVEY)],
  overrides: Partial<Deps> = {},
): Texting {
  const { web, sent } = outside();
  let count = 0;
  const objects = conversationObjects(() => app.deps);
  const app = line({
    programs: indexPrograms(programs),
    web,
    callTime: () => person.now,
    ...(held === "object" && { conversations: (name) => objects.conversations(name) }),
    ...overrides,
  });
  const person: Texting = {
    app,
    objects,
    cookie: "",
    now: Date.UTC(2026, 10, 23, 17),
    sent: () => sent.map(({ what, key }) => ({ what: shortened(what), key })),
    async post(Body, params = {}) {
      const MessageSid = sidOf(++count);
      const message = {
        MessageSid,
        CallSid: [],
        CallStatus: [],
        Direction: [],
        From: PERSON,
        To: LINE,
        Body,
      };
      const request = webhook("/sms/desk", { ...message, ...params });
      if (person.cookie !== "") request.headers.set("Cookie", person.cookie);
      return app.fetch(request);
    },
    async text(body, params) {
      const response = await person.post(body, params);
      if (response.status !== 200) throw new Error(`answered with ${response.status}`);
      const set = response.headers.get("Set-Cookie");
      if (set !== null) person.cookie = set.split(";", 1)[0] ?? "";
      return textsIn(await response.text());
    },
    async wait(ms) {
      const until = person.now + ms;
      for (let due = objects.next(); due <= until; due = objects.next()) {
        person.now = Math.max(person.now, due);
        await objects.wake(person.now);
      }
      person.now = until;
      await app.settle();
    },
  };
  return person;
}

/** The MessageSid of the message with this number, from 1. */
export function sidOf(count: number): string {
  return `SM${String(count).padStart(32, "0")}`;
}

/** The texts of a document's messages, one a line. */
export function textsIn(twiml: string): string {
  return [...inside(twiml).matchAll(/<Body>(.*?)<\/Body>/g)].map(([, text]) => text).join("\n");
}

function shortened(what: string): string {
  const form = what.split(" ").slice(2).join(" ");
  return new URLSearchParams(form).get("Body") ?? form;
}
