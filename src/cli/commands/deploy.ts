/** `ringflow deploy`: checks and tests everything, archives it, and then lets the Worker go live. */
import { archive } from "../local/archive.ts";
import { type Wrangler, wrangler } from "../local/wrangler.ts";
import { Problem } from "../problem.ts";
import { FLOWS, testFiles } from "../project/files.ts";
import { buildProject } from "../project/project.ts";
import { plural } from "../project/report.ts";
import { requireNamespace } from "../project/variables.ts";
import { type BuildOptions, build } from "./build.ts";
import { test } from "./test.ts";

/** Options of `ringflow deploy`. */
interface DeployOptions extends Pick<BuildOptions, "secrets" | "askCloudflare" | "out"> {
  run?: Wrangler;
  /** Checks, tests and bundles, and uploads nothing. */
  dryRun?: boolean;
}

/**
 * Deploys the project. Each Program is in KV before the Worker that serves it is live: calls that begin in it keep it
 * after the next deploy.
 * @returns the exit code: 1 if there is an error in a flow or a test fails; else wrangler's
 * @throws Problem if something cannot be archived
 */
export async function deploy({ run = wrangler, dryRun = false, ...options }: DeployOptions): Promise<number> {
  const say = (line: string) => void options.out.write(`${line}\n`);
  await requireNamespace();
  const built = await build({ ...options, deploy: true });
  if (built !== 0) return built;
  if ((await testFiles([FLOWS])).length > 0 && (await test([FLOWS], { out: options.out })) !== 0) {
    say("Not deployed: a test fails.");
    return 1;
  }
  if (dryRun) return run.show(["deploy", "--dry-run"]);
  const project = await buildProject();
  const isArchived = await archive(project, run);
  if (isArchived)
    say(`Archived ${plural(project.programs.length, "flow")} in KV for the calls that will be in them.`);
  const code = await run.show(["deploy"]);
  if (code !== 0 || isArchived) return code;
  await archiveAfter(project, run, say);
  return 0;
}

/** The first deploy has made the namespace; no call is in an earlier version. */
async function archiveAfter(
  project: Parameters<typeof archive>[0],
  run: Wrangler,
  say: (line: string) => void,
): Promise<void> {
  const why = await archive(project, run).then(
    (isArchived) => (isArchived ? undefined : "Its KV namespace is not there yet."),
    (error: unknown) => {
      if (error instanceof Problem) return error.message;
      throw error;
    },
  );
  if (why === undefined) return say(`Archived ${plural(project.programs.length, "flow")} in KV.`);
  say(
    `Deployed, but not archived: ${why} The Worker archives its flows at its first call; deploy again for their audio.`,
  );
}
