/** The app that a played call reaches: with a store in memory, and services that a test answers for. */
import { createHmac } from "node:crypto";
import { personAt } from "../../engine/caller.ts";
import { secretReads } from "../../flow/analysis/worker-reads.ts";
import type { ServedAudio } from "../../flow/language/audio.ts";
import type { Flow } from "../../flow/model/flow.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import type { Clock, Line } from "../../phone/leg/line.ts";
import { numbersOf } from "../../phone/script/scenario.ts";
import { overloadsOf } from "../../program/own-function.ts";
import { escapeXml } from "../../program/template.ts";
import type { Deps } from "../../worker/deps.ts";
import { indexPrograms } from "../../worker/programs.ts";
import { type Serve, serve } from "../../worker/serve.ts";
import type { Store } from "../../worker/store.ts";
import { nameOfServed } from "../project/assets.ts";
import { conversationsIn } from "./conversations.ts";
import type { FakeWeb } from "./fake-web.ts";
import { nodeCipher } from "./node-cipher.ts";

const TOKEN = "a token for tests only";
/** How the app seals tickets. */
export const SEALING = { secrets: [TOKEN], cipher: nodeCipher };
/** The account that calls are of. */
export const ACCOUNT = `AC${"0".repeat(32)}`;
/** Where the app is. */
export const HOST = "https://ringflow.test";
/** The numbers of a call that names none. */
export const CALLER = "+14155550111";
/** The number that they call. */
export const NUMBER = "+14155550100";

/** Signs as Twilio does, synchronously: faster than WebCrypto for thousands of calls. */
export function sign(text: string): string {
  return createHmac("sha1", TOKEN).update(text).digest("base64");
}

/** An app, and the time of its text conversations. */
export interface PlayedApp {
  fetch: Serve;
  /** Lets so many seconds pass, with the questions that are not answered meanwhile. */
  passes(seconds: number): Promise<void>;
}

/** Where text conversations are: in a Durable Object each, or in Twilio's cookies alone. */
export type Conversing = "objects" | "cookies";

let loaded: ReturnType<Deps["outgoing"]> | undefined;

// Node asks its loader at every import, even of a module that is there.
const outgoing: Deps["outgoing"] = () => {
  loaded ??= import("../../worker/outgoing.ts");
  return loaded;
};

/** An app that serves these flows. */
export function appFor(
  flows: readonly BuiltFlow[],
  clock: Clock,
  given: Pick<Deps, "store" | "callState" | "web" | "env" | "outbound" | "watch" | "waitUntil"> &
    Partial<Pick<Deps, "log">>,
  conversing: Conversing = "objects",
): PlayedApp {
  const deps: Deps = {
    log: () => undefined,
    callTime: clock.now,
    ...given,
    programs: indexPrograms(flows.map(({ program }) => program)),
    // All flows of a project have the same ones.
    functions: overloadsOf(flows[0]?.facts.functions ?? []),
    tokens: [TOKEN],
    sealing: SEALING,
    outgoing,
  };
  if (conversing === "cookies") return { fetch: serve(deps), passes: async (seconds) => clock.pass(seconds) };
  const { find, passes } = conversationsIn(clock, async (storage) => {
    const { Conversations } = await outgoing();
    return new Conversations(storage, deps);
  });
  return { fetch: serve({ ...deps, conversations: find }), passes };
}

/** Sends webhooks to the app, and those to other applications to the test's pages. */
export function sendTo(
  fetch: Serve,
  page: FakeWeb["page"],
  received: (url: string) => void,
  late: Promise<unknown>[],
): Line["send"] {
  return async (url, init) => {
    if (!url.startsWith(`${HOST}/`)) return elsewhere(url, page(url));
    received(url);
    const response = await fetch(new Request(url, init));
    // A script can ask at once for what is sent after the reply.
    await Promise.all(late.splice(0));
    return response;
  };
}

/** What the line knows about the files that the Worker would serve. */
export function audioAt(audio: readonly ServedAudio[]): NonNullable<Line["audio"]> {
  const served = new Map(audio.map(({ url, seconds }) => [`${HOST}${url}`, seconds]));
  return (url) => {
    const [name, seconds] = [nameOfServed(url), served.get(url)];
    return name === undefined || seconds === undefined ? undefined : { name, seconds };
  };
}

/** Values for secrets that neither the test nor `.dev.vars` sets: only services read them, so any text will do. */
export function standIns(flows: readonly BuiltFlow[]): Record<string, string> {
  const names = flows.flatMap(({ flow }) => secretsOf(flow));
  return Object.fromEntries(names.map((name) => [name, `the secret ${name}`]));
}

const secrets = new WeakMap<Flow, readonly string[]>();

// Collected once: every played call asks for those of all flows.
function secretsOf(flow: Flow): readonly string[] {
  const names = secrets.get(flow) ?? secretReads(flow).map(({ name }) => name);
  secrets.set(flow, names);
  return names;
}

/** What earlier calls have stored, by the variable's name, prefixed with its flow's. */
export function keptBefore(
  flow: string,
  scenario: Partial<WrittenScenario["scenario"]>,
): Map<string, string> {
  const full = (name: string): string => (name.includes(".") ? name : `${flow}.${name}`);
  const person = personAt(numbersOf(scenario, CALLER, NUMBER).person);
  return new Map(
    Object.entries(scenario.kept ?? {}).flatMap(([name, value]): [string, string][] => [
      [`keep:flow:${full(name)}`, JSON.stringify(value)],
      [`keep:caller:${person}:${full(name)}`, JSON.stringify(value)],
    ]),
  );
}

/** A store in memory. */
export function memoryStore(values: Map<string, string>): Store {
  return {
    get: async (key: string) => values.get(key) ?? null,
    put: async (key: string, value: string) => {
      values.set(key, value);
    },
  };
}

/**
 * Another application, as far as a test goes: it answers every webhook with the document that the test has for it, or an
 * empty one. `{{ back }}` is the URL that the call can come back by.
 */
function elsewhere(url: string, page = "<Response/>"): Response {
  const back = new URL(url).searchParams.get("back") ?? "";
  const document = page.replaceAll(/\{\{\s*back\s*\}\}/g, () => escapeXml(back));
  return new Response(document, { headers: { "content-type": "text/xml" } });
}
