/**
 * `ringflow call [flow]`: phones a running Worker from the terminal.
 */
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { styleText } from "node:util";
import { endingOf } from "../flow/audio.ts";
import { type CallOptions, startCall } from "../phone/carrier.ts";
import type { Handset } from "../phone/handset.ts";
import { type Audio, type Line, simulatedClock } from "../phone/line.ts";
import type { EndedBy } from "../phone/moment.ts";
import { nameOfServed } from "./assets.ts";
import { type Terminal, terminalPhone } from "./terminal-phone.ts";
import { scriptLines } from "./typed.ts";

/** How to call. */
export interface CallCommand {
  /** The Worker's address, such as `http://localhost:8787`. */
  url: string;
  /** The auth token that the Worker verifies webhooks with. */
  token: string;
  /** E.164. */
  from: string;
  to: string;
  /** The account that the call is of; one of zeros if left out. */
  accountSid?: string;
  /** A file of what would be typed, line by line. */
  script?: string;
  print(line: string): void;
  /** What is typed, where there is no script. */
  input?: NodeJS.ReadableStream;
}

/**
 * Calls a flow, the only one there is if none is named. Returns the exit code: 1 where the call could not be made or
 * could not go on.
 */
export async function call(flow: string | undefined, command: CallCommand): Promise<number> {
  const base = command.url.replace(/\/+$/, "");
  const chosen = command.token === "" ? { complaint: NO_TOKEN } : await chooseFlow(base, flow);
  if ("complaint" in chosen) return complain(command, chosen.complaint);
  const lines = command.script === undefined ? typedLines(command.input) : await readScript(command.script);
  if ("complaint" in lines) return complain(command, lines.complaint);
  const by = await phone(`${base}/voice/${chosen.flow}`, `${base}/status/${chosen.flow}`, command, lines);
  lines.close();
  return by === "problem" ? 1 : 0;
}

const NO_TOKEN = "There is no TWILIO_AUTH_TOKEN. npm start writes one into .dev.vars.";

function complain({ print }: CallCommand, complaint: string): 1 {
  print(styleText("red", complaint));
  return 1;
}

async function phone(url: string, statusUrl: string, command: CallCommand, lines: Lines): Promise<EndedBy> {
  const { from, to, print } = command;
  print(styleText("dim", `calls ${url} from ${from} to ${to}`));
  const read = async () => {
    const line = await lines.read();
    if (line !== undefined && lines.silent) print(`> ${line}`);
    return line;
  };
  const handset = watched(terminalPhone({ print, read }), print);
  const options: CallOptions = { url, statusUrl, from, to, seed: crypto.randomUUID() };
  const ended = await startCall(lineOf(command), options, handset).ended;
  return ended.by;
}

async function chooseFlow(
  base: string,
  flow: string | undefined,
): Promise<{ flow: string } | { complaint: string }> {
  const flows = await listFlows(base);
  if (typeof flows === "string") return { complaint: flows };
  const only = flows[0];
  if (only === undefined) return { complaint: `The Worker at ${base} has no flows. Write one in flows/.` };
  if (flow === undefined && flows.length === 1) return { flow: only };
  if (flow !== undefined && flows.includes(flow)) return { flow };
  const list = `The Worker at ${base} has: ${flows.join(", ")}.`;
  if (flow === undefined) return { complaint: `${list} Say which: ringflow call ${only}` };
  return { complaint: `There is no flow ${flow}. ${list}` };
}

/** The names of the Worker's flows, or a sentence that says why there is no list. */
async function listFlows(base: string): Promise<string[] | string> {
  const response = await fetch(`${base}/health`).catch(() => undefined);
  if (!response) return `No Worker answers at ${base}. Start it with: npm start`;
  const health: unknown = await response.json().catch(() => undefined);
  if (!response.ok || !isHealth(health)) {
    return `What answers at ${base} is not a Ringflow Worker. Name its address with --url.`;
  }
  return health.flows.map(({ flow }) => flow);
}

function isHealth(value: unknown): value is { flows: { flow: string }[] } {
  if (typeof value !== "object" || value === null || !("flows" in value) || !Array.isArray(value.flows))
    return false;
  return value.flows.every((one) => typeof one?.flow === "string");
}

interface Lines {
  read: Terminal["read"];
  close(): void;
  /** Nobody sees them being typed. */
  silent: boolean;
}

function typedLines(input: NodeJS.ReadableStream = process.stdin): Lines {
  const typing = createInterface({ input });
  const lines = typing[Symbol.asyncIterator]();
  const read = async () => {
    const { done, value } = await lines.next();
    return done ? undefined : value;
  };
  return { read, close: () => typing.close(), silent: false };
}

async function readScript(path: string): Promise<Lines | { complaint: string }> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return { complaint: `The script ${path} cannot be read.` };
  const lines = scriptLines(text);
  return { read: async () => lines.shift(), close: () => undefined, silent: true };
}

function lineOf({ url: base, token, accountSid = `AC${"0".repeat(32)}` }: CallCommand): Line {
  return {
    send: (url, init) => fetch(url, init),
    sign: (text) => createHmac("sha1", token).update(text).digest("base64"),
    accountSid,
    clock: simulatedClock(Date.now()),
    audio: (url) => (url.startsWith(base) ? audioFrom(url) : undefined),
  };
}

/** What is known of a file that the Worker serves: it is fetched, as Twilio would. */
async function audioFrom(url: string): Promise<Audio | undefined> {
  const name = nameOfServed(url);
  const response = name === undefined ? undefined : await fetch(url).catch(() => undefined);
  if (name === undefined || !response?.ok) return undefined;
  const { measure } = await import("./measure.ts");
  const { seconds } = await measure(await response.bytes(), endingOf(url));
  return { name, seconds };
}

/** Tells what to do about a refused webhook: its body is a sentence of the Worker's. */
function watched(phone: Handset, print: (line: string) => void): Handset {
  const hear: Handset["hear"] = (moment) => {
    if (moment.kind === "webhook" && moment.status === 403) {
      print(styleText("red", moment.body.trim()));
      print(
        "The phone signs with TWILIO_AUTH_TOKEN of .dev.vars. It has to be the one that the Worker runs with.",
      );
    }
    return phone.hear(moment);
  };
  return { ...phone, hear };
}
