/** A line to an app whose store and services fail, whose webhooks come twice and late, and whose every reply is checked. */
import { createHmac } from "node:crypto";
import type { Random } from "../../src/cli/play/fuzz/random.ts";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import type { Turn } from "../../src/engine/turn.ts";
import { type Line, simulatedClock, type WebhookInit } from "../../src/phone/leg/line.ts";
import type { Call } from "../../src/program/call.ts";
import type { Deps } from "../../src/worker/deps.ts";
import type { LogLine } from "../../src/worker/log.ts";
import { newArchive } from "../../src/worker/programs.ts";
import { serve } from "../../src/worker/serve.ts";
import { faultsOf, leaksOf, loggedText, ticketFaults } from "./checks.ts";
import { faultyConversations } from "./conversations.ts";
import type { Counts } from "./counts.ts";
import { faultyWeb } from "./services.ts";
import type { Shipped, ShippedFlow } from "./shipped.ts";
import { faultyStore } from "./store.ts";

/** Where the app is. */
export const HOST = "https://ringflow.test";
const TOKEN = "a token of the chaos";
export const SEALING = { secrets: [TOKEN], cipher: nodeCipher };
const ACCOUNT = `AC${"0".repeat(32)}`;
const YEAR_MS = 365 * 24 * 3600 * 1000;

/** Takes what is wrong, in sentences. */
export type Report = (faults: readonly string[]) => void;

/** A line to an app of its own, and what the harness keeps of the call. */
export interface Wired {
  line: Line;
  /** Keys that were entered where the flow asks for something sensitive. */
  sensitive: Set<string>;
  isSensitive(): boolean;
  /** Lets time pass between two text messages. */
  passes(seconds: number): Promise<void>;
}

/** A reply, and the cookie that it sets. */
interface Delivered {
  body: string;
  cookie: string | null;
}

/** Makes a line to an app of its own whose store and services fail as often as chance says. */
export function wire(
  { programs, env, secrets, answers }: Shipped,
  flow: ShippedFlow,
  random: Random,
  counts: Counts,
  report: Report,
): Wired {
  const clock = simulatedClock(Date.UTC(2026, 0, 1) + random.int(0, YEAR_MS));
  const often = (): number => random.pick([0, 0, 0.2, 0.2, 1]);
  const [ofStore, ofWeb] = [often(), often()];
  const store = faultyStore(random, ofStore, counts.add);
  const web = faultyWeb(random, answers, ofWeb, counts.add);
  const sensitive = new Set<string>();
  const seen: { turn?: Turn | undefined; logged?: LogLine; url?: string; degraded?: true } = {};
  const state = (): Call | undefined => seen.turn?.call;
  const log = (entry: LogLine): void => {
    report(leaksOf("the log", loggedText(entry), sensitive));
    // A failed service request or text message has a line of its own.
    if (entry.host !== undefined) return;
    if (entry.ms !== undefined) seen.logged = entry;
    const { degraded, error } = entry;
    // An aside whose own state is in no ticket and was lost by the store has the call's, which cannot end the aside.
    if (ofStore > 0 && /\/aside\/[^?]+$/.test(seen.url ?? "")) seen.degraded = true;
    if (degraded) {
      counts.add("webhooks answered with defaults");
      seen.degraded = true;
    }
    // Only a faulty object, or a second delivery that comes late, leaves a conversation with less than it had.
    const isTexted = entry.event === "message";
    if (degraded && ofStore === 0 && !(isTexted && ofObject !== 0))
      report([`a state was lost with a sound store: ${entry.store}`]);
    // Some callers cannot get a text message. A state that is neither in its ticket nor in the store: a part then takes its flow's onError.
    const isExpected = error?.includes("a text message cannot reach a");
    if (error && !isExpected && !seen.degraded) report([`the log has an error: ${error}`]);
  };
  const ofObject = random.chance(0.4) ? undefined : random.pick([0, 0.1, 1]);
  const conversations =
    ofObject === undefined ? undefined : faultyConversations(clock, () => deps, random, ofObject, counts.add);
  const deps: Deps = {
    programs,
    conversations: conversations?.find,
    outgoing: () => import("../../src/worker/outgoing.ts"),
    tokens: [TOKEN],
    sealing: SEALING,
    store,
    archive: newArchive(),
    callState: random.pick(["store", "ticket"]),
    web,
    env: { ...env, ...random.any(flow.scenarios)?.scenario.env, ...secrets },
    callTime: clock.now,
    log,
    watch: (turned) => {
      seen.turn = turned;
    },
    waitUntil: () => undefined,
  };
  const fetch = serve(deps);

  const deliver = async (url: string, init: WebhookInit): Promise<Delivered> => {
    counts.add("webhooks");
    seen.turn = undefined;
    seen.url = url;
    const began = Date.now();
    const response = await fetch(new Request(url, init));
    const body = await response.text();
    const type = response.headers.get("content-type") ?? "";
    const reply = { url: new URL(url), status: response.status, type, body, took: Date.now() - began };
    report(faultsOf(reply, flow));
    const sid = new URLSearchParams(init.body).get("CallSid") ?? "";
    report(await ticketFaults(SEALING, body, sid, state()));
    if (url.includes("?t=") && seen.logged?.degraded) report([`a ticket did not open: ${url}`]);
    return { body, cookie: response.headers.get("set-cookie") };
  };

  const earlier: [string, WebhookInit][] = [];
  const send: Line["send"] = async (url, init) => {
    if (!url.startsWith(`${HOST}/`)) return elsewhere();
    const late = random.chance(0.05) ? random.any(earlier) : undefined;
    if (late) {
      counts.add("webhooks delivered late");
      await deliver(...late);
    }
    earlier.push([url, init]);
    const requests = web.requests + store.reads;
    const { body, cookie } = await deliver(url, init);
    if (random.chance(0.1)) {
      counts.add("webhooks delivered twice");
      const { body: again } = await deliver(url, init);
      const isAlone = web.requests + store.reads === requests;
      if (isAlone && again !== body) report([`a webhook delivered twice gets ${again} after ${body}`]);
    }
    const isStatus = new URL(url).pathname.startsWith("/status/");
    return isStatus ? new Response(null, { status: 204 }) : xml(body, cookie);
  };
  const isSensitive = (): boolean => flow.program.steps[seen.logged?.next ?? ""]?.sensitive === true;
  // Reports of a hang-up may take longer than Twilio waits; `faultsOf` holds the others to its 15 s.
  const line = { send, sign, accountSid: ACCOUNT, clock, deadline: 120, cookies: new Map() };
  const passes = async (seconds: number): Promise<void> =>
    conversations ? conversations.passes(seconds) : clock.pass(seconds);
  return { line, sensitive, isSensitive, passes };
}

function sign(text: string): string {
  return createHmac("sha1", TOKEN).update(text).digest("base64");
}

/** Another application accepts every webhook. */
function elsewhere(): Response {
  return xml("<Response/>");
}

function xml(body: string, cookie: string | null = null): Response {
  return new Response(body, {
    headers: { "content-type": "text/xml", ...(cookie !== null && { "set-cookie": cookie }) },
  });
}
