/** `ringflow versions`: what new calls get, who made it live, when, and how many calls it had. */
import type { Change } from "../../worker/pointer.ts";
import { flowThere, liveHash, type PublishOptions } from "./publish.ts";

/**
 * Prints the versions of a flow.
 * @returns the exit code, 0
 * @throws Problem if the Worker does not answer
 */
export async function versions(name: string | undefined, options: PublishOptions): Promise<number> {
  const { flow, there } = await flowThere(name, options);
  const { bundled, pointer, history, calls } = there;
  const live = liveHash(there);
  const say = (line: string) => void options.out.write(`${line}\n`);
  say(`${flow}/${live || "none"} is live${live === bundled ? ", from the deploy" : ""}.`);
  if (live !== bundled && bundled !== "") say(`${flow}/${bundled} is deployed.`);
  if (pointer?.canary && pointer.over === bundled)
    say(`${flow}/${pointer.canary.hash} is a canary for ${pointer.canary.percent} % of the callers.`);
  for (const change of history) say(lineOf(change, calls[change.hash] ?? 0));
  return 0;
}

function lineOf({ action, hash, percent, at, who, note }: Change, calls: number): string {
  const share = percent === undefined ? "" : ` ${percent} %`;
  return [`${at.slice(0, 16).replace("T", " ")}  ${action}${share}  ${hash}  ${who}  ${calls} calls`, note]
    .filter((text) => text !== "")
    .join("  ");
}
