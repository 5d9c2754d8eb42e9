/** `ringflow import`, with its arguments and options. Its code is loaded when it runs. */
import type { Command } from "commander";
import { FLOWS } from "../../project/files.ts";
import type { Exit } from "../declare/exit.ts";

const out = process.stdout;

/** Adds the command to the command line. */
export function declareImport(ringflow: Command, exitWith: Exit): void {
  const importing = ringflow.command("import").description("convert phone menus of other tools into flows");
  importing
    .command("studio")
    .description("convert flows of Twilio Studio, with their test calls and a report of what changed")
    .argument("[source]", "file with the definition (JSON, JavaScript or HCL), or the flow's SID (FW…)")
    .option("--account", "instead, every flow of the Twilio account, with the flows that they run")
    .option("--out <folder>", "folder for the flows", FLOWS)
    .option("--exact", "keep questions that are asked without end, instead of three attempts")
    .action((source: string | undefined, options: { account?: boolean; out: string; exact?: boolean }) =>
      exitWith(async () => {
        const { out: folder, ...rest } = options;
        return (await import("./studio.ts")).studio(source, { ...rest, folder, out });
      }),
    );
  importing
    .command("twiml")
    .description("convert a TwiML document, such as a TwiML Bin, or a twimlet's URL")
    .argument("<source>", "file, URL of a document, or a URL such as https://twimlets.com/menu?…")
    .option("--name <flow>", "name of the flow; that of the file or of the twimlet if omitted")
    .option("--out <folder>", "folder for the flow", FLOWS)
    .action((source: string, { out: folder, name }: { out: string; name?: string }) =>
      exitWith(async () =>
        (await import("./twiml.ts")).twiml(source, { folder, out, ...(name !== undefined && { name }) }),
      ),
    );
}
