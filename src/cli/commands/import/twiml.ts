/** `ringflow import twiml`: a twimlet's URL or a TwiML document → a flow. */
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { asName } from "../../../flow/language/name.ts";
import type { ImportedTwiml } from "../../../import/twiml/import.ts";
import { readTwiml } from "../../../phone/twiml/read.ts";
import { writeNew } from "../../import/write-new.ts";
import { Problem } from "../../problem.ts";
import { npxRingflow } from "../../project/environment.ts";

/** Options of `ringflow import twiml`. */
interface TwimlOptions {
  /** The flow's name; that of the file or of the twimlet if omitted. */
  name?: string;
  folder: string;
  out: NodeJS.WritableStream;
}

/**
 * Imports one URL or file.
 * @returns the exit code, 0
 * @throws Problem if there is no TwiML, or a flow of that name exists
 */
export async function twiml(source: string, { name, folder, out }: TwimlOptions): Promise<number> {
  const { flow, notes } = await importedFrom(source);
  const path = `${folder}/${name ?? nameOf(source)}.yaml`;
  await writeNew(
    new Map([[path, `# yaml-language-server: $schema=../node_modules/ringflow/flow.schema.json\n${flow}`]]),
  );
  out.write(`Wrote ${path}.\n${notes.map((note) => `- ${note}\n`).join("")}Next: ${npxRingflow("check")}\n`);
  return 0;
}

async function importedFrom(source: string): Promise<ImportedTwiml> {
  const [{ isTwimlet }, { importDocument, importTwimlet }] = await Promise.all([
    import("../../../import/twiml/twimlet.ts"),
    import("../../../import/twiml/import.ts"),
  ]);
  if (isTwimlet(source)) return importTwimlet(source);
  const text = /^https?:\/\//.test(source)
    ? await fetched(source)
    : await readFile(source, "utf8").catch(() => undefined);
  if (text === undefined) throw new Problem(`${source} cannot be read.`);
  const { verbs, problems } = readTwiml(text);
  if (!verbs) throw new Problem(`${source} is not TwiML. ${problems[0]?.message ?? ""}`);
  return importDocument(verbs);
}

/** The answer of a URL, as Twilio would ask for it. */
async function fetched(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

function nameOf(source: string): string {
  const path = URL.canParse(source) ? new URL(source).pathname : source;
  return asName(basename(path, extname(path))) ?? "imported";
}
