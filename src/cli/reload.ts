/** What `npm start` does when a file changes: a good version is handed over, a broken one is told of. */
import { hasError } from "../flow/build.ts";
import type { Program } from "../program/program.ts";
import { writeBuilt } from "./built-files.ts";
import { pastVersions } from "./past.ts";
import type { LiveState } from "./phone/state.ts";
import { Problem } from "./problem.ts";
import { buildHere, type LocalProject } from "./project.ts";
import { countFindings, formatFrames } from "./report.ts";

/** What a change is handed to. */
export interface Development {
  /** What is served at first. */
  project: LocalProject;
  /** Serves what was written. False where the Worker does not run on it. */
  reload(): Promise<boolean>;
  say(line: string): void;
  /** Findings are coloured if it shows colours. */
  out: NodeJS.WritableStream;
  /** Shows the same to whoever is on the phone's page. */
  page?: Pick<LiveState, "saved" | "served" | "trouble">;
}

/** Makes the function to call after every change. It never throws. */
export function reloader({ project: first, reload, say, out, page }: Development): () => Promise<void> {
  // Undefined while the Worker does not run.
  let served: LocalProject | undefined = first;
  let past: Program[] = [];
  let isBroken = false;

  const keep = (why: string): void => {
    isBroken = true;
    say(`\n${why}\n${served ? "The last good version of all flows keeps answering." : DOWN}`);
  };

  const handOver = async (project: LocalProject): Promise<void> => {
    const began = performance.now();
    const changes = served ? changesBetween(served, project) : "The Worker answers again.";
    if (changes !== undefined) {
      past = pastVersions(past, served?.programs ?? [], project.programs);
      await writeBuilt({ ...project, programs: [...past, ...project.programs] });
      served = (await reload()) ? project : undefined;
      page?.served(served);
    }
    if (!served) {
      page?.trouble(DOWN);
      return say(DOWN);
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (isBroken) say("Repaired.");
    say(changes === undefined ? "Nothing changed for callers." : `${changes} (${seconds} s)`);
    isBroken = false;
  };

  return async () => {
    try {
      const project = await buildHere();
      page?.saved(project);
      const frames = formatFrames(project.diagnostics, project.files, out);
      if (hasError(project.diagnostics)) return keep(`${frames}\n\n${countFindings(project.diagnostics)}.`);
      if (frames !== "") say(`\n${frames}\n`);
      await handOver(project);
    } catch (error) {
      const why = error instanceof Problem ? error.message : String(error);
      page?.trouble(why);
      keep(why);
    }
  };
}

const DOWN = "The Worker does not answer until this is repaired.";

/** What callers notice, in a sentence; undefined where they notice nothing. */
function changesBetween(before: LocalProject, after: LocalProject): string | undefined {
  const old = versionsOf(before.programs);
  const now = versionsOf(after.programs);
  const fresh = [...now].filter(([flow, hash]) => old.get(flow) !== hash).map((version) => version.join("/"));
  const gone = [...old.keys()].filter((flow) => !now.has(flow));
  const hasOtherVariables = JSON.stringify(before.variables) !== JSON.stringify(after.variables);
  const parts = [
    ...(fresh.length > 0 ? [`The next call hears ${fresh.join(", ")}.`] : []),
    ...(gone.length > 0 ? [`Gone: ${gone.join(", ")}.`] : []),
    ...(hasOtherVariables ? ["The Worker has the new variables."] : []),
  ];
  return parts.length > 0 ? parts.join(" ") : undefined;
}

function versionsOf(programs: readonly Program[]): Map<string, string> {
  return new Map(programs.map(({ flow, hash }) => [flow, hash]));
}
