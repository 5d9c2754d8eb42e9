/** `ringflow upgrade`: what the installed version changes for a project, since the version that it was last used with. */

import type { Finding } from "../../flow/catalogue.ts";
import { findingDocs } from "../../flow/catalogue.ts";
import type { Program } from "../../program/program.ts";
import { RINGFLOW } from "../installation.ts";
import { readBuilt } from "../local/built-files.ts";
import { Problem } from "../problem.ts";
import { changedParts } from "../project/changed-parts.ts";
import { CHANGELOG, type Release, readReleases, releasesAfter } from "../project/changelog.ts";
import { FLOWS, testFiles } from "../project/files.ts";
import { noteVersion, PACKAGE, readPackage } from "../project/package-json.ts";
import { buildProject } from "../project/project.ts";
import { plural } from "../project/report.ts";
import { check } from "./check.ts";
import { test } from "./test.ts";

/** Options of `ringflow upgrade`. */
interface UpgradeOptions {
  /** The version that the project was last used with; the one in package.json if omitted. */
  from?: string;
  /** Reads what has changed, from Ringflow's changelog if omitted. */
  releases?: () => Promise<readonly Release[]>;
  out: NodeJS.WritableStream;
}

/**
 * Says what has changed, checks and tests the flows, and notes the version if both succeed.
 * @returns the exit code: 1 if there is an error in a flow or a test fails
 * @throws Problem if it is not known which version the project comes from, or the version is unknown
 */
export async function upgrade({ from, releases: read = readReleases, out }: UpgradeOptions): Promise<number> {
  const say = (line: string) => void out.write(`${line}\n`);
  const found = await readPackage();
  if (!found) throw new Problem(`No ${PACKAGE} found in ${process.cwd()}. ${WHERE}`);
  const before = from ?? found.ringflow;
  const { version } = RINGFLOW;
  if (before === undefined) throw new Problem(`${PACKAGE} does not say ${LAST}`);
  if (!VERSION.test(before)) throw new Problem(`"${before}" is not a version. ${NAME_ONE}`);
  const releases = before === version ? [] : releasesAfter(before, await read());
  if (!releases)
    throw new Problem(`Ringflow ${version} is installed, which does not know version ${before}. ${OLDER}`);
  if (before === version) say(`The project was last used with ${version} too. For a newer version: ${NEWER}`);
  for (const line of releases.flatMap(linesOf)) say(line);
  if (releases.length > 0) say(`The rest is in ${CHANGELOG}.\n`);
  const earlier = await readBuilt().catch(() => undefined);
  const { programs, diagnostics } = await buildProject();
  for (const line of compared(earlier, programs)) say(line);
  const code = (await check([FLOWS], { format: "text", out })) || (await playTests(out));
  for (const line of meanings(diagnostics)) say(line);
  if (code !== 0) say(`\n${AGAIN}`);
  else await noteVersion(version);
  return code;
}

const WHERE = "Run this in the project's folder.";
const NAME_ONE = "Name the one that the project was last used with: npx ringflow upgrade --from 0.1.0";
const LAST = `which version of Ringflow the project was last used with. ${NAME_ONE}`;
/** Such as 0.1.0 or 1.0.0-beta.2. */
const VERSION = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;
const OLDER = "Install a newer one, or name the version that the project comes from with --from.";
const NEWER = "npm install ringflow@latest";
const AGAIN = "What is deployed keeps answering. Correct this, and run again: npx ringflow upgrade";

/** What can need a change in a project. */
const TO_READ = ["Changed", "Deprecated", "Removed", "Security"];

function linesOf({ version, parts }: Release): string[] {
  const read = parts.filter(({ heading }) => TO_READ.includes(heading));
  const others = parts.filter((part) => !read.includes(part));
  const counts = others.map(({ heading, points }) => `${heading}: ${plural(points.length, "point")}`);
  return [
    `Ringflow ${version}`,
    ...(counts.length > 0 ? [`  ${counts.join(", ")}`] : []),
    "",
    ...read.flatMap(({ heading, points }) => [`${heading}:`, ...points.map((point) => `- ${point}`), ""]),
  ];
}

/** What differs for callers from the last build in this folder. */
function compared(earlier: readonly Program[] | undefined, programs: readonly Program[]): string[] {
  if (!earlier) return ["There is no earlier build in .ringflow/ to compare the flows with.", ""];
  const lines = programs.flatMap((now) => {
    const before = earlier.find(({ flow }) => flow === now.flow);
    if (!before || before.hash === now.hash) return [];
    const parts = changedParts(before, now);
    return [`${now.flow} differs from its last build:`, ...parts.map((part) => `  ${part}`)];
  });
  return [...(lines.length > 0 ? lines : ["The flows compile to what they were at the last build."]), ""];
}

async function playTests(out: NodeJS.WritableStream): Promise<number> {
  return (await testFiles([FLOWS])).length === 0 ? 0 : test([FLOWS], { out });
}

/** What each finding means for a flow that has it. */
function meanings(diagnostics: readonly Finding[]): string[] {
  const codes = [...new Set(diagnostics.map(({ code }) => code))];
  if (codes.length === 0) return [];
  const lines = codes.map((code) => {
    const { severity, summary } = findingDocs.find((one) => one.code === code) ?? {};
    return `  ${code} (${severity}): ${summary}`;
  });
  return [
    "",
    "An error keeps a flow from being deployed; a warning does not. What these mean:",
    ...lines,
    FIX,
  ];
}

const FIX = "`npx ringflow check --fix` corrects those that can be corrected automatically.";
