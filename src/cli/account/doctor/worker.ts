/** The Worker from outside: it answers, refuses what is forged, and accepts what is signed. */
import { randomBytes } from "node:crypto";
import type { BuiltFlow } from "../../../flow/pipe/link.ts";
import { readTwiml } from "../../../phone/twiml/read.ts";
import { isMap } from "../../../program/is-map.ts";
import { shorten } from "../../../program/shorten.ts";
import { environmentOption, npxRingflow, secretPut } from "../../project/environment.ts";
import { startActs } from "./acts.ts";
import { type Check, note, ok, problem } from "./check.ts";
import { type AskedWorker, asked, sendWebhook } from "./webhook.ts";

/** Checks the Worker, and the start of each flow. */
export async function checkWorker(worker: AskedWorker, flows: readonly BuiltFlow[]): Promise<Check[]> {
  const health = await checkHealth(worker);
  if (health.state === "problem") return [health];
  const forged = await checkForged(worker, flows[0]?.flow.name ?? "any");
  if (worker.token === "") return [health, forged, NO_TOKEN];
  const starts: Check[] = [];
  for (const flow of flows) starts.push(await checkStart(worker, flow));
  return [health, forged, ...starts];
}

const NO_TOKEN = note(
  "No signed test call was made: it needs the account's auth token, in the environment variable TWILIO_AUTH_TOKEN.",
);

async function checkHealth({ url, patience }: AskedWorker): Promise<Check> {
  const response = await asked(`${url}/health`, { signal: AbortSignal.timeout(patience) });
  if (typeof response === "string")
    return problem(`No Worker answers at ${url}: ${response}.`, npxRingflow("deploy"));
  if (response.status === 200 && isHealthy(response.text)) return ok(`The Worker at ${url} answers.`);
  return problem(
    `What answers at ${url} is not a Ringflow Worker, or is ill: status ${response.status}.`,
    npxRingflow("deploy"),
  );
}

function isHealthy(text: string): boolean {
  try {
    const health: unknown = JSON.parse(text);
    return isMap(health) && health.status === "ok";
  } catch {
    return false;
  }
}

async function checkForged(worker: AskedWorker, flow: string): Promise<Check> {
  const token = randomBytes(16).toString("hex");
  const response = await sendWebhook({ ...worker, token }, flow);
  if (typeof response === "string") return problem(`A forged webhook was not answered: ${response}.`);
  if (response.status !== 403)
    return problem(
      `A forged webhook is not refused: status ${response.status}, and 403 was expected.`,
      npxRingflow("deploy"),
    );
  if (!response.text.includes("TWILIO_AUTH_TOKEN is not set")) return ok("A forged webhook is refused.");
  return problem(
    "The Worker refuses every webhook, because it has no auth token.",
    secretPut("TWILIO_AUTH_TOKEN"),
  );
}

async function checkStart(worker: AskedWorker, { program }: BuiltFlow): Promise<Check> {
  const { flow } = program;
  const acts = startActs(program);
  if (acts.length > 0)
    return note(
      `${flow} was not called, because its start ${acts.join(" and ")}.`,
      npxRingflow(`call ${flow} --url ${worker.url}`),
    );
  const began = Date.now();
  const response = await sendWebhook(worker, flow);
  if (typeof response === "string") return problem(`${flow} does not answer a call: ${response}.`);
  if (response.status === 403)
    return problem(
      `${flow} refuses a call that is signed with the TWILIO_AUTH_TOKEN from here, which is random if \`npx ringflow start\` wrote it. ` +
        shorten(response.text.trim(), 200),
      secretPut("TWILIO_AUTH_TOKEN"),
    );
  if (response.status === 404) return problem(`${flow} is not in the Worker.`, npxRingflow("deploy"));
  if (response.status !== 200)
    return problem(
      `${flow} answers a call with status ${response.status}.`,
      `npx wrangler tail${environmentOption()}`,
    );
  const [first] = readTwiml(response.text).problems;
  if (first)
    return problem(`${flow} answers with what Twilio refuses: ${first.message}`, npxRingflow("check"));
  const seconds = (Date.now() - began) / 1000;
  if (seconds > SLOW) return note(`${flow} takes ${seconds.toFixed(1)} seconds to answer; Twilio waits 15.`);
  return ok(`${flow} answers a signed call.`);
}

const SLOW = 5;
