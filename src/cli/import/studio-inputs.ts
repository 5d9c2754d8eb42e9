/** Where definitions of Studio come from: a file, or the account. */
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { Input } from "../../import/studio/import.ts";
import { openAccount } from "../account/open.ts";
import type { Patience } from "../account/patience.ts";
import type { StudioFlow } from "../account/studio.ts";
import { Problem } from "../problem.ts";

/**
 * Reads what is to be imported.
 * @throws Problem if there is nothing, or it cannot be read
 */
export async function studioInputs(
  source: string | undefined,
  { account = false, patience }: { account?: boolean; patience?: Patience },
): Promise<Input[]> {
  if (account && source !== undefined)
    throw new Problem("Name a file or a flow, or use --account; not both.");
  if (account) return allOfAccount(patience);
  if (source === undefined)
    throw new Problem("Name a file with the definition or a flow's SID, or use --account.");
  if (/^FW[0-9a-fA-F]{32}$/.test(source)) return ofAccount(source, patience);
  return [{ name: basename(source, extname(source)), sid: "", content: await textOf(source) }];
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new Problem(`${path} cannot be read.`);
  }
}

async function allOfAccount(patience: Patience | undefined): Promise<Input[]> {
  const { studio } = await openAccount(patience);
  const sids = await studio.list();
  if (sids.length === 0) throw new Problem("The account has no flows in Studio.");
  const inputs: Input[] = [];
  for (const sid of sids) inputs.push(inputOf(await studio.flow(sid)));
  return inputs;
}

/** A flow, and those that it runs. */
async function ofAccount(first: string, patience: Patience | undefined): Promise<Input[]> {
  const { studio } = await openAccount(patience);
  const found = new Map<string, StudioFlow>();
  const waiting = [first];
  for (let sid = waiting.pop(); sid !== undefined; sid = waiting.pop()) {
    if (found.has(sid)) continue;
    const flow = await studio.flow(sid);
    found.set(sid, flow);
    waiting.push(...subflowsIn(flow.definition));
  }
  return [...found.values()].map(inputOf);
}

/** The SIDs of sub-flows, wherever a definition names them. */
function subflowsIn(definition: unknown): string[] {
  const text = JSON.stringify(definition) ?? "";
  return [...text.matchAll(/"flow_sid":"(FW[0-9a-fA-F]{32})"/g)].map(([, sid = ""]) => sid);
}

function inputOf({ sid, name, definition }: StudioFlow): Input {
  return { name, sid, content: definition };
}
