/** `ringflow publish` and its siblings: what new calls get, without a deploy. */
import { userInfo } from "node:os";
import { servedAudio } from "../../flow/analysis/played.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { Program } from "../../program/program.ts";
import type { Pointer } from "../../worker/pointer.ts";
import type { Wanted } from "../../worker/wanted.ts";
import { type Admin, adminAt, type FlowThere } from "../local/admin.ts";
import { Problem } from "../problem.ts";
import { changedParts } from "../project/changed-parts.ts";
import { npxRingflow } from "../project/environment.ts";
import { FLOWS, testFiles } from "../project/files.ts";
import { buildProject } from "../project/project.ts";
import { type BuildOptions, build } from "./build.ts";
import { test } from "./test.ts";

/** Options of these commands. */
export interface PublishOptions extends Pick<BuildOptions, "secrets" | "askCloudflare" | "out"> {
  /** URL of the Worker. */
  to?: string;
  note?: string;
  /** Percent of the callers who get the new version. */
  canary?: number;
}

/**
 * Publishes a flow as it is in this folder.
 * @returns the exit code: 1 if there is an error in a flow or a test fails
 * @throws Problem if the Worker cannot take it
 */
export async function publish(name: string | undefined, options: PublishOptions): Promise<number> {
  const say = sayTo(options);
  const code = await build({ ...options, deploy: true });
  if (code !== 0) return code;
  if ((await testFiles([FLOWS])).length > 0 && (await test([FLOWS], { out: options.out })) !== 0) {
    say("Not published: a test fails.");
    return 1;
  }
  const built = chosen((await buildProject()).flows, name);
  const { program } = built;
  const admin = await adminAt(options.to);
  const there = await admin.flow(program.flow);
  const live = liveHash(there);
  if (live === program.hash && !there.pointer?.canary) {
    say(`${program.flow}/${program.hash} is live already.`);
    return 0;
  }
  await refuseNewAudio(admin, built);
  for (const line of changes(await admin.program(program.flow, live), program)) say(line);
  await admin.upload(program);
  const { canary } = options;
  const isCanary = canary !== undefined && live !== "";
  const wanted = isCanary
    ? { hash: live, canary: { hash: program.hash, percent: canary } }
    : { hash: program.hash };
  await move(admin, there, program.flow, wanted, isCanary ? "canary" : "publish", options);
  say(
    isCanary
      ? `${canary} % of the callers get ${program.flow}/${program.hash}. Next: \`${npxRingflow(`promote ${program.flow}`)}\`, or \`${npxRingflow(`abort ${program.flow}`)}\`.`
      : `${program.flow}/${program.hash} is live for new calls within ten seconds.`,
  );
  return 0;
}

/** Makes the canary's version live for all. */
export async function promote(name: string | undefined, options: PublishOptions): Promise<number> {
  const { admin, flow, there } = await flowThere(name, options);
  const { canary } = there.pointer ?? {};
  if (!canary) throw new Problem(`${flow} has no canary.`);
  await move(admin, there, flow, { hash: canary.hash }, "promote", options);
  sayTo(options)(`${flow}/${canary.hash} is live for all new calls within ten seconds.`);
  return 0;
}

/** Ends a canary: all new calls get the version that the others have. */
export async function abort(name: string | undefined, options: PublishOptions): Promise<number> {
  const { admin, flow, there } = await flowThere(name, options);
  const { pointer } = there;
  if (!pointer?.canary) throw new Problem(`${flow} has no canary.`);
  await move(admin, there, flow, { hash: pointer.hash }, "abort", options);
  sayTo(options)(`All new calls get ${flow}/${pointer.hash} within ten seconds.`);
  return 0;
}

/** Makes an earlier version live: the named one, or the one before. */
export async function rollback(
  name: string | undefined,
  hash: string | undefined,
  options: PublishOptions,
): Promise<number> {
  const { admin, flow, there } = await flowThere(name, options);
  const live = liveHash(there);
  // A canary was not live for all.
  const changes = there.history.filter(({ action }) => action !== "canary");
  const before = [...changes.map((change) => change.hash), there.bundled];
  const to = hash ?? before.find((one) => one !== live && one !== "");
  if (to === undefined)
    throw new Problem(
      `${flow} has no earlier version here. Name one: ${npxRingflow(`rollback ${flow} <hash>`)}`,
    );
  await move(admin, there, flow, { hash: to }, "rollback", options);
  sayTo(options)(`${flow}/${to} is live for new calls within ten seconds.`);
  return 0;
}

/** The version that new calls get, apart from a canary. */
export function liveHash({ bundled, pointer }: FlowThere): string {
  return pointer && pointer.over === bundled ? pointer.hash : bundled;
}

/** Finds the flow of a command, here and in the Worker. */
export async function flowThere(
  name: string | undefined,
  { to }: PublishOptions,
): Promise<{ admin: Admin; flow: string; there: FlowThere }> {
  const flow = name ?? chosen((await buildProject()).flows, undefined).flow.name;
  const admin = await adminAt(to);
  return { admin, flow, there: await admin.flow(flow) };
}

function chosen(flows: readonly BuiltFlow[], name: string | undefined): BuiltFlow {
  const entries = flows.filter(({ graph }) => graph.isEntry);
  const found = name === undefined ? entries : flows.filter(({ flow }) => flow.name === name);
  const [first] = found;
  if (first && found.length === 1) return first;
  const names = entries.map(({ flow }) => flow.name).join(", ");
  throw new Problem(
    name === undefined ? `Name a flow: ${names}.` : `No flow "${name}". There are: ${names}.`,
  );
}

async function move(
  admin: Admin,
  { pointer }: FlowThere,
  flow: string,
  wanted: Pick<Pointer, "hash" | "canary">,
  action: string,
  { note = "" }: PublishOptions,
): Promise<void> {
  const { canary } = wanted;
  const change: Wanted["change"] = {
    action,
    hash: canary?.hash ?? wanted.hash,
    ...(canary && { percent: canary.percent }),
    who: userInfo().username,
    note,
  };
  await admin.move(flow, { ...wanted, expect: pointer?.rev ?? 0, change });
}

// Assets come with a deploy only.
async function refuseNewAudio(admin: Admin, { flow, facts }: BuiltFlow): Promise<void> {
  for (const { path, url } of servedAudio(flow, facts.audio).values()) {
    if (await admin.hasAudio(url)) continue;
    throw new Problem(
      `${flow.name} plays ${path}, which ${admin.url} does not serve yet. Run: ${npxRingflow("deploy")}`,
    );
  }
}

/** What a version changes, step by step. */
function changes(before: Program | undefined, after: Program): string[] {
  if (!before) return [`${after.flow} is new there.`];
  return [
    `Changes against ${before.flow}/${before.hash}:`,
    ...changedParts(before, after).map((line) => `  ${line}`),
  ];
}

function sayTo({ out }: PublishOptions): (line: string) => void {
  return (line) => void out.write(`${line}\n`);
}
