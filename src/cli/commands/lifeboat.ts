/** `ringflow lifeboat`: a document for a number's fallback URL, which depends on nothing of Ringflow's. */
import { writeFile } from "node:fs/promises";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { escapeXml, render } from "../../program/template.ts";
import { addressesOf } from "../play/destination-addresses.ts";
import { Problem } from "../problem.ts";
import { chooseFlow } from "../project/choose-flow.ts";
import { varsTable } from "../project/environment.ts";
import { buildProject } from "../project/project.ts";
import { deployedVariables } from "../project/variables.ts";

/** Options of `ringflow lifeboat`. */
interface LifeboatOptions {
  /** The destination to dial; the first with a fixed number if omitted. */
  destination?: string;
  /** The file to write; `<flow>.lifeboat.xml` if omitted. */
  file?: string;
  out: NodeJS.WritableStream;
}

/**
 * Writes a flow's document: its apology, then its safest destination.
 * @returns the exit code, 0
 * @throws Problem if there is no such flow, or no number to dial
 */
export async function lifeboat(name: string | undefined, options: LifeboatOptions): Promise<number> {
  const project = await buildProject();
  const flows = project.flows.filter(({ graph }) => graph.isEntry);
  const built = chooseFlow(project, name, { flows, which: "that can be called" });
  const { flow } = built;
  const { destination, number, why } = await safest(built, options.destination);
  const file = options.file ?? `${flow.name}.lifeboat.xml`;
  await writeFile(file, documentOf(built, number));
  const { out } = options;
  out.write(`Wrote ${file}: the apology of ${flow.name}, then ${destination} (${number}), ${why}.\n`);
  out.write(
    "Paste it into a TwiML Bin, or put it on another host, and set its URL as the number's fallback URL,\n",
  );
  out.write("in the Twilio Console at *Primary handler fails*. Write it again when the number changes.\n");
  return 0;
}

interface Safest {
  destination: string;
  number: string;
  why: string;
}

async function safest({ flow }: BuiltFlow, wanted: string | undefined): Promise<Safest> {
  const variables = await deployedVariables();
  const names = wanted === undefined ? Object.keys(flow.settings.destinations ?? {}) : [wanted];
  for (const destination of names) {
    const number = addressesOf(flow, destination, variables).find((address) => NUMBER.test(address));
    if (number === undefined) continue;
    const why = wanted === undefined ? "the first destination with a fixed number" : "as you chose";
    return { destination, number, why };
  }
  if (wanted !== undefined)
    throw new Problem(`The destination "${wanted}" of ${flow.name} has no fixed number.`);
  throw new Problem(
    `${flow.name} has no destination with a fixed number. Add one under \`destinations\`, such as reception: +14155550100, ` +
      `or set its variable in wrangler.toml under ${varsTable()}.`,
  );
}

/** E.164. */
const NUMBER = /^\+[1-9]\d{6,14}$/;
const PLAIN = "We are sorry, something went wrong. We are connecting you.";

function documentOf({ program }: BuiltFlow, number: string): string {
  const language = escapeXml(program.language);
  const said = spoken(program) || `<Say language="${language}">${PLAIN}</Say>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${said}<Dial>${number}</Dial></Response>\n`;
}

/** The flow's apology, in its voice: without its hang-up, without values, and without audio, which the Worker serves. */
function spoken({ apology, language }: BuiltFlow["program"]): string {
  let text = "";
  const add = (piece: string): void => {
    text += piece;
  };
  render(
    apology,
    (source) => ("language" in source ? language : ""),
    add,
    () => undefined,
  );
  return text.replace(/<Hangup\/>/g, "").replace(/<Play[^>]*>[^<]*<\/Play>/g, "");
}
