/** `npm start`: answers calls on this machine. The next call gets the latest change. */
import { existsSync } from "node:fs";
import { styleText } from "node:util";
import type { PageServer } from "../../../dev/page-server.ts";
import type { BuiltFlow } from "../../../flow/pipe/link.ts";
import type { Program } from "../../../program/program.ts";
import { writeBuilt } from "../../local/built-files.ts";
import { bundleWorker } from "../../local/bundle.ts";
import { ensureToken } from "../../local/dev-vars.ts";
import { npmHasGone } from "../../local/npm.ts";
import { writeFunctions } from "../../local/own-functions.ts";
import { freePort, PORT } from "../../local/port.ts";
import type { Server } from "../../local/server.ts";
import { watch } from "../../local/watch.ts";
import { startPhone } from "../../phone/start.ts";
import { Problem } from "../../problem.ts";
import { rereading } from "../../project/build-files.ts";
import { configFiles } from "../../project/config.ts";
import { devVarsFile } from "../../project/environment.ts";
import { FLOWS } from "../../project/files.ts";
import { buildHere, type LocalProject, sourcesOf } from "../../project/project.ts";
import { countFindings, formatFrames, plural } from "../../project/report.ts";
import { writeSchema } from "../../project/schema.ts";
import { turnLine } from "../../terminal/turn-line.ts";
import { describeBroken, lastGood } from "./last-good.ts";
import { CODE, reloader } from "./reload.ts";

/** Options of `ringflow start`. */
interface StartOptions {
  /** The port to listen on; the next free one if it is taken. */
  port: number;
  /** What happens is printed here; coloured if it shows colours. */
  out: NodeJS.WritableStream;
}

/**
 * Answers calls until Ctrl-C.
 * @returns the exit code: 1 if every flow has an error
 * @throws Problem if the Worker cannot run
 */
export async function start({ port, out }: StartOptions): Promise<number> {
  const say = (line: string) => void out.write(`${line}\n`);
  if (!existsSync(SETTINGS)) throw new Problem(`No ${SETTINGS} found in ${process.cwd()}. ${WHERE}`);
  const bundling = startBundling();
  if (await ensureToken()) say("Wrote .dev.vars with a random token for development.");
  const readOne = rereading();
  const saved = await buildHere(readOne);
  const last = lastGood({ flows: [] }, saved);
  const { project } = last;
  printFindings(saved, out, say);
  if (project.flows.length === 0) {
    say("Not started. Fix the errors and start again.");
    return 1;
  }
  for (const line of describeBroken(last)) say(line);
  await Promise.all([writeBuilt(project), writeFunctions(), writeSchema(saved.config)]);
  const free = await freePort(port);
  if (free !== port) say(`Port ${port} is taken; using port ${free}.`);
  const phone = await startPhone(saved, `http://localhost:${free}`, say);
  const server = await startServer(free, phone.server, bundling, say, (text) =>
    styleText("dim", text, { stream: out }),
  );
  phone.state.served(project);
  say(welcome(callable(project.flows), server.url));
  const watching = watch(
    [FLOWS, SETTINGS, devVarsFile(), ...CODE],
    reloader({ project, server, say, out, page: phone.state, readOne }),
    configFiles,
  );
  // Ctrl-C needs no handling: Miniflare ends workerd.
  await npmHasGone();
  await watching.close();
  await phone.close();
  await server.stop();
  return 0;
}

/** esbuild is a process of its own: it bundles while the flows are built. */
function startBundling(): Promise<string> {
  const bundling = bundleWorker();
  // Why it failed is reported when the Worker starts.
  bundling.catch(() => undefined);
  return bundling;
}

function printFindings(project: LocalProject, out: NodeJS.WritableStream, say: Say): void {
  const { files, diagnostics } = project;
  if (diagnostics.length > 0) say(`${formatFrames(diagnostics, sourcesOf(project), out)}\n`);
  say(`Checked ${plural(files.length, "flow")}: ${countFindings(diagnostics)}.`);
}

const SETTINGS = "wrangler.toml";
const WHERE = "Run this in the project's folder, next to flows/, or create a project: npx ringflow init";

type Say = (line: string) => void;

async function startServer(
  port: number,
  page: PageServer,
  bundling: Promise<string>,
  say: Say,
  dim: (text: string) => string,
): Promise<Server> {
  say("Starting the Worker.");
  // Miniflare takes a while to load, so the findings are printed first.
  const { serve } = await import("../../local/server.ts");
  return serve(port, page, bundling, { log: (message) => say(dim(turnLine(message))), fail: say });
}

/** The flows that a number can point at: all except those that others run as parts. */
function callable(flows: readonly BuiltFlow[]): Program[] {
  const entries = flows.filter(({ graph }) => graph.isEntry);
  return (entries.length > 0 ? entries : flows).map(({ program }) => program);
}

function welcome(programs: readonly Program[], url: string): string {
  const [first] = programs.map(({ flow }) => flow);
  const widest = Math.max(...programs.map(({ flow }) => flow.length));
  const flows = programs.map(({ flow, hash }) => `  ${flow.padEnd(widest)}  version ${hash}`);
  const where = url.endsWith(`:${PORT}`) ? "" : ` --url ${url}`;
  return [
    "",
    `Open ${url}/ to call it in the browser.`,
    "",
    `Ringflow answers at ${url}`,
    ...flows,
    "",
    `Or call it from another terminal:  npx ringflow call ${first}${where}`,
    `Webhook of ${first} on this machine:  ${url}/voice/${first}`,
    `Webhook for a Twilio number, once deployed:  https://<your-worker>/voice/${first}`,
    "",
    `Watching ${FLOWS}/: saved changes apply to the next call. Ctrl-C stops.`,
    "",
  ].join("\n");
}
