/** `ringflow draw <flow>`: the diagram of a flow as a picture, as text, or as a page to send to others. */
import { writeFile } from "node:fs/promises";
import { htmlOf } from "../draw/html.ts";
import { readLook } from "../draw/look.ts";
import { mermaidOf } from "../draw/mermaid.ts";
import { pngOf } from "../draw/png.ts";
import { type Subject, subjectOf } from "../draw/subject.ts";
import { svgOf } from "../draw/svg.ts";
import { chooseFlow } from "../project/choose-flow.ts";
import { buildProject, type Project } from "../project/project.ts";
import { workerVariables } from "../project/variables.ts";

/** The formats of a drawing. */
export const FORMATS = ["svg", "png", "mermaid", "html"] as const;
type Format = (typeof FORMATS)[number];

/** Options of `ringflow draw`. */
export interface DrawOptions {
  /** As the file's name ends if left out, otherwise SVG. */
  format?: Format;
  /** The file to write; stdout if left out, except for PNG. */
  file?: string;
  out: NodeJS.WritableStream;
}

const ENDINGS: Readonly<Record<string, Format>> = {
  svg: "svg",
  png: "png",
  mmd: "mermaid",
  mermaid: "mermaid",
  html: "html",
};

/**
 * Draws a flow.
 * @returns the exit code, 0
 * @throws Problem if there is no such flow
 */
export async function draw(name: string | undefined, options: DrawOptions): Promise<number> {
  const { file: wanted, out } = options;
  const format = options.format ?? ENDINGS[/\.(\w+)$/.exec(wanted ?? "")?.[1] ?? ""] ?? "svg";
  const project = await buildProject();
  const built = chooseFlow(project, name);
  const variables = await workerVariables();
  const subject = subjectOf(built, variables);
  const drawn = await drawAs(format, subject, project, variables);
  const file = wanted ?? (format === "png" ? `${built.flow.name}.png` : undefined);
  if (file === undefined) {
    out.write(drawn);
    return 0;
  }
  await writeFile(file, drawn);
  out.write(`Wrote ${file}: ${built.flow.name}, ${subject.view.steps.length} steps.\n`);
  return 0;
}

async function drawAs(
  format: Format,
  subject: Subject,
  project: Project,
  variables: Readonly<Record<string, string>>,
): Promise<string | Uint8Array> {
  if (format === "mermaid") return mermaidOf(subject);
  const look = await readLook();
  if (format === "svg") return svgOf(subject, look);
  if (format === "png") return pngOf(svgOf(subject, look, "light"), subject.drawing.width);
  return htmlOf(subject, look, { audio: project.audio, env: variables, now: Date.now() });
}
