/**
 * `ringflow call [flow]`: phones a running Worker from the terminal.
 */
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { styleText } from "node:util";
import { type CallOptions, startCall, withQuery } from "../../phone/carrier.ts";
import type { Handset } from "../../phone/leg/handset.ts";
import type { EndedBy, UnansweredStatus } from "../../phone/leg/moment.ts";
import { numbersOf } from "../../phone/script/scenario.ts";
import { type Terminal, terminalPhone } from "../terminal/terminal-phone.ts";
import { scriptLines } from "../terminal/typed.ts";
import { chooseFlow, lineTo, type WorkerAt } from "../terminal/worker-at.ts";

const PERSON = "+14155550111";
const LINE = "+14155550100";

/** How to call. */
export interface CallCommand extends WorkerAt {
  /** E.164. */
  from?: string | undefined;
  to?: string | undefined;
  /** The flow calls: `from` is its number, and `to` that of the person called. */
  outbound?: boolean;
  /** What Twilio's detection says of an outbound call: `human`, `machine_end_beep` … */
  answeredBy?: string;
  /** No one answers the outbound call. */
  unanswered?: UnansweredStatus;
  /** Parameters of the first webhook. */
  parameter?: Readonly<Record<string, string>>;
  /** A file with the input, line by line. */
  script?: string;
  print(line: string): void;
  /** The input if there is no script. */
  input?: NodeJS.ReadableStream;
}

/**
 * Calls a flow, or the only one if none is named. Returns the exit code: 1 if the call could not be made or could not
 * continue.
 */
export async function call(flow: string | undefined, command: CallCommand): Promise<number> {
  const chosen = await chooseFlow(command, flow, "call");
  if ("complaint" in chosen) return complain(command, chosen.complaint);
  const lines = command.script === undefined ? typedLines(command.input) : await readScript(command.script);
  if ("complaint" in lines) return complain(command, lines.complaint);
  const by = await phone(chosen.base, chosen.flow, command, lines);
  lines.close();
  return by === "problem" ? 1 : 0;
}

function complain({ print }: CallCommand, complaint: string): 1 {
  print(styleText("red", complaint));
  return 1;
}

async function phone(base: string, flow: string, command: CallCommand, lines: Lines): Promise<EndedBy> {
  const { outbound, answeredBy, unanswered, parameter, print } = command;
  const direction = outbound || unanswered ? "outbound" : undefined;
  const { from, to } = numbersOf({ ...command, direction }, PERSON, LINE);
  const url = `${base}/voice/${flow}`;
  print(styleText("dim", `calling ${url} from ${from} to ${to}`));
  const read = async () => {
    const line = await lines.read();
    if (line !== undefined && lines.silent) print(`> ${line}`);
    return line;
  };
  const handset = watched(terminalPhone({ print, read }), print);
  const options: CallOptions = {
    url,
    // What runs if no one answers sees the parameters as well.
    statusUrl: withQuery(`${base}/status/${flow}`, unanswered ? parameter : {}),
    from,
    to,
    ...(direction && { direction }),
    ...(answeredBy !== undefined && { answeredBy }),
    ...(unanswered !== undefined && { unanswered }),
    ...(parameter && { parameters: parameter }),
    seed: crypto.randomUUID(),
  };
  const ended = await startCall(lineTo(command), options, handset).ended;
  return ended.by;
}

interface Lines {
  read: Terminal["read"];
  close(): void;
  /** Not shown by the terminal, so the phone prints them. */
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
  if (text === undefined) return { complaint: `Cannot read the script ${path}.` };
  const lines = scriptLines(text);
  return { read: async () => lines.shift(), close: () => undefined, silent: true };
}

/** Says what to do about a refused webhook: its body is a sentence from the Worker. */
function watched(phone: Handset, print: (line: string) => void): Handset {
  const hear: Handset["hear"] = (moment) => {
    if (moment.kind === "webhook" && moment.status === 403) {
      print(styleText("red", moment.body.trim()));
      print(
        "The phone signs with TWILIO_AUTH_TOKEN from .dev.vars, which must be the token that the Worker runs with.",
      );
    }
    return phone.hear(moment);
  };
  return { ...phone, hear };
}
