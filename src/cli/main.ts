/** The command line: what each command is called and what it takes. A command is loaded when it is used. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import type { CheckOptions } from "./commands/check.ts";
import { PORT } from "./local/port.ts";
import { Problem } from "./problem.ts";
import { FLOWS } from "./project/files.ts";

const out = process.stdout;

const ringflow = new Command("ringflow")
  .description(packageJson.description)
  .version(packageJson.version, "-v, --version")
  .exitOverride();

ringflow
  .command("start")
  .description("answer calls on this machine; what is saved is heard by the next call")
  .option("--port <number>", "where to listen; the next free port if it is taken", readPort, PORT)
  .action((options: { port: number }) =>
    exitWith(async () => (await import("./commands/start/start.ts")).start({ ...options, out })),
  );

ringflow
  .command("new")
  .description("write a flow and its test from a template; lists the templates where none is named")
  .argument("[name]", "what to call the flow; the template's own name if left out")
  .option("--from <template>", "the template")
  .action((name: string | undefined, options: { from?: string }) =>
    exitWith(async () => (await import("./commands/new.ts")).newFlow(name, { ...options, out })),
  );

ringflow
  .command("call")
  .description("phone a running Worker from the terminal")
  .argument("[flow]", "whom to call; may be left out where there is one flow only")
  .option("--url <address>", "where the Worker answers", `http://localhost:${PORT}`)
  .option("--from <number>", "who calls", "+14155550111")
  .option("--to <number>", "the number that is called", "+14155550100")
  .option("--script <file>", "a file with what would be typed, line by line")
  .action((flow: string | undefined, options: CallArguments) => exitWith(() => callWith(flow, options)));

ringflow
  .command("text")
  .description("write a text message to a flow of a running Worker, and show what comes back")
  .argument("<flow>", "whom to write to")
  .argument("<words...>", "what to write")
  .option("--url <address>", "where the Worker answers", `http://localhost:${PORT}`)
  .option("--from <number>", "who writes", "+14155550111")
  .option("--to <number>", "the number that is written to", "+14155550100")
  .action((flow: string, words: string[], options: TextArguments) =>
    exitWith(async () =>
      (await import("./commands/text.ts")).text(flow, words.join(" "), await reaching(options)),
    ),
  );

ringflow
  .command("check")
  .description("tell what is wrong with flows; exits with 1 where there is an error")
  .argument("[paths...]", "flows, and folders with flows", [FLOWS])
  .addOption(
    new Option("--format <format>", "how to write findings")
      .choices(["text", "json", "sarif"])
      .default("text"),
  )
  .option("--fix", "write the fixes that findings carry")
  .option("--out <file>", "a file for the report; the terminal then gets the text")
  .action((paths: string[], { out: file, ...options }: CheckArguments) =>
    exitWith(async () => {
      const { check } = await import("./commands/check.ts");
      return check(paths, { ...options, ...(file !== undefined && { file }), out });
    }),
  );

ringflow
  .command("test")
  .description("play the scripted calls of *.test.yaml; exits with 1 where one went otherwise")
  .argument("[paths...]", "tests, and folders with tests", [FLOWS])
  .option("--coverage", "tell which exits no test takes, and exit with 1 if there are any")
  .option("--verbose", "print every call")
  .action((paths: string[], options: { coverage?: boolean; verbose?: boolean }) =>
    exitWith(async () => (await import("./commands/test.ts")).test(paths, { ...options, out })),
  );

ringflow
  .command("build")
  .description(`compile ${FLOWS}/ into .ringflow/; exits with 1 where there is an error`)
  .option("--keep", "for wrangler dev: keep the last good version where there is an error, and exit with 0")
  .option("--deploy", "check as well that every variable a flow reads is set where the Worker is deployed")
  .option("--secret <name...>", "with --deploy: secrets that are set there, if Cloudflare is not to be asked")
  .action(({ keep = false, deploy, secret: secrets }: BuildArguments) =>
    exitWith(async () => {
      const { build } = await import("./commands/build.ts");
      return build({
        keep: keep && !isDeploying(),
        ...(deploy && { deploy }),
        ...(secrets && { secrets }),
        out,
      });
    }),
  );

ringflow
  .command("docs")
  .description("write the pages of docs/ that are made from the code")
  .option("--check", "write nothing; exit with 1 where a page is not up to date")
  .action(({ check = false }: { check?: boolean }) =>
    exitWith(async () => (await import("./commands/docs.ts")).docs({ check })),
  );

interface TextArguments {
  url: string;
  from: string;
  to: string;
}

interface CallArguments extends TextArguments {
  script?: string;
}

type CheckArguments = Pick<CheckOptions, "format" | "fix"> & { out?: string };

interface BuildArguments {
  keep?: boolean;
  deploy?: boolean;
  secret?: string[];
}

async function callWith(flow: string | undefined, options: CallArguments): Promise<number> {
  const [{ call }, command] = await Promise.all([import("./commands/call.ts"), reaching(options)]);
  return call(flow, command);
}

/** What a phone in the terminal needs besides its options: the account's token, and where to print. */
async function reaching<Options>(options: Options) {
  const { workerVariables } = await import("./project/variables.ts");
  const { TWILIO_AUTH_TOKEN: token = "", TWILIO_ACCOUNT_SID: accountSid = "" } = await workerVariables();
  const print = (line: string) => void out.write(`${line}\n`);
  return { ...options, token, ...(accountSid !== "" && { accountSid }), print };
}

// wrangler says which of its commands runs the [build]. A deploy must not go on with an older version.
function isDeploying(): boolean {
  return (process.env.WRANGLER_COMMAND ?? "dev") !== "dev";
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a whole number from 1 to 65535.");
}

/** A command's answer becomes the exit code; 2 where it could not do its work. */
async function exitWith(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

try {
  await ringflow.parseAsync();
} catch (error) {
  // commander has said what is wrong; it throws for --help and --version as well.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
