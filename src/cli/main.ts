/** The command line. A command's code is loaded when it runs. */
import { Command, CommanderError } from "commander";
import { declareAccount } from "./commands/account/declare.ts";
import { declareChecks } from "./commands/declare/checks.ts";
import { declareLocal } from "./commands/declare/local.ts";
import { declareRelease } from "./commands/declare/release.ts";
import { declareViews } from "./commands/declare/views.ts";
import { declareImport } from "./commands/import/declare.ts";
import { isPackaged, RINGFLOW } from "./installation.ts";
import { Problem } from "./problem.ts";
import { chooseEnvironment } from "./project/environment.ts";

const ringflow = new Command("ringflow")
  .description(RINGFLOW.description)
  .version(RINGFLOW.version, "-v, --version")
  .exitOverride()
  .hook("preAction", (_, command) => {
    const { env }: { env?: string } = command.opts();
    chooseEnvironment(env);
  });

declareLocal(ringflow, exitWith);
declareChecks(ringflow, exitWith);
declareViews(ringflow, exitWith);
declareRelease(ringflow, exitWith);
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
    "start call text check test diff draw build upgrade deploy publish rollback promote abort versions lifeboat",
    "numbers connect disconnect doctor calls hangup dial move sms recordings import",
  ].flatMap((names) => names.split(" ")),
);

for (const command of ringflow.commands.filter((one) => IN_ENVIRONMENT.has(one.name())))
  for (const one of command.commands.length > 0 ? command.commands : [command])
    one.option("--env <name>", "environment of wrangler.toml, as in [env.staging]");

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
