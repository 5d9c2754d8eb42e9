/** What `npm start` does when a file changes: it serves each flow's last good version, and reports the errors. */
import { hasError } from "../../../flow/build.ts";
import type { Program } from "../../../program/program.ts";
import { isPackaged, ownPath } from "../../installation.ts";
import { writeBuilt } from "../../local/built-files.ts";
import { writeFunctions } from "../../local/own-functions.ts";
import type { Server } from "../../local/server.ts";
import type { LiveState } from "../../phone/state.ts";
import { Problem } from "../../problem.ts";
import { type ReadFile, rereading } from "../../project/build-files.ts";
import { buildHere, type LocalProject, sourcesOf } from "../../project/project.ts";
import { countFindings, formatFrames } from "../../project/report.ts";
import { writeSchema } from "../../project/schema.ts";
import { describeBroken, lastGood } from "./last-good.ts";
import { pastVersions } from "./past.ts";

/** What the Worker is bundled from, besides its libraries. The package's is bundled already. */
export const CODE: readonly string[] = isPackaged
  ? []
  : ["dev.ts", "dev", "worker", "engine", "program"].map((name) => ownPath(`src/${name}`, ""));

/** What a change is passed to. */
export interface Development {
  /** What is served at first. */
  project: LocalProject;
  /** The running Worker. */
  server: Pick<Server, "replacePrograms" | "restart">;
  say(line: string): void;
  /** Findings are coloured if it shows colours. */
  out: NodeJS.WritableStream;
  /** Shows the same on the phone's page. */
  page?: Pick<LiveState, "saved" | "served" | "trouble">;
  /** Has read the files of the project. */
  readOne?: ReadFile;
}

/** Makes the function to call with the paths of every change. It never throws. */
export function reloader({
  project: first,
  server,
  say,
  out,
  page,
  readOne = rereading(),
}: Development): (paths: readonly string[]) => Promise<void> {
  // Undefined while the Worker is not running.
  let served: LocalProject | undefined = first;
  let good = first;
  let past: Program[] = [];
  let isBroken = hasError(first.diagnostics);

  const serve = async (project: LocalProject, hasNewCode: boolean): Promise<boolean> => {
    past = pastVersions(past, served?.programs ?? [], project.programs);
    const programs = [...past, ...project.programs];
    await writeBuilt({ ...project, programs });
    const isEnough = !hasNewCode && served !== undefined && !needsRestart(served, project);
    return (isEnough && (await server.replacePrograms(programs))) || server.restart();
  };

  const handOver = async (project: LocalProject, hasNewCode: boolean): Promise<void> => {
    const began = performance.now();
    const changes = served ? changesBetween(served, project, hasNewCode) : "The Worker answers again.";
    served = changes === undefined || (await serve(project, hasNewCode)) ? project : undefined;
    page?.served(served);
    if (!served) {
      page?.trouble(DOWN);
      return say(DOWN);
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (changes !== undefined) return say(`${changes} (${seconds} s)`);
    if (!isBroken) say("Nothing changed for callers.");
  };

  let { functions } = first.config;

  /** Writes what the project's own files give besides Programs, and returns whether the Worker's code changes by it. */
  const takeConfig = async ({ config }: LocalProject): Promise<boolean> => {
    await writeSchema(config);
    if (config.functions === functions) return false;
    await writeFunctions();
    functions = config.functions;
    return true;
  };

  const take = async (saved: LocalProject, isNewCode: boolean): Promise<void> => {
    const hasNewCode = (await takeConfig(saved)) || isNewCode;
    page?.saved(saved);
    const frames = formatFrames(saved.diagnostics, sourcesOf(saved), out);
    const last = lastGood(good, saved);
    good = last.project;
    const wasBroken = isBroken;
    isBroken = hasError(saved.diagnostics);
    if (frames !== "") say(`\n${frames}\n`);
    if (isBroken) say([`${countFindings(saved.diagnostics)}.`, ...describeBroken(last)].join("\n"));
    else if (wasBroken && served) say("Fixed.");
    if (good.flows.length > 0) await handOver(good, hasNewCode);
  };

  return async (paths) => {
    try {
      await take(await buildHere(readOne), paths.some(isCode));
    } catch (error) {
      const why = error instanceof Problem ? error.message : String(error);
      isBroken = true;
      page?.trouble(why);
      say(`\n${why}\n${served ? "The last good version of all flows keeps answering." : DOWN}`);
    }
  };
}

const DOWN = "The Worker does not answer until this is fixed.";

function isCode(path: string): boolean {
  return CODE.some((code) => path === code || path.startsWith(`${code}/`));
}

/** Whether more than the Programs changed: the Worker reads variables, and the list of audio files, when it starts. */
function needsRestart(before: LocalProject, after: LocalProject): boolean {
  const given = ({ variables, audio }: LocalProject) =>
    JSON.stringify([variables, audio.map(({ url }) => url)]);
  return given(before) !== given(after);
}

/** What changed, in a sentence; undefined if nothing did for the Worker. */
function changesBetween(before: LocalProject, after: LocalProject, hasNewCode: boolean): string | undefined {
  const old = versionsOf(before.programs);
  const now = versionsOf(after.programs);
  const fresh = [...now].filter(([flow, hash]) => old.get(flow) !== hash).map((version) => version.join("/"));
  const gone = [...old.keys()].filter((flow) => !now.has(flow));
  const hasOtherVariables = JSON.stringify(before.variables) !== JSON.stringify(after.variables);
  const parts = [
    ...(fresh.length > 0 ? [`The next call hears ${fresh.join(", ")}.`] : []),
    ...(gone.length > 0 ? [`Removed: ${gone.join(", ")}.`] : []),
    ...(hasOtherVariables ? ["The Worker has the new variables."] : []),
    ...(hasNewCode ? ["The Worker has the new code."] : []),
  ];
  return parts.length > 0 ? parts.join(" ") : undefined;
}

function versionsOf(programs: readonly Program[]): Map<string, string> {
  return new Map(programs.map(({ flow, hash }) => [flow, hash]));
}
