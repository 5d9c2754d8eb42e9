/** The command line: each command with its arguments and options. A command's code is loaded when it runs. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { declareAccount } from "./commands/account/declare.ts";
import type { CallCommand } from "./commands/call.ts";
import type { CheckOptions } from "./commands/check.ts";
import type { DiffCommand } from "./commands/diff.ts";
import type { DrawOptions } from "./commands/draw.ts";
import type { HoursOptions } from "./commands/hours.ts";
import { declareImport } from "./commands/import/declare.ts";
import type { PathsOptions } from "./commands/paths.ts";
import type { TestOptions } from "./commands/test.ts";
import { isPackaged, RINGFLOW } from "./installation.ts";
import { PORT } from "./local/port.ts";
import { Problem } from "./problem.ts";
import { chooseEnvironment } from "./project/environment.ts";
import { FLOWS } from "./project/files.ts";

const out = process.stdout;

const ringflow = new Command("ringflow")
  .description(RINGFLOW.description)
  .version(RINGFLOW.version, "-v, --version")
  .exitOverride()
  .hook("preAction", (_, command) => {
    const { env }: { env?: string } = command.opts();
    chooseEnvironment(env);
  });

ringflow
  .command("start")
  .description("answer calls on this machine; saved changes apply to the next call")
  .option("--port <number>", "port to listen on; the next free one if it is taken", readPort, PORT)
  .action((options: { port: number }) =>
    exitWith(async () => (await import("./commands/start/start.ts")).start({ ...options, out })),
  );

ringflow
  .command("init")
  .description("make a project of a folder: a flow with its test, settings, and a workflow for GitHub")
  .argument("[folder]", "created if it does not exist", ".")
  .option("--from <template>", "template of the first flow; `menu` if omitted")
  .option("--yes", "do not ask")
  .action((folder: string, options: { from?: string; yes?: boolean }) =>
    exitWith(async () => (await import("./commands/init/init.ts")).init(folder, { ...options, out })),
  );

ringflow
  .command("new")
  .description("create a flow and its test from a template; without --from, list the templates")
  .argument("[name]", "name of the flow; the template's name if omitted")
  .option("--from <template>", "template to start from")
  .action((name: string | undefined, options: { from?: string }) =>
    exitWith(async () => (await import("./commands/new.ts")).newFlow(name, { ...options, out })),
  );

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
    exitWith(async () =>
      (await import("./commands/text.ts")).text(flow, words.join(" "), await reaching(options)),
    ),
  );

ringflow
  .command("check")
  .description("report errors and warnings in flows and their tests; exits with 1 if there is an error")
  .argument("[paths...]", "flows, test files, and folders of them", [FLOWS])
  .addOption(
    new Option("--format <format>", "format of the report")
      .choices(["text", "json", "sarif", "github"])
      .default("text"),
  )
  .option("--fix", "apply the automatic fixes")
  .option("--promises", "also go through all calls, and prove or refute the promises of the flows")
  .addOption(
    new Option(
      "--write-tests",
      "with --promises: append each call that breaks one to the tests of its flow",
    ).implies({
      promises: true,
    }),
  )
  .option("--no-advice", "report what is wrong, without advice")
  .option("--out <file>", "write the report to a file; the terminal still shows text")
  .action((paths: string[], { out: file, ...options }: CheckArguments) =>
    exitWith(async () => {
      const { check } = await import("./commands/check.ts");
      return check(paths, { ...options, ...(file !== undefined && { file }), out });
    }),
  );

ringflow
  .command("fmt")
  .description(
    "order keys and format flows, tests and calendars; comments and texts stay as they are written",
  )
  .argument("[paths...]", "files, and folders of them", [FLOWS])
  .option("--check", "write nothing; exit with 1 if a file is not formatted")
  .action((paths: string[], options: { check?: boolean }) =>
    exitWith(async () => (await import("./commands/fmt.ts")).fmt(paths, { ...options, out })),
  );

ringflow
  .command("test")
  .description("play the scripted calls in *.test.yaml; exits with 1 if one fails")
  .argument("[paths...]", "test files and folders of test files", [FLOWS])
  .option("--coverage", "list the exits that no test takes; exit with 1 if there are any")
  .option(
    "--min-coverage <percent>",
    "the same, but exit with 1 only below this share of the exits",
    readShare,
  )
  .option("--paths", "explore the flows, and list the ways from one answer to the next that no test takes")
  .option(
    "--min-path-coverage <percent>",
    "the same, and exit with 1 below this share of the paths",
    readShare,
  )
  .option("--verbose", "print every call")
  .addOption(
    new Option("--format <format>", "format of the report").choices(["text", "junit"]).default("text"),
  )
  .option("--out <file>", "write the report to a file; the terminal still shows text")
  .addOption(
    new Option("--fuzz <calls>", "instead, play so many random calls to the flows, with services that fail")
      .argParser(readCount)
      .conflicts([
        "coverage",
        "minCoverage",
        "paths",
        "minPathCoverage",
        "verbose",
        "format",
        "out",
        "watch",
      ]),
  )
  .option("--watch", "play the calls again after every change, until Ctrl-C")
  .option("--seed <text>", "with --fuzz: the same seed makes the same calls")
  .action((paths: string[], { out: file, fuzz: calls, seed, watch, ...options }: TestArguments) =>
    exitWith(async () => {
      if (calls !== undefined) {
        const { fuzz } = await import("./commands/fuzz.ts");
        return fuzz(paths, { calls, ...(seed !== undefined && { seed }), out });
      }
      if (seed !== undefined) throw new Problem("--seed is for random calls. Say how many: --fuzz 1000");
      const asked = { ...options, ...(file !== undefined && { file }), out };
      if (watch) return (await import("./commands/watch-tests.ts")).watchTests(paths, asked);
      return (await import("./commands/test.ts")).test(paths, asked);
    }),
  );

ringflow
  .command("hours")
  .description("show when the hours of a flow are open, day by day, and which line of the file decides")
  .argument("[flow]", "flow with `hours`; optional if there is only one")
  .option("--at <time>", "instead, say whether they are open at a time such as 2026-12-24 15:00, and why")
  .option("--days <number>", "how many days to show, instead of 14", readDays)
  .option("--json", "print JSON")
  .action((flow: string | undefined, options: Omit<HoursOptions, "out">) =>
    exitWith(async () => (await import("./commands/hours.ts")).hours(flow, { ...options, out })),
  );

ringflow
  .command("paths")
  .description("show every way of a call through a flow: how long it takes, and what no call or test reaches")
  .argument("[flow]", "flow that can be called; optional if there is only one")
  .option("--write-tests", "append a test for each exit that calls take and no test does")
  .option("--json", "print JSON")
  .option("--states <number>", "explore at most so many states", readCount)
  .option("--seconds <number>", "explore for at most so long", readCount)
  .action((flow: string | undefined, options: Omit<PathsOptions, "out">) =>
    exitWith(async () => (await import("./commands/paths.ts")).paths(flow, { ...options, out })),
  );

// For the page, which runs it in a process of its own.
ringflow
  .command("explore-flows", { hidden: true })
  .argument("<flows...>")
  .action((flows: string[]) =>
    exitWith(async () => {
      const { exploreFlows } = await import("./phone/explored.ts");
      await exploreFlows(flows, Date.now(), (found) => process.send?.(JSON.stringify(found)));
      return 0;
    }),
  );

ringflow
  .command("diff")
  .description("report what changes for callers since the last commit, or another version of the flows")
  .argument("[version]", "revision of git, or a file to compare its flow with; HEAD if omitted")
  .argument("[flows...]", "flows to compare; all if omitted")
  .addOption(
    new Option("--format <format>", "format of the report")
      .choices(["text", "markdown", "json"])
      .default("text"),
  )
  .option("--fail-on <kinds>", "exit with 1 if there is a change of these kinds, such as promise,destination")
  .option("--out <file>", "write the report to a file; the terminal still shows text")
  .action((version: string | undefined, flows: string[], { out: file, failOn, format }: DiffArguments) =>
    exitWith(async () => {
      const { diff, readKinds } = await import("./commands/diff.ts");
      const kinds = failOn === undefined ? {} : { failOn: readKinds(failOn) };
      const what = version === undefined ? [] : [version, ...flows];
      return diff(what, { format, ...kinds, ...(file !== undefined && { file }), out });
    }),
  );

ringflow
  .command("draw")
  .description("draw a flow: a picture, a chart for Mermaid, or a page with a phone to send to others")
  .argument("[flow]", "flow to draw; optional if there is only one")
  .addOption(
    new Option("--format <format>", "format; as the name of --out ends if omitted, otherwise svg").choices([
      "svg",
      "png",
      "mermaid",
      "html",
    ]),
  )
  .option(
    "--out <file>",
    "file to write; without it, the drawing is printed, and a PNG is written to <flow>.png",
  )
  .action((flow: string | undefined, { out: file, format }: DrawArguments) =>
    exitWith(async () => {
      const { draw } = await import("./commands/draw.ts");
      return draw(flow, { ...(format && { format }), ...(file !== undefined && { file }), out });
    }),
  );

ringflow
  .command("build")
  .description(`compile ${FLOWS}/ into .ringflow/; exits with 1 if there is an error`)
  .option("--keep", "for wrangler dev: on an error, keep the last good version and exit with 0")
  .option("--deploy", "also check that every variable a flow reads is set for the deployed Worker")
  .option(
    "--secret <name...>",
    "with --deploy: names of the secrets that are set, instead of asking Cloudflare",
  )
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
  .command("upgrade")
  .description("after an installation of another version of Ringflow: report what it changes for these flows")
  .option("--from <version>", "version that the project was last used with; that of package.json if omitted")
  .action((options: { from?: string }) =>
    exitWith(async () => (await import("./commands/upgrade.ts")).upgrade({ ...options, out })),
  );

ringflow
  .command("deploy")
  .description("check and test the flows, archive them in KV for calls in progress, and deploy the Worker")
  .option("--secret <name...>", "names of the secrets that are set, instead of asking Cloudflare")
  .option("--dry-run", "check, test and bundle, and upload nothing")
  .action(({ secret: secrets, dryRun = false }: { secret?: string[]; dryRun?: boolean }) =>
    exitWith(async () => {
      const { deploy } = await import("./commands/deploy.ts");
      return deploy({ ...(secrets && { secrets }), dryRun, out });
    }),
  );

withWorker("publish", "check and test a flow, and make it live for new calls, without a deploy")
  .argument("[flow]", "flow to publish; optional if there is only one")
  .option("--canary <percent>", "only for this share of the callers, always the same ones", readPercent)
  .option("--note <text>", "for the history")
  .option("--secret <name...>", "names of the secrets that are set, instead of asking Cloudflare")
  .action((flow: string | undefined, { secret: secrets, ...options }: PublishArguments) =>
    exitWith(async () =>
      (await import("./commands/publish.ts")).publish(flow, { ...options, ...(secrets && { secrets }), out }),
    ),
  );

withWorker("rollback", "make an earlier version live for new calls: the one before, or the named one")
  .argument("[flow]", "flow to roll back; optional if there is only one")
  .argument("[hash]", "version to return to")
  .option("--note <text>", "for the history")
  .action((flow: string | undefined, hash: string | undefined, options: PublishArguments) =>
    exitWith(async () => (await import("./commands/publish.ts")).rollback(flow, hash, { ...options, out })),
  );

withWorker("promote", "make the canary's version live for all new calls")
  .argument("[flow]", "flow of the canary; optional if there is only one")
  .option("--note <text>", "for the history")
  .action((flow: string | undefined, options: PublishArguments) =>
    exitWith(async () => (await import("./commands/publish.ts")).promote(flow, { ...options, out })),
  );

withWorker("abort", "end a canary")
  .argument("[flow]", "flow of the canary; optional if there is only one")
  .option("--note <text>", "for the history")
  .action((flow: string | undefined, options: PublishArguments) =>
    exitWith(async () => (await import("./commands/publish.ts")).abort(flow, { ...options, out })),
  );

withWorker("versions", "list what was live: when, by whom, and for how many calls")
  .argument("[flow]", "flow to list; optional if there is only one")
  .option("--prune", "also delete the versions from KV that no call can be in")
  .action((flow: string | undefined, options: PublishArguments & { prune?: boolean }) =>
    exitWith(async () => (await import("./commands/versions.ts")).versions(flow, { ...options, out })),
  );

ringflow
  .command("lifeboat")
  .description("write a TwiML document for a number's fallback URL: the flow's apology, then a fixed number")
  .argument("[flow]", "flow of the number; optional if there is only one")
  .option("--destination <name>", "destination to dial; the first with a fixed number if omitted")
  .option("--out <file>", "file to write; <flow>.lifeboat.xml if omitted")
  .action((flow: string | undefined, { out: file, destination }: LifeboatArguments) =>
    exitWith(async () => {
      const { lifeboat } = await import("./commands/lifeboat.ts");
      return lifeboat(flow, { ...(file && { file }), ...(destination && { destination }), out });
    }),
  );

declareImport(ringflow, exitWith);
declareAccount(ringflow, exitWith);

ringflow
  .command("language-server")
  .description(
    "serve an editor: completion, findings and more for flows and tests, by the Language Server Protocol",
  )
  .option("--stdio", "on stdin and stdout, which is the only way")
  .allowUnknownOption()
  .action(() => exitWith(async () => (await import("./commands/language-server.ts")).languageServer()));

// They are of this repository, and the package has them ready.
if (!isPackaged)
  ringflow
    .command("docs")
    .description("generate the pages of docs/ from the code")
    .option("--check", "write nothing; exit with 1 if a page is out of date")
    .action(({ check = false }: { check?: boolean }) =>
      exitWith(async () => (await import("./commands/docs.ts")).docs({ check })),
    );

/** The commands that read the variables of wrangler.toml, or run wrangler. */
const IN_ENVIRONMENT = new Set(
  [
    "start check test diff build upgrade deploy publish rollback promote abort versions lifeboat call text",
    "start check test draw build upgrade deploy publish rollback promote abort versions lifeboat call text",
    "numbers connect disconnect doctor calls hangup dial move sms recordings import",
  ].flatMap((names) => names.split(" ")),
);

for (const command of ringflow.commands.filter((one) => IN_ENVIRONMENT.has(one.name())))
  for (const one of command.commands.length > 0 ? command.commands : [command])
    one.option("--env <name>", "environment of wrangler.toml, as in [env.staging]");

interface PublishArguments {
  to?: string;
  note?: string;
  canary?: number;
  secret?: string[];
}

function withWorker(name: string, description: string): Command {
  return ringflow
    .command(name)
    .description(description)
    .option("--to <url>", "URL of the Worker; PUBLIC_URL of wrangler.toml if omitted");
}

function readPercent(text: string): number {
  const percent = Number(text.replace(/%$/, ""));
  if (percent > 0 && percent < 100) return percent;
  throw new InvalidArgumentError("Write a percentage between 0 and 100, such as 10%.");
}

function readShare(text: string): number {
  const percent = Number(text.replace(/%$/, "") || Number.NaN);
  if (percent >= 0 && percent <= 100) return percent;
  throw new InvalidArgumentError("Write a percentage from 0 to 100, such as 80.");
}

function readCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1) return count;
  throw new InvalidArgumentError("Write a whole number, such as 1000.");
}

function readDays(text: string): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= 366) return days;
  throw new InvalidArgumentError("Write a number of days from 1 to 366.");
}

function readParameter(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("Write a name and a value, such as dept=sales.");
  return { ...before, [name]: value };
}

interface DrawArguments extends Pick<DrawOptions, "format"> {
  out?: string;
}

interface LifeboatArguments {
  out?: string;
  destination?: string;
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

type CheckArguments = Pick<CheckOptions, "format" | "fix" | "promises" | "writeTests" | "advice"> & {
  out?: string;
};

interface DiffArguments {
  format: DiffCommand["format"];
  failOn?: string;
  out?: string;
}

type TestArguments = Omit<TestOptions, "file" | "out"> & {
  out?: string;
  fuzz?: number;
  seed?: string;
  watch?: true;
};

interface BuildArguments {
  keep?: boolean;
  deploy?: boolean;
  secret?: string[];
}

async function callWith(flow: string | undefined, options: CallArguments): Promise<number> {
  const [{ call }, command] = await Promise.all([import("./commands/call.ts"), reaching(options)]);
  return call(flow, command);
}

/** What the terminal phone needs besides its options: the account's token, and where to print. */
async function reaching<Options>(options: Options) {
  const { workerVariables } = await import("./project/variables.ts");
  const { TWILIO_AUTH_TOKEN: token = "", TWILIO_ACCOUNT_SID: accountSid = "" } = await workerVariables();
  const print = (line: string) => void out.write(`${line}\n`);
  return { ...options, token, ...(accountSid !== "" && { accountSid }), print };
}

// wrangler says which of its commands runs the [build]. A deploy must not continue with an older version.
function isDeploying(): boolean {
  return (process.env.WRANGLER_COMMAND ?? "dev") !== "dev";
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port must be an integer from 1 to 65535.");
}

/** The exit code of the command that ran last. */
let exitCode = 0;

/** Exits with the command's result, or with 2 if the command could not do its work. */
async function exitWith(command: () => Promise<number>): Promise<void> {
  try {
    exitCode = await command();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.message}\n`);
    exitCode = 2;
  }
}

/** Runs a command with its arguments; returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  exitCode = 0;
  try {
    await ringflow.parseAsync(args, { from: "user" });
  } catch (error) {
    // commander has printed what is wrong; it also throws for --help and --version.
    if (!(error instanceof CommanderError)) throw error;
    exitCode = error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}
