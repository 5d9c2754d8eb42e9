/** `.ringflow/flow.schema.json`: the JSON Schema of flows with a project's own kinds, for editors. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { type Config, ownKinds } from "../../flow/config/config.ts";

const FILE = ".ringflow/flow.schema.json";

/** Writes the schema, if the project has kinds of its own: the package has that of all others. */
export async function writeSchema({ kinds }: Config): Promise<void> {
  if (ownKinds({ kinds }).length === 0) return;
  const { flowSchema } = await import("../../flow/shape/json-schema.ts");
  const text = `${JSON.stringify(flowSchema(kinds), null, 1)}\n`;
  // Editors read the file again whenever it is written.
  if (text === (await readFile(FILE, "utf8").catch(() => ""))) return;
  await mkdir(".ringflow", { recursive: true });
  await writeFile(FILE, text);
}
