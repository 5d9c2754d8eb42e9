/** The commands that show what flows do, with their arguments and options. Their code is loaded when they run. */
import { type Command, Option } from "commander";
import type { DiffCommand } from "../diff.ts";
import type { DrawOptions } from "../draw.ts";
import type { HoursOptions } from "../hours.ts";
import type { PathsOptions } from "../paths.ts";
import { readCount, readDays } from "./arguments.ts";
import type { Exit } from "./exit.ts";

const out = process.stdout;

/** Adds `hours`, `paths`, `diff` and `draw`. */
export function declareViews(ringflow: Command, exitWith: Exit): void {
  declareHours(ringflow, exitWith);
  declarePaths(ringflow, exitWith);
  declareWork(ringflow, exitWith);
  declareDiff(ringflow, exitWith);
  declareDraw(ringflow, exitWith);
}

function declareHours(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("hours")
    .description("show when the hours of a flow are open, day by day, and which line of the file decides")
    .argument("[flow]", "flow with `hours`; optional if there is only one")
    .option("--at <time>", "instead, say whether they are open at a time such as 2026-12-24 15:00, and why")
    .option("--days <number>", "how many days to show, instead of 14", readDays)
    .option("--json", "print JSON")
    .action((flow: string | undefined, options: Omit<HoursOptions, "out">) =>
      exitWith(async () => (await import("../hours.ts")).hours(flow, { ...options, out })),
    );
}

function declarePaths(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("paths")
    .description(
      "show every way of a call through a flow: how long it takes, and what no call or test reaches",
    )
    .argument("[flow]", "flow that can be called; optional if there is only one")
    .option("--write-tests", "append a test for each exit that calls take and no test does")
    .option("--json", "print JSON")
    .option("--states <number>", "explore at most so many states", readCount)
    .option("--seconds <number>", "explore for at most so long", readCount)
    .action((flow: string | undefined, options: Omit<PathsOptions, "out">) =>
      exitWith(async () => (await import("../paths.ts")).paths(flow, { ...options, out })),
    );
}

function declareWork(ringflow: Command, exitWith: Exit): void {
  // For the page, which runs it in a process of its own.
  ringflow
    .command("work-for-page", { hidden: true })
    .action(() => exitWith(async () => (await import("../work-for-page.ts")).workForPage()));
}

function declareDiff(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("diff")
    .description("report what changes for callers since the last commit, or another version of the flows")
    .argument("[version]", "revision of git, or a file to compare its flow with; HEAD if omitted")
    .argument("[flows...]", "flows to compare; all if omitted")
    .addOption(
      new Option("--format <format>", "format of the report")
        .choices(["text", "markdown", "json"])
        .default("text"),
    )
    .option(
      "--fail-on <kinds>",
      "exit with 1 if there is a change of these kinds, such as promise,destination",
    )
    .option("--out <file>", "write the report to a file; the terminal still shows text")
    .action((version: string | undefined, flows: string[], { out: file, failOn, format }: DiffArguments) =>
      exitWith(async () => {
        const { diff, readKinds } = await import("../diff.ts");
        const kinds = failOn === undefined ? {} : { failOn: readKinds(failOn) };
        const what = version === undefined ? [] : [version, ...flows];
        return diff(what, { format, ...kinds, ...(file !== undefined && { file }), out });
      }),
    );
}

function declareDraw(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("draw")
    .description("draw a flow: a picture, a chart for Mermaid, or a page with a phone to send to others")
    .argument("[flow]", "flow to draw; optional if there is only one")
    .addOption(
      new Option("--format <format>", "format; as the name of --out ends if omitted, otherwise svg").choices([
        "svg",
        "png",
        "mermaid",
        "html",
      ]),
    )
    .option(
      "--out <file>",
      "file to write; without it, the drawing is printed, and a PNG is written to <flow>.png",
    )
    .action((flow: string | undefined, { out: file, format }: DrawArguments) =>
      exitWith(async () => {
        const { draw } = await import("../draw.ts");
        return draw(flow, { ...(format && { format }), ...(file !== undefined && { file }), out });
      }),
    );
}

interface DiffArguments {
  format: DiffCommand["format"];
  failOn?: string;
  out?: string;
}

interface DrawArguments extends Pick<DrawOptions, "format"> {
  out?: string;
}
