/** The commands that make a project and call it on this machine, with their arguments and options. Their code is loaded when they run. */
import { type Command, Option } from "commander";
import { PORT } from "../../local/port.ts";
import type { CallCommand } from "../call.ts";
import { readParameter, readPort } from "./arguments.ts";
import type { Exit } from "./exit.ts";

const out = process.stdout;

/** Adds `start`, `init`, `new`, `call` and `text`. */
export function declareLocal(ringflow: Command, exitWith: Exit): void {
  declareStart(ringflow, exitWith);
  declareInit(ringflow, exitWith);
  declareNew(ringflow, exitWith);
  declareCall(ringflow, exitWith);
  declareText(ringflow, exitWith);
}

function declareStart(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("start")
    .description("answer calls on this machine; saved changes apply to the next call")
    .option("--port <number>", "port to listen on; the next free one if it is taken", readPort, PORT)
    .action((options: { port: number }) =>
      exitWith(async () => (await import("../start/start.ts")).start({ ...options, out })),
    );
}

function declareInit(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("init")
    .description("make a project of a folder: a flow with its test, settings, and a workflow for GitHub")
    .argument("[folder]", "created if it does not exist", ".")
    .option("--from <template>", "template of the first flow; `menu` if omitted")
    .option("--yes", "do not ask")
    .action((folder: string, options: { from?: string; yes?: boolean }) =>
      exitWith(async () => (await import("../init/init.ts")).init(folder, { ...options, out })),
    );
}

function declareNew(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("new")
    .description("create a flow and its test from a template; without --from, list the templates")
    .argument("[name]", "name of the flow; the template's name if omitted")
    .option("--from <template>", "template to start from")
    .action((name: string | undefined, options: { from?: string }) =>
      exitWith(async () => (await import("../new.ts")).newFlow(name, { ...options, out })),
    );
}

function declareCall(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("call")
    .description("call a running Worker from the terminal")
    .argument("[flow]", "flow to call; optional if the Worker has only one")
    .option("--url <url>", "URL of the Worker", `http://localhost:${PORT}`)
    .option("--outbound", "the flow calls: --from is its number, --to that of the person called")
    .option(
      "--answered-by <who>",
      "with --outbound: human, machine_end_beep, fax or another AnsweredBy of Twilio",
    )
    .addOption(
      new Option("--unanswered <status>", "the flow calls, and no one answers").choices([
        "busy",
        "no-answer",
        "failed",
        "canceled",
      ]),
    )
    .option("--from <number>", "number of the caller (default: +14155550111)")
    .option("--to <number>", "number to call (default: +14155550100)")
    .option("--parameter <name=value>", "parameter of the webhook; can be repeated", readParameter)
    .option("--script <file>", "read the input from a file, line by line")
    .action((flow: string | undefined, options: CallArguments) => exitWith(() => callWith(flow, options)));
}

function declareText(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("text")
    .description("send a text message to a flow of a running Worker, or hold a conversation with it")
    .argument("<flow>", "flow to write to")
    .argument("[words...]", "text of the message; without it, each line of the input is one")
    .option("--url <url>", "URL of the Worker", `http://localhost:${PORT}`)
    .option("--from <number>", "number of the sender", "+14155550111")
    .option("--to <number>", "number to write to", "+14155550100")
    .option("--media <url...>", "pictures to send along")
    .option("--parameter <name=value>", "parameter of the webhook; can be repeated", readParameter)
    .action((flow: string, words: string[], options: TextArguments) =>
      exitWith(async () => (await import("../text.ts")).text(flow, words.join(" "), await reaching(options))),
    );
}

interface TextArguments {
  url: string;
  from: string;
  to: string;
  media?: string[];
  parameter?: Record<string, string>;
}

interface CallArguments extends Pick<TextArguments, "url" | "parameter"> {
  from?: string;
  to?: string;
  outbound?: true;
  answeredBy?: string;
  unanswered?: NonNullable<CallCommand["unanswered"]>;
  script?: string;
}

async function callWith(flow: string | undefined, options: CallArguments): Promise<number> {
  const [{ call }, command] = await Promise.all([import("../call.ts"), reaching(options)]);
  return call(flow, command);
}

/** What the terminal phone needs besides its options: the account's token, and where to print. */
async function reaching<Options>(options: Options) {
  const { workerVariables } = await import("../../project/variables.ts");
  const { TWILIO_AUTH_TOKEN: token = "", TWILIO_ACCOUNT_SID: accountSid = "" } = await workerVariables();
  const print = (line: string) => void out.write(`${line}\n`);
  return { ...options, token, ...(accountSid !== "" && { accountSid }), print };
}
