/** What `npm start` does when a file changes: it serves each flow's last good version, and reports the errors. */
import { hasError } from "../../../flow/build.ts";
import type { Program } from "../../../program/program.ts";
import { writeBuilt } from "../../local/built-files.ts";
import type { LiveState } from "../../phone/state.ts";
import { Problem } from "../../problem.ts";
import { buildHere, type LocalProject } from "../../project/project.ts";
import { countFindings, formatFrames } from "../../project/report.ts";
import { describeBroken, lastGood } from "./last-good.ts";
import { pastVersions } from "./past.ts";

/** What a change is passed to. */
export interface Development {
  /** What is served at first. */
  project: LocalProject;
  /** Serves what was written. False if the Worker does not run with it. */
  reload(): Promise<boolean>;
  say(line: string): void;
  /** Findings are coloured if it shows colours. */
  out: NodeJS.WritableStream;
  /** Shows the same on the phone's page. */
  page?: Pick<LiveState, "saved" | "served" | "trouble">;
}

/** Makes the function to call after every change. It never throws. */
export function reloader({ project: first, reload, say, out, page }: Development): () => Promise<void> {
  // Undefined while the Worker is not running.
  let served: LocalProject | undefined = first;
  let good = first;
  let past: Program[] = [];
  let isBroken = hasError(first.diagnostics);

  const handOver = async (project: LocalProject): Promise<void> => {
    const began = performance.now();
    const changes = served ? changesBetween(served, project) : "The Worker answers again.";
    if (changes !== undefined) {
      past = pastVersions(past, served?.programs ?? [], project.programs);
      await writeBuilt({ ...project, programs: [...past, ...project.programs] });
    }
    served = changes === undefined || (await reload()) ? project : undefined;
    page?.served(served);
    if (!served) {
      page?.trouble(DOWN);
      return say(DOWN);
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (changes !== undefined) return say(`${changes} (${seconds} s)`);
    if (!isBroken) say("Nothing changed for callers.");
  };

  const take = async (saved: LocalProject): Promise<void> => {
    page?.saved(saved);
    const frames = formatFrames(saved.diagnostics, saved.files, out);
    const last = lastGood(good, saved);
    good = last.project;
    const wasBroken = isBroken;
    isBroken = hasError(saved.diagnostics);
    if (frames !== "") say(`\n${frames}\n`);
    if (isBroken) say([`${countFindings(saved.diagnostics)}.`, ...describeBroken(last)].join("\n"));
    else if (wasBroken && served) say("Fixed.");
    if (good.flows.length > 0) await handOver(good);
  };

  return async () => {
    try {
      await take(await buildHere());
    } catch (error) {
      const why = error instanceof Problem ? error.message : String(error);
      isBroken = true;
      page?.trouble(why);
      say(`\n${why}\n${served ? "The last good version of all flows keeps answering." : DOWN}`);
    }
  };
}

const DOWN = "The Worker does not answer until this is fixed.";

/** What callers notice, in a sentence; undefined if they notice nothing. */
function changesBetween(before: LocalProject, after: LocalProject): string | undefined {
  const old = versionsOf(before.programs);
  const now = versionsOf(after.programs);
  const fresh = [...now].filter(([flow, hash]) => old.get(flow) !== hash).map((version) => version.join("/"));
  const gone = [...old.keys()].filter((flow) => !now.has(flow));
  const hasOtherVariables = JSON.stringify(before.variables) !== JSON.stringify(after.variables);
  const parts = [
    ...(fresh.length > 0 ? [`The next call hears ${fresh.join(", ")}.`] : []),
    ...(gone.length > 0 ? [`Removed: ${gone.join(", ")}.`] : []),
    ...(hasOtherVariables ? ["The Worker has the new variables."] : []),
  ];
  return parts.length > 0 ? parts.join(" ") : undefined;
}

function versionsOf(programs: readonly Program[]): Map<string, string> {
  return new Map(programs.map(({ flow, hash }) => [flow, hash]));
}
