/**
 * Requests a second over workerd's own socket, signature and ticket included, against rivals that answer a wrong
 * key at the front desk's menu with the same document.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Program } from "../../src/program/program.ts";
import type { Effort, Figure } from "./figure.ts";
import { shippedFlows } from "./flows.ts";
import { ask, requestsPerSecond } from "./load.ts";
import { type Contender, contender, inRounds, median, ratio } from "./rounds.ts";
import { temporaryFolder } from "./temporary.ts";
import { callSid, TEXTS, webhook } from "./webhooks.ts";
import { configure, type Server, serverOf, startWorkerd } from "./workerd.ts";
import { bundle } from "./wrangler.ts";

const CALLS = 64;
const RIVALS = "test/bench/rivals";

/** Measures all of them side by side. */
export async function measureRequests(effort: Effort): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const { programs } = await shippedFlows();
  const plain = { "./ticket.ts": resolve(RIVALS, "plain-ticket.ts") };
  await using ringflow = await startBundled(folder.path, "ringflow.ts", programs);
  await using unsealed = await startBundled(folder.path, "ringflow.ts", programs, plain);
  await using hono = await startBundled(folder.path, "hono.ts");
  await using express = await startExpress();
  const answers = await menuAnswers(ringflow);
  const unsealedAnswers = await menuAnswers(unsealed);
  await expectSame(answers, [ringflow, hono, express]);
  const busy = {
    hono: keptBusy(hono, answers, effort),
    ringflow: keptBusy(ringflow, answers, effort),
    unsealed: keptBusy(unsealed, unsealedAnswers, effort),
    express: keptBusy(express, answers, effort),
  };
  await inRounds(effort.slices, Object.values(busy));
  return [
    rate("Hono, written by hand", busy.hono),
    rate("Ringflow", busy.ringflow),
    {
      name: "Ringflow against Hono",
      value: ratio(busy.ringflow, busy.hono),
      unit: "×",
      bound: { atLeast: 0.75 },
    },
    rate("Ringflow, tickets unsealed", busy.unsealed),
    {
      name: "unsealed against Hono",
      value: ratio(busy.unsealed, busy.hono),
      unit: "×",
      bound: { atLeast: 0.75 },
    },
    rate("Express, twilio's SDK and a Map, in Node", busy.express),
    { name: "Express against Hono", value: ratio(busy.express, busy.hono), unit: "×" },
  ];
}

function rate(name: string, { figures }: Contender): Figure {
  return { name, value: median(figures), unit: "requests/s" };
}

function keptBusy({ port }: Server, requests: readonly Buffer[], { slice }: Effort): Contender {
  return contender(() => requestsPerSecond(port, requests, slice));
}

async function startBundled(
  folder: string,
  entry: string,
  programs: readonly Program[] = [],
  alias: Record<string, string> = {},
): Promise<Server> {
  const { path } = await bundle(folder, `${RIVALS}/${entry}`, programs, alias);
  return startWorkerd(await configure(path, TEXTS));
}

async function startExpress(): Promise<Server> {
  const child = fork(`${RIVALS}/express.ts`, {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, ...TEXTS, NODE_ENV: "production" },
  });
  const [port] = await once(child, "message");
  return serverOf(child, Number(port));
}

/** A wrong key in each of many calls. A call's first webhook goes to the server, whose answer names the next URL. */
function menuAnswers({ port }: Server): Promise<Buffer[]> {
  return Promise.all(
    Array.from({ length: CALLS }, async (_, n) => {
      const { body } = await ask(port, webhook("/voice/front-desk", callSid(n)));
      const path = /action="([^"]+)"/.exec(body)?.[1];
      if (path === undefined) throw new Error(`the call does not begin with a menu: ${body}`);
      return webhook(path, callSid(n), { Digits: "9" });
    }),
  );
}

/** Throws where the servers do not give the same document, but for the ticket. */
async function expectSame([request]: readonly Buffer[], servers: readonly Server[]): Promise<void> {
  if (!request) throw new Error("there is nothing to ask");
  const answers = await Promise.all(servers.map(({ port }) => ask(port, request)));
  const documents = new Set(answers.map(({ body }) => body.replace(/\?t=[^"]*/, "")));
  if (documents.size > 1) {
    throw new Error(`rivals/ do not all give what flows/front-desk.yaml says:\n${[...documents].join("\n")}`);
  }
}
