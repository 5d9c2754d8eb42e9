/** `ringflow diff [rev | file] [flow…]`: what a change of the flows does to callers. */
import { stat } from "node:fs/promises";
import { CHANGE_KINDS, type Change, type ChangeKind } from "../../explore/diff/change.ts";
import { diff as compare, type DiffOptions } from "../../explore/diff/diff.ts";
import { lostPromises } from "../../explore/diff/promises.ts";
import { hasError } from "../../flow/build.ts";
import { overloadsOf } from "../../program/own-function.ts";
import { markdownOf } from "../diff/markdown.ts";
import { namesFor } from "../diff/names.ts";
import type { DiffReport, FlowReport } from "../diff/report.ts";
import { isRevision } from "../diff/revision.ts";
import { brokenTests, scenariosByFlow } from "../diff/tests.ts";
import { textOf } from "../diff/text.ts";
import { type Earlier, fromFile, pairFlows, present, type Versions, withRevision } from "../diff/versions.ts";
import { Problem } from "../problem.ts";
import type { BuiltFiles } from "../project/build-files.ts";
import { writeReport } from "../project/report-file.ts";
import { workerVariables } from "../project/variables.ts";

/** Options of `ringflow diff`. */
export interface DiffCommand {
  format: "text" | "markdown" | "json";
  /** Kinds of changes with which the exit code is 1. */
  failOn?: readonly ChangeKind[];
  /** A file for the report. The terminal then shows text. */
  file?: string;
  /** Coloured if it shows colours. */
  out: NodeJS.WritableStream;
}

/**
 * Compares the flows of this folder with an earlier version of them.
 * @param what a revision of git or a file, and flows; the last commit and all flows if left out
 * @param now milliseconds since 1970
 * @returns the exit code: 1 if there is a change of a kind that `failOn` names
 * @throws Problem if there is nothing to compare with, or a flow has an error now
 */
export async function diff(what: readonly string[], options: DiffCommand, now = Date.now()): Promise<number> {
  const { out, format, failOn = [], file } = options;
  const report = await reportOf(what, now);
  const formats = {
    text: () => textOf(report, out),
    markdown: () => markdownOf(report),
    json: () => JSON.stringify(report, null, 2),
  };
  if (file !== undefined) await writeReport(file, formats[format]());
  out.write(`${file === undefined ? formats[format]() : formats.text()}\n`);
  const kinds = new Set<ChangeKind>(failOn);
  return report.flows.some(({ changes }) => changes.some(({ kind }) => kinds.has(kind))) ? 1 : 0;
}

/** Reads the kinds of `--fail-on`. Throws Problem for an unknown one. */
export function readKinds(text: string): ChangeKind[] {
  return text.split(",").map((part) => {
    const kind = CHANGE_KINDS.find((one) => one === part.trim());
    if (!kind)
      throw new Problem(`"${part.trim()}" is not a kind of change. There are ${CHANGE_KINDS.join(", ")}.`);
    return kind;
  });
}

async function reportOf(what: readonly string[], at: number): Promise<DiffReport> {
  const now = await present();
  if (hasError(now.diagnostics)) throw new Problem("The flows have errors now. See: npx ringflow check");
  const [first, ...rest] = what;
  const whole = (names: readonly string[]) => (was: Earlier) => compareAll(was, now, names, at);
  if (first === undefined) return withRevision("HEAD", whole([]));
  if (/\.ya?ml$/.test(first) && (await stat(first).catch(() => undefined))) {
    const earlier = await fromFile(first, rest[0], now);
    const [built] = earlier.built.read.slice(0, 1);
    return whole(built ? [built.flow.name] : [])(earlier);
  }
  const isFlow = now.flows.some(({ flow }) => flow.name === first);
  if (isFlow && !(await isRevision(first))) return withRevision("HEAD", whole(what));
  return withRevision(first, whole(rest));
}

async function compareAll(
  was: Earlier,
  now: BuiltFiles,
  names: readonly string[],
  at: number,
): Promise<DiffReport> {
  const env = await workerVariables();
  const scenarios = scenariosByFlow(was.tests, was.built);
  const functions = overloadsOf(now.config.functions);
  const lengths = new Map([...was.built.audio, ...now.audio].map(({ url, seconds }) => [url, seconds]));
  const secondsOf = (url: string): number | undefined => lengths.get(url);
  const setting: Setting = { now: at, env, functions, secondsOf };
  const flows: FlowReport[] = [];
  for (const versions of pairFlows(was.built, now, names)) {
    const began = performance.now();
    const compared = compareFlow(versions, setting);
    const { was: before, now: after } = versions;
    const tests = before && after ? (scenarios.get(versions.name) ?? []) : [];
    const broken = await brokenTests(tests, was.built, now, env);
    const lost =
      before && after
        ? lostPromises({ flow: before, flows: was.built.flows }, { flow: after, flows: now.flows }, setting)
        : [];
    const changes = inOrder([...lost, ...broken, ...compared.changes]);
    flows.push({ ...compared, changes, milliseconds: Math.round(performance.now() - began) });
  }
  return { since: was.name, flows };
}

type Setting = Omit<DiffOptions, "nameOf" | "env"> & { env: Readonly<Record<string, string>> };

function compareFlow(
  { name, was, now, wrong }: Versions,
  { env, ...setting }: Setting,
): Omit<FlowReport, "milliseconds"> {
  const none = { flow: name, changes: [], cut: [] };
  if (wrong !== undefined) return { ...none, note: wrong };
  if (!was) return { ...none, note: "This flow is new." };
  if (!now) return { ...none, note: "This flow is gone: calls to its number get no answer." };
  return compare(was.program, now.program, { ...setting, env, nameOf: namesFor([was, now], env) });
}

function inOrder(changes: readonly Change[]): Change[] {
  const rank = ({ kind }: Change): number => CHANGE_KINDS.indexOf(kind);
  return [...changes].sort((a, b) => rank(a) - rank(b));
}
