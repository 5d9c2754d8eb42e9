/** The commands of the account, with their arguments and options. Their code is loaded when they run. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Exit } from "../declare/exit.ts";
import { calleesOf, type ListArguments, withListOptions } from "./declare-list.ts";

const out = process.stdout;
const GROUP = "Twilio account:";
const YES = ["--yes", "do not ask"] as const;
const JSON_OPTION = ["--json", "print JSON"] as const;
const URL_OPTION = ["--url <url>", "URL of the Worker; PUBLIC_URL of wrangler.toml if omitted"] as const;

/** Adds the commands to the command line. */
export function declareAccount(ringflow: Command, exitWith: Exit): void {
  declareNumbers(ringflow, exitWith);
  declareDoctor(ringflow, exitWith);
  declareCalls(ringflow, exitWith);
  declareDial(ringflow, exitWith);
  declareSms(ringflow, exitWith);
  declareRecordings(ringflow, exitWith);
}

function declareNumbers(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("numbers")
    .helpGroup(GROUP)
    .description("list the numbers of the Twilio account, and what answers each")
    .option(...URL_OPTION)
    .option(...JSON_OPTION)
    .action((options: { url?: string; json?: boolean }) =>
      exitWith(async () => (await import("./numbers.ts")).numbers({ ...options, out })),
    );
  ringflow
    .command("connect")
    .helpGroup(GROUP)
    .description("make a flow answer a number of the Twilio account")
    .argument("<number>", "number of the account, such as +14155550100")
    .argument("<flow>", "flow that answers")
    .option(...URL_OPTION)
    .option("--fallback <url>", "what Twilio fetches by GET if the Worker does not answer")
    .option(...YES)
    .action((number: string, flow: string, options: { url?: string; fallback?: string; yes?: boolean }) =>
      exitWith(async () => (await import("./connect.ts")).connect(number, flow, { ...options, out })),
    );
  ringflow
    .command("disconnect")
    .helpGroup(GROUP)
    .description("put back what a number had before it was connected")
    .argument("<number>", "number of the account")
    .option(...YES)
    .action((number: string, options: { yes?: boolean }) =>
      exitWith(async () => (await import("./disconnect.ts")).disconnect(number, { ...options, out })),
    );
}

function declareDoctor(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("doctor")
    .helpGroup(GROUP)
    .description("check the deployed Worker and the Twilio account; exits with 1 if there is a problem")
    .option(...URL_OPTION)
    .option(...JSON_OPTION)
    .action((options: { url?: string; json?: boolean }) =>
      exitWith(async () => (await import("./doctor.ts")).doctor({ ...options, out })),
    );
}

function declareCalls(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("calls")
    .helpGroup(GROUP)
    .description("list the calls of the Twilio account, the newest first")
    .option("--live", "only calls that are not over")
    .option("--limit <number>", "how many, at most", readCount, 20)
    .option(...JSON_OPTION)
    .action((options: { live?: boolean; limit: number; json?: boolean }) =>
      exitWith(async () => (await import("./calls.ts")).calls({ ...options, out })),
    );
  ringflow
    .command("hangup")
    .helpGroup(GROUP)
    .description("end a call in progress")
    .argument("<sid>", "SID of the call")
    .option(...YES)
    .action((sid: string, options: { yes?: boolean }) =>
      exitWith(async () => (await import("./calls.ts")).hangup(sid, { ...options, out })),
    );
}

interface WorkerArguments {
  url?: string;
  set?: Record<string, string>;
  yes?: boolean;
  json?: boolean;
}

const SET_OPTION = ["--set <name=value>", "variable that the flow takes; can be repeated", readPair] as const;

function declareDial(ringflow: Command, exitWith: Exit): void {
  const command = ringflow
    .command("dial")
    .helpGroup(GROUP)
    .description("let the Worker call a number, or a list of people, and begin a flow")
    .argument("[to]", "number to call, such as +14155550111")
    .argument("[flow]", "flow that the call begins in")
    .option("--from <number>", "number of the account to call from")
    .option(...URL_OPTION)
    .option(...SET_OPTION)
    .addOption(
      new Option(
        "--machine <when>",
        "detect answering machines: at once, or at the end of their greeting",
      ).choices(["detect", "message-end"]),
    )
    .option("--async", "with --machine: begin the flow at once; a machine moves the call to `onMachine`")
    .option("--key <key>", "Idempotency-Key: the same key places no second call; a random one if omitted")
    .option(...YES)
    .option(...JSON_OPTION)
    .action((to: string | undefined, flow: string | undefined, options: DialArguments) =>
      exitWith(async () => {
        const callees = calleesOf(to, flow, options);
        const { from = "", rate = 1, minutes = 1 } = options;
        const all = { ...options, from, out };
        if ("file" in callees)
          return (await import("./dial-list.ts")).dialList({ ...all, ...callees, rate, minutes });
        return (await import("./dial.ts")).dial(callees.to, callees.flow, all);
      }),
    );
  withListOptions(command);
  ringflow
    .command("move")
    .helpGroup(GROUP)
    .description("move a call in progress to a flow, or to a step of it")
    .argument("<sid>", "SID of the call")
    .argument("<flow>", "flow to move to")
    .argument("[step]", "step to begin at; the start of the flow if omitted")
    .option(...URL_OPTION)
    .option(...SET_OPTION)
    .option(...YES)
    .option(...JSON_OPTION)
    .action((sid: string, flow: string, step: string | undefined, options: WorkerArguments) =>
      exitWith(async () => (await import("./dial.ts")).move(sid, flow, step, { ...options, out })),
    );
}

interface DialArguments extends WorkerArguments, ListArguments {
  from?: string;
  machine?: "detect" | "message-end";
  async?: boolean;
  key?: string;
}

function readPair(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("Write a name and a value, such as day=Monday.");
  return { ...before, [name]: value };
}

function declareSms(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("sms")
    .helpGroup(GROUP)
    .description("send a text message from a number of the Twilio account")
    .argument("<to>", "number of the receiver, such as +14155550111")
    .argument("<words...>", "text of the message")
    .requiredOption("--from <number>", "number of the account to send from")
    .option("--media <url...>", "pictures to send along")
    .option(...YES)
    .action((to: string, words: string[], options: { from: string; media?: string[]; yes?: boolean }) =>
      exitWith(async () => (await import("./sms.ts")).sms(to, words.join(" "), { ...options, out })),
    );
}

function declareRecordings(ringflow: Command, exitWith: Exit): void {
  const recordings = ringflow
    .command("recordings")
    .helpGroup(GROUP)
    .description("list, fetch and delete the recordings of the Twilio account");
  recordings
    .command("list")
    .description("list recordings, the newest first")
    .option("--call <sid>", "only those of a call")
    .option("--since <day>", "only those from this day on, such as 2026-01-31")
    .option("--limit <number>", "how many, at most", readCount, 50)
    .option(...JSON_OPTION)
    .action((options: { call?: string; since?: string; limit: number; json?: boolean }) =>
      exitWith(async () => (await import("./recordings.ts")).listRecordings({ ...options, out })),
    );
  recordings
    .command("get")
    .description("write recordings to files")
    .argument("<sids...>", "SIDs of recordings")
    .addOption(new Option("--format <format>", "format of the files").choices(["mp3", "wav"]).default("mp3"))
    .option("--to <path>", "folder to write to, or the file of a single recording; this folder if omitted")
    .action((sids: string[], options: { format: "mp3" | "wav"; to?: string }) =>
      exitWith(async () => (await import("./recordings.ts")).getRecordings(sids, { ...options, out })),
    );
  recordings
    .command("rm")
    .description("delete recordings at Twilio")
    .argument("<sids...>", "SIDs of recordings")
    .option(...YES)
    .action((sids: string[], options: { yes?: boolean }) =>
      exitWith(async () => (await import("./recordings.ts")).removeRecordings(sids, { ...options, out })),
    );
}

function readCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError("Write an integer from 1 to 1000.");
}
