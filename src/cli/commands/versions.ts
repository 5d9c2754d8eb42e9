/** `ringflow versions`: what new calls get, who made it live, when, and how many calls it had. */
import type { Change } from "../../worker/pointer.ts";
import type { FlowThere } from "../local/admin.ts";
import { type ArchivedVersion, archivedVersions, deleteVersions } from "../local/archive.ts";
import { type Wrangler, wrangler } from "../local/wrangler.ts";
import { flowThere, liveHash, type PublishOptions } from "./publish.ts";

/** Options of `ringflow versions`. */
interface VersionsOptions extends PublishOptions {
  /** Delete the versions that no call can be in. */
  prune?: boolean;
  run?: Wrangler;
}

/**
 * Prints the versions of a flow.
 * @returns the exit code, 0
 * @throws Problem if the Worker does not answer
 */
export async function versions(name: string | undefined, options: VersionsOptions): Promise<number> {
  const { flow, there } = await flowThere(name, options);
  const { bundled, pointer, history, calls } = there;
  const live = liveHash(there);
  const say = (line: string) => void options.out.write(`${line}\n`);
  say(`${flow}/${live || "none"} is live${live === bundled ? ", from the deploy" : ""}.`);
  if (live !== bundled && bundled !== "") say(`${flow}/${bundled} is deployed.`);
  if (pointer?.canary && pointer.over === bundled)
    say(`${flow}/${pointer.canary.hash} is a canary for ${pointer.canary.percent} % of the callers.`);
  for (const change of history) say(lineOf(change, calls[change.hash] ?? 0));
  if (options.prune) say(await prune(flow, there, options.run ?? wrangler));
  return 0;
}

async function prune(flow: string, there: FlowThere, run: Wrangler): Promise<string> {
  const hashes = unused(there, await archivedVersions(flow, run), Date.now());
  if (hashes.length === 0) return "No version is old enough to delete.";
  await deleteVersions(flow, hashes, run);
  return `Deleted from KV: ${hashes.join(", ")}.`;
}

/** A call lasts 24 hours at most. */
const LONGEST_CALL_MS = 25 * 3600 * 1000;

/** The versions that no call can be in: neither live nor deployed, and replaced more than a day ago. */
export function unused(there: FlowThere, archived: readonly ArchivedVersion[], now: number): string[] {
  const needed = [there.bundled, there.pointer?.hash, there.pointer?.canary?.hash];
  const live = [
    ...archived.flatMap(({ hash, written }) => (written === undefined ? [] : [{ hash, from: written }])),
    ...there.history.map(({ hash, at }) => ({ hash, from: Date.parse(at) })),
  ].toSorted((one, other) => one.from - other.from);
  const isReplaced = (hash: string): boolean => {
    const next = live[live.findLastIndex((one) => one.hash === hash) + 1];
    return next !== undefined && next.from < now - LONGEST_CALL_MS;
  };
  return archived.flatMap(({ hash }) => (!needed.includes(hash) && isReplaced(hash) ? [hash] : []));
}

function lineOf({ action, hash, percent, at, who, note }: Change, calls: number): string {
  const share = percent === undefined ? "" : ` ${percent} %`;
  return [`${at.slice(0, 16).replace("T", " ")}  ${action}${share}  ${hash}  ${who}  ${calls} calls`, note]
    .filter((text) => text !== "")
    .join("  ");
}
