/** The stage of a scenario: the URLs of its flow, what is checked after a line, and Twilio's part of a call. */
import { hearsHangups } from "../../engine/scope.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import type { Line } from "../../phone/leg/line.ts";
import { exchange } from "../../phone/leg/webhook.ts";
import { stepText } from "../../phone/script/scenario.ts";
import type { Stage } from "../../phone/script/script.ts";
import { MOVED, sealStart } from "../../worker/start.ts";
import { ACCOUNT, CALLER, HOST, NUMBER, SEALING } from "./app.ts";
import { deliver } from "./deliver.ts";
import { addressesOf } from "./destination-addresses.ts";
import type { FakeWeb, Sent } from "./fake-web.ts";
import type { planFor } from "./plan.ts";
import { isMessage, type Latest, sentChecker, textIn } from "./sent.ts";

/** The services without Twilio's moves of calls, and the URL that the last one moved to. */
interface Moves {
  web: FakeWeb["web"];
  last(): string | undefined;
}

/** Takes the moves of calls out of what is sent: those are Twilio's business, not a service's. */
export function movesIn({ web }: FakeWeb): Moves {
  let last: string | undefined;
  const fetch: FakeWeb["web"]["fetch"] = async (url, init) => {
    if (!/\/Calls\/CA\w+\.json$/.test(url)) return web.fetch(url, init);
    last = new URLSearchParams(String(init.body)).get("Url") ?? undefined;
    return Response.json({});
  };
  return { web: { ...web, fetch }, last: () => last };
}

/** What a scenario is played with. */
interface Setting {
  written: WrittenScenario;
  /** The scenario's flow, if it could be built. */
  built: BuiltFlow | undefined;
  line: Line;
  services: FakeWeb;
  moves: Moves;
  plan: ReturnType<typeof planFor>;
  env: Readonly<Record<string, string>>;
  /** Lets seconds pass in text conversations. */
  passes(seconds: number): Promise<unknown>;
}

/** The stage of a scenario: the URLs of its flow, what it sends, and how time passes. */
export async function stageFor(setting: Setting): Promise<Stage> {
  const { written, built, line, services, moves, plan, passes } = setting;
  const { flow, scenario } = written;
  const { sent, unanswered } = services;
  const { parameters: set = {} } = scenario;
  // A call that moves continues at a revision that its turns never reach, as the Worker has it.
  const ticket = (step?: string) =>
    sealStart(SEALING, flow, { set, ...(step !== undefined && { step, rev: MOVED }) });
  return {
    ...checksOf(setting),
    line,
    url: `${HOST}/voice/${flow}`,
    messageUrl: `${HOST}/sms/${flow}`,
    // Of any other call, a callback changes nothing.
    ...(isReported(setting) && { statusUrl: `${HOST}/status/${flow}?t=${await ticket()}` }),
    from: CALLER,
    to: NUMBER,
    replied: ({ from, to, body }) => void sent.push(textSent(from, to, body)),
    placesAgain: plan.next,
    wrong: () => missingAnswer(unanswered),
    passes: async (seconds) => {
      const before = sent.length;
      await passes(seconds);
      return sent.slice(before).filter(isMessage).map(textIn);
    },
    async machine(sid, AnsweredBy) {
      const step = built?.program.onMachine;
      if (step === undefined) return undefined;
      const url = `${HOST}/machine/${flow}?t=${await ticket(step)}`;
      const params = { CallSid: sid, AccountSid: ACCOUNT, AnsweredBy };
      await exchange(line, { url, method: "POST", params }, sid, () => undefined);
      return moves.last();
    },
  };
}

/** Whether the flow can hear how the call ended: by `onHangup`, or because Twilio placed it. */
function isReported({ built, written: { scenario } }: Setting): boolean {
  if (scenario.direction === "outbound" || scenario.unanswered !== undefined) return true;
  return built !== undefined && hearsHangups(built.program);
}

/** What a line of the script expects to have been sent. */
function checksOf({
  built,
  line,
  services,
  env,
}: Setting): Pick<Stage, "resolve" | "follows" | "happened" | "delivered"> {
  const { sent } = services;
  const resolve = (name: string): string[] => (built ? addressesOf(built.flow, name, env) : []);
  const taken = new Set<Sent>();
  let latest: Latest | undefined;
  return {
    resolve,
    follows: (step) => {
      latest = { sent: sent.length, line: stepText(step) };
    },
    happened: sentChecker(sent, resolve, taken, () => latest),
    delivered: (step) => deliver(line, taken, step),
  };
}

function missingAnswer([url]: readonly string[]): string | undefined {
  if (url === undefined) return undefined;
  return `The flow requests ${url}, but the test has no answer for it under \`requests\`.`;
}

/** A text message that replies to another, in the form of a message sent on its own. */
function textSent(From: string, To: string, Body: string): Sent {
  const body = new URLSearchParams({ From, To, Body }).toString();
  return { method: "POST", url: "the answer/Messages.json", body };
}
