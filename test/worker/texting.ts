/** A person who texts: what Twilio does with cookies, and the time that passes between two messages. */

import type { Program } from "../../src/program/program.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import { conversationObjects, type Objects } from "./conversation-object.ts";
import { inside, type Line, line, outside, type Params, webhook } from "./support.ts";

/** Where the conversation is: with its Durable Object and the cookie, or in the cookie alone. */
export type Held = "object" | "cookie";

export const MINUTE = 60_000;
export const PERSON = "+14155550111";
const LINE = "+14155550100";

/** One person and one line. */
export interface Texting {
  app: Line;
  objects: Objects;
  /** The name and value that Twilio would send back. */
  cookie: string;
  now: number;
  /** Messages that went out through Twilio's API, as texts. */
  sent(): string[];
  /** Sends a message, and returns the texts of the replies. */
  text(body: string, params?: Params): Promise<string>;
  /** Posts a message without keeping the cookie. */
  post(body: string, params?: Params): Promise<Response>;
  /** Lets time pass, with the alarms that go off in it. */
  wait(ms: number): Promise<void>;
}

export const EVERY: readonly Held[] = ["object", "cookie"];

export function texting(held: Held, programs: readonly Program[], overrides: Partial<Deps> = {}): Texting {
  const { web, sent } = outside();
  let count = 0;
  const objects = conversationObjects(() => app.deps);
  const app = line({
    programs: indexPrograms(programs),
    web: { ...web, wait: async () => undefined },
    callTime: () => person.now,
    ...(held === "object" && { conversations: (name) => objects.conversations(name) }),
    ...overrides,
  });
  const person: Texting = {
    app,
    objects,
    cookie: "",
    now: Date.UTC(2026, 10, 23, 17),
    sent: () =>
      sent.map(({ what }) => new URLSearchParams(what.split(" ").slice(2).join(" ")).get("Body") ?? ""),
    async post(Body, params = {}) {
      const MessageSid = `SM${String(++count).padStart(32, "0")}`;
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
      const set = response.headers.get("Set-Cookie");
      if (set !== null) person.cookie = set.split(";", 1)[0] ?? "";
      return textsIn(await response.text());
    },
    async wait(ms) {
      const until = person.now + ms;
      for (;;) {
        const due = Math.min(...[...objects.storages.values()].map(({ alarm }) => alarm ?? Infinity));
        if (!(due <= until)) break;
        person.now = Math.max(person.now, due);
        await objects.wake(person.now);
      }
      person.now = until;
      await app.settle();
    },
  };
  return person;
}

/** The texts of a document's messages, one a line. */
export function textsIn(twiml: string): string {
  return [...inside(twiml).matchAll(/<Body>(.*?)<\/Body>/g)].map(([, text]) => text).join("\n");
}
