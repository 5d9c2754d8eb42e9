/** The Worker from outside: it answers, refuses what is forged, and accepts what is signed. */
import { createHmac, randomBytes } from "node:crypto";
import type { BuiltFlow } from "../../../flow/build.ts";
import { signedText, signedUrl } from "../../../phone/leg/signature.ts";
import { readTwiml } from "../../../phone/twiml/read.ts";
import { shown } from "../reach.ts";
import { startActs } from "./acts.ts";
import { type Check, note, ok, problem } from "./check.ts";

/** Whom to ask, and as which account. */
export interface AskedWorker {
  /** Without a slash at its end. */
  url: string;
  /** What webhooks are signed with; empty if it is not known here. */
  token: string;
  accountSid: string;
  /** Milliseconds for an answer. */
  patience: number;
}

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
    return problem(`No Worker answers at ${url}: ${response}.`, "npm run deploy");
  const health: unknown = await response.json().catch(() => undefined);
  const isOk = typeof health === "object" && health !== null && "status" in health && health.status === "ok";
  if (response.ok && isOk) return ok(`The Worker at ${url} answers.`);
  return problem(
    `What answers at ${url} is not a Ringflow Worker, or is ill: status ${response.status}.`,
    "npm run deploy",
  );
}

async function checkForged(worker: AskedWorker, flow: string): Promise<Check> {
  const token = randomBytes(16).toString("hex");
  const response = await webhook({ ...worker, token }, flow);
  if (typeof response === "string") return problem(`A forged webhook was not answered: ${response}.`);
  const said = await response.text();
  if (response.status !== 403)
    return problem(
      `A forged webhook is not refused: status ${response.status}, and 403 was expected.`,
      "npm run deploy",
    );
  if (!said.includes("TWILIO_AUTH_TOKEN is not set")) return ok("A forged webhook is refused.");
  return problem(
    "The Worker refuses every webhook, because it has no auth token.",
    "npx wrangler secret put TWILIO_AUTH_TOKEN",
  );
}

async function checkStart(worker: AskedWorker, { program }: BuiltFlow): Promise<Check> {
  const { flow } = program;
  const acts = startActs(program);
  if (acts.length > 0)
    return note(
      `${flow} was not called, because its start ${acts.join(" and ")}.`,
      `ringflow call ${flow} --url ${worker.url}`,
    );
  const began = Date.now();
  const response = await webhook(worker, flow);
  if (typeof response === "string") return problem(`${flow} does not answer a call: ${response}.`);
  const body = await response.text();
  if (response.status === 403)
    return problem(
      `${flow} refuses a call that is signed with the TWILIO_AUTH_TOKEN from here. ${body.trim()}`,
      "npx wrangler secret put TWILIO_AUTH_TOKEN",
    );
  if (response.status === 404) return problem(`${flow} is not in the Worker.`, "npm run deploy");
  if (!response.ok)
    return problem(`${flow} answers a call with status ${response.status}.`, "npx wrangler tail");
  const [first] = readTwiml(body).problems;
  if (first) return problem(`${flow} answers with what Twilio refuses: ${first.message}`, "ringflow check");
  const seconds = (Date.now() - began) / 1000;
  if (seconds > SLOW) return note(`${flow} takes ${seconds.toFixed(1)} seconds to answer; Twilio waits 15.`);
  return ok(`${flow} answers a signed call.`);
}

const SLOW = 5;

/** The first webhook of a call from a number that nobody has. */
async function webhook(
  { url, token, accountSid, patience }: AskedWorker,
  flow: string,
): Promise<Response | string> {
  const params = {
    AccountSid: accountSid,
    ApiVersion: "2010-04-01",
    CallSid: `CA${randomBytes(16).toString("hex")}`,
    CallStatus: "ringing",
    Direction: "inbound",
    From: "+14155550111",
    To: "+14155550100",
  };
  const to = `${url}/voice/${flow}`;
  const signature = createHmac("sha1", token)
    .update(signedText(signedUrl(to), params))
    .digest("base64");
  return asked(to, {
    method: "POST",
    headers: {
      "X-Twilio-Signature": signature,
      "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
    },
    body: new URLSearchParams(params).toString(),
    redirect: "manual",
    signal: AbortSignal.timeout(patience),
  });
}

/** The response, or why there is none. */
async function asked(url: string, init: RequestInit): Promise<Response | string> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    return isLate ? "no answer in time" : `no connection to ${shown(new URL(url).host)}`;
  }
}
