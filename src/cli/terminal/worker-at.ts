/** A running Worker, as the terminal phone sees it: its flows, and the line to it. */
import { createHmac } from "node:crypto";
import { endingOf } from "../../flow/language/audio.ts";
import { type Audio, type Line, simulatedClock } from "../../phone/leg/line.ts";
import { nameOfServed } from "../project/assets.ts";

/** A Worker, and the credentials to call it. */
export interface WorkerAt {
  /** The Worker's URL, such as `http://localhost:8787`. */
  url: string;
  /** The auth token that the Worker verifies webhooks with. */
  token: string;
  /** The account of the calls; all zeros if omitted. */
  accountSid?: string;
}

const NO_TOKEN = "TWILIO_AUTH_TOKEN is not set. `npx ringflow start` writes one to .dev.vars.";

/**
 * Chooses a flow of the Worker: the named one, or the only one.
 * @param command the command that the author typed, for the advice
 * @returns the flow and the Worker's URL without a trailing slash, or a sentence that says what is wrong
 */
export async function chooseFlow(
  { url, token }: WorkerAt,
  flow: string | undefined,
  command: string,
): Promise<{ base: string; flow: string } | { complaint: string }> {
  if (token === "") return { complaint: NO_TOKEN };
  const base = url.replace(/\/+$/, "");
  const flows = await listFlows(base);
  if (typeof flows === "string") return { complaint: flows };
  // A deployed Worker does not list its flows; it refuses an unknown one.
  if (!flows && flow !== undefined) return { base, flow };
  if (!flows)
    return {
      complaint: `The Worker at ${base} does not list its flows. Name one: npx ringflow ${command} <flow>`,
    };
  const only = flows[0];
  if (only === undefined) return { complaint: `The Worker at ${base} has no flows. Write one in flows/.` };
  if (flow === undefined && flows.length === 1) return { base, flow: only };
  if (flow !== undefined && flows.includes(flow)) return { base, flow };
  const list = `The Worker at ${base} has: ${flows.join(", ")}.`;
  if (flow === undefined) return { complaint: `${list} Choose one: npx ringflow ${command} ${only}` };
  return { complaint: `Unknown flow "${flow}". ${list}` };
}

/** The names of the Worker's flows, undefined if it does not list them, or a sentence that says why there is no list. */
async function listFlows(base: string): Promise<string[] | string | undefined> {
  const response = await fetch(`${base}/health`).catch(() => undefined);
  if (!response) return `No Worker answers at ${base}. Start it with: npx ringflow start`;
  const health: unknown = await response.json().catch(() => undefined);
  if (!response.ok || !isHealth(health)) {
    return `The server at ${base} is not a Ringflow Worker. Set the Worker's URL with --url.`;
  }
  return health.flows?.map(({ flow }) => flow);
}

function isHealth(value: unknown): value is { status: "ok"; flows?: { flow: string }[] } {
  if (typeof value !== "object" || value === null || !("status" in value) || value.status !== "ok")
    return false;
  if (!("flows" in value)) return true;
  return Array.isArray(value.flows) && value.flows.every((one) => typeof one?.flow === "string");
}

/** The carrier's line to a Worker. */
export function lineTo({ url: base, token, accountSid = `AC${"0".repeat(32)}` }: WorkerAt): Line {
  return {
    send: (url, init) => fetch(url, init),
    sign: (text) => createHmac("sha1", token).update(text).digest("base64"),
    accountSid,
    clock: simulatedClock(Date.now()),
    audio: (url) => (url.startsWith(base) ? audioFrom(url) : undefined),
  };
}

/** A file that the Worker serves, fetched as Twilio would fetch it. */
async function audioFrom(url: string): Promise<Audio | undefined> {
  const name = nameOfServed(url);
  const response = name === undefined ? undefined : await fetch(url).catch(() => undefined);
  if (name === undefined || !response?.ok) return undefined;
  const { measure } = await import("../project/measure.ts");
  const { seconds } = await measure(await response.bytes(), endingOf(url));
  return { name, seconds };
}
