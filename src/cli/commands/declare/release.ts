/** The commands that bring flows to the Worker, with their arguments and options. Their code is loaded when they run. */
import type { Command } from "commander";
import { FLOWS } from "../../project/files.ts";
import { readPercent } from "./arguments.ts";
import type { Exit } from "./exit.ts";

const out = process.stdout;

/** Adds `build`, `upgrade`, `deploy`, `publish`, `rollback`, `promote`, `abort`, `versions` and `lifeboat`. */
export function declareRelease(ringflow: Command, exitWith: Exit): void {
  declareBuild(ringflow, exitWith);
  declareUpgrade(ringflow, exitWith);
  declareDeploy(ringflow, exitWith);
  declarePublish(ringflow, exitWith);
  declareRollback(ringflow, exitWith);
  declarePromote(ringflow, exitWith);
  declareAbort(ringflow, exitWith);
  declareVersions(ringflow, exitWith);
  declareLifeboat(ringflow, exitWith);
}

function declareBuild(ringflow: Command, exitWith: Exit): void {
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
        const { build } = await import("../build.ts");
        return build({
          keep: keep && !isDeploying(),
          ...(deploy && { deploy }),
          ...(secrets && { secrets }),
          out,
        });
      }),
    );
}

function declareUpgrade(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("upgrade")
    .description(
      "after an installation of another version of Ringflow: report what it changes for these flows",
    )
    .option(
      "--from <version>",
      "version that the project was last used with; that of package.json if omitted",
    )
    .action((options: { from?: string }) =>
      exitWith(async () => (await import("../upgrade.ts")).upgrade({ ...options, out })),
    );
}

function declareDeploy(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("deploy")
    .description("check and test the flows, archive them in KV for calls in progress, and deploy the Worker")
    .option("--secret <name...>", "names of the secrets that are set, instead of asking Cloudflare")
    .option("--dry-run", "check, test and bundle, and upload nothing")
    .action(({ secret: secrets, dryRun = false }: { secret?: string[]; dryRun?: boolean }) =>
      exitWith(async () => {
        const { deploy } = await import("../deploy.ts");
        return deploy({ ...(secrets && { secrets }), dryRun, out });
      }),
    );
}

function declarePublish(ringflow: Command, exitWith: Exit): void {
  withWorker(ringflow, "publish", "check and test a flow, and make it live for new calls, without a deploy")
    .argument("[flow]", "flow to publish; optional if there is only one")
    .option("--canary <percent>", "only for this share of the callers, always the same ones", readPercent)
    .option("--note <text>", "for the history")
    .option("--secret <name...>", "names of the secrets that are set, instead of asking Cloudflare")
    .action((flow: string | undefined, { secret: secrets, ...options }: PublishArguments) =>
      exitWith(async () =>
        (await import("../publish.ts")).publish(flow, { ...options, ...(secrets && { secrets }), out }),
      ),
    );
}

function declareRollback(ringflow: Command, exitWith: Exit): void {
  withWorker(
    ringflow,
    "rollback",
    "make an earlier version live for new calls: the one before, or the named one",
  )
    .argument("[flow]", "flow to roll back; optional if there is only one")
    .argument("[hash]", "version to return to")
    .option("--note <text>", "for the history")
    .action((flow: string | undefined, hash: string | undefined, options: PublishArguments) =>
      exitWith(async () => (await import("../publish.ts")).rollback(flow, hash, { ...options, out })),
    );
}

function declarePromote(ringflow: Command, exitWith: Exit): void {
  withWorker(ringflow, "promote", "make the canary's version live for all new calls")
    .argument("[flow]", "flow of the canary; optional if there is only one")
    .option("--note <text>", "for the history")
    .action((flow: string | undefined, options: PublishArguments) =>
      exitWith(async () => (await import("../publish.ts")).promote(flow, { ...options, out })),
    );
}

function declareAbort(ringflow: Command, exitWith: Exit): void {
  withWorker(ringflow, "abort", "end a canary")
    .argument("[flow]", "flow of the canary; optional if there is only one")
    .option("--note <text>", "for the history")
    .action((flow: string | undefined, options: PublishArguments) =>
      exitWith(async () => (await import("../publish.ts")).abort(flow, { ...options, out })),
    );
}

function declareVersions(ringflow: Command, exitWith: Exit): void {
  withWorker(ringflow, "versions", "list what was live: when, by whom, and for how many calls")
    .argument("[flow]", "flow to list; optional if there is only one")
    .option("--prune", "also delete the versions from KV that no call can be in")
    .action((flow: string | undefined, options: PublishArguments & { prune?: boolean }) =>
      exitWith(async () => (await import("../versions.ts")).versions(flow, { ...options, out })),
    );
}

function declareLifeboat(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("lifeboat")
    .description(
      "write a TwiML document for a number's fallback URL: the flow's apology, then a fixed number",
    )
    .argument("[flow]", "flow of the number; optional if there is only one")
    .option("--destination <name>", "destination to dial; the first with a fixed number if omitted")
    .option("--out <file>", "file to write; <flow>.lifeboat.xml if omitted")
    .action((flow: string | undefined, { out: file, destination }: LifeboatArguments) =>
      exitWith(async () => {
        const { lifeboat } = await import("../lifeboat.ts");
        return lifeboat(flow, { ...(file && { file }), ...(destination && { destination }), out });
      }),
    );
}

interface PublishArguments {
  to?: string;
  note?: string;
  canary?: number;
  secret?: string[];
}

interface LifeboatArguments {
  out?: string;
  destination?: string;
}

interface BuildArguments {
  keep?: boolean;
  deploy?: boolean;
  secret?: string[];
}

function withWorker(ringflow: Command, name: string, description: string): Command {
  return ringflow
    .command(name)
    .description(description)
    .option("--to <url>", "URL of the Worker; PUBLIC_URL of wrangler.toml if omitted");
}

// wrangler says which of its commands runs the [build]. A deploy must not continue with an older version.
function isDeploying(): boolean {
  return (process.env.WRANGLER_COMMAND ?? "dev") !== "dev";
}
