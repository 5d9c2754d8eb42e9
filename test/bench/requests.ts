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

/** The servers that are compared: the Worker, the same with its state as plain text in its URLs, and the rivals. */
const NAMES = ["hono", "ringflow", "unsealed", "express"] as const;

type Each<T> = Record<(typeof NAMES)[number], T>;

/** Measures all of them side by side, each in several processes: one can be a tenth faster than the next of the same code. */
export async function measureRequests(effort: Effort): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const { programs } = await shippedFlows();
  const rates: Each<number[]> = { hono: [], ringflow: [], unsealed: [], express: [] };
  for (let process = 0; process < effort.processes; process++) {
    const busy = await keepBusy(folder.path, programs, effort);
    for (const name of NAMES) rates[name].push(...busy[name].figures);
  }
  return [
    rate("Hono, written by hand", rates.hono),
    rate("Ringflow", rates.ringflow),
    { ...against("Ringflow against Hono", rates.ringflow, rates.hono), bound: { atLeast: 0.75 } },
    rate("Ringflow, tickets unsealed", rates.unsealed),
    { ...against("unsealed against Hono", rates.unsealed, rates.hono), bound: { atLeast: 0.75 } },
    rate("Express, twilio's SDK and a Map, in Node", rates.express),
    against("Express against Hono", rates.express, rates.hono),
  ];
}

/** One process of each server, after it has answered for a while: what V8 has not compiled yet is in the cold start. */
async function keepBusy(
  folder: string,
  programs: readonly Program[],
  { slices, slice, warmUp }: Effort,
): Promise<Each<Contender>> {
  const plain = { "./ticket.ts": resolve(RIVALS, "plain-ticket.ts") };
  await using ringflow = await startBundled(folder, "ringflow.ts", programs);
  await using unsealed = await startBundled(folder, "ringflow.ts", programs, plain);
  await using hono = await startBundled(folder, "hono.ts");
  await using express = await startExpress();
  const answers = await menuAnswers(ringflow);
  await expectSame(answers, [ringflow, hono, express]);
  const requests = {
    hono: answers,
    ringflow: answers,
    unsealed: await menuAnswers(unsealed),
    express: answers,
  };
  const servers = { hono, ringflow, unsealed, express };
  for (const name of NAMES) await requestsPerSecond(servers[name].port, requests[name], warmUp);
  const busy = (name: keyof Each<unknown>): Contender =>
    contender(() => requestsPerSecond(servers[name].port, requests[name], slice));
  const each = {
    hono: busy("hono"),
    ringflow: busy("ringflow"),
    unsealed: busy("unsealed"),
    express: busy("express"),
  };
  await inRounds(slices, Object.values(each));
  return each;
}

function rate(name: string, rates: readonly number[]): Figure {
  return { name, value: median(rates), unit: "requests/s" };
}

function against(name: string, rates: readonly number[], others: readonly number[]): Figure {
  return { name, value: ratio({ figures: rates }, { figures: others }), unit: "×" };
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
