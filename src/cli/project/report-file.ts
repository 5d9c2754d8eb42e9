/** A report that goes to a file. */
import { writeFile } from "node:fs/promises";
import { Problem } from "../problem.ts";

/** Writes a report; throws Problem if the file cannot be written. */
export async function writeReport(path: string, report: string): Promise<void> {
  await writeFile(path, `${report}\n`).catch((error: Error) => {
    throw new Problem(`Cannot write the report to ${path}: ${error.message}`);
  });
}
