/** The commands that say whether flows are sound, with their arguments and options. Their code is loaded when they run. */
import { type Command, Option } from "commander";
import { Problem } from "../../problem.ts";
import { FLOWS } from "../../project/files.ts";
import type { CheckOptions } from "../check.ts";
import type { TestOptions } from "../test.ts";
import { readCount, readShare } from "./arguments.ts";
import type { Exit } from "./exit.ts";

const out = process.stdout;

/** Adds `check`, `fmt` and `test`. */
export function declareChecks(ringflow: Command, exitWith: Exit): void {
  declareCheck(ringflow, exitWith);
  declareFmt(ringflow, exitWith);
  declareTest(ringflow, exitWith);
}

function declareCheck(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("check")
    .description("report errors and warnings in flows and their tests; exits with 1 if there is an error")
    .argument("[paths...]", "flows, test files, and folders of them", [FLOWS])
    .addOption(
      new Option("--format <format>", "format of the report")
        .choices(["text", "json", "sarif", "github"])
        .default("text"),
    )
    .option("--fix", "apply the automatic fixes")
    .option("--promises", "also go through all calls, and prove or refute the promises of the flows")
    .addOption(
      new Option(
        "--write-tests",
        "with --promises: append each call that breaks one to the tests of its flow",
      ).implies({
        promises: true,
      }),
    )
    .option("--no-advice", "report what is wrong, without advice")
    .option("--out <file>", "write the report to a file; the terminal still shows text")
    .action((paths: string[], { out: file, ...options }: CheckArguments) =>
      exitWith(async () => {
        const { check } = await import("../check.ts");
        return check(paths, { ...options, ...(file !== undefined && { file }), out });
      }),
    );
}

function declareFmt(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("fmt")
    .description(
      "order keys and format flows, tests and calendars; comments and texts stay as they are written",
    )
    .argument("[paths...]", "files, and folders of them", [FLOWS])
    .option("--check", "write nothing; exit with 1 if a file is not formatted")
    .action((paths: string[], options: { check?: boolean }) =>
      exitWith(async () => (await import("../fmt.ts")).fmt(paths, { ...options, out })),
    );
}

function declareTest(ringflow: Command, exitWith: Exit): void {
  ringflow
    .command("test")
    .description("play the scripted calls in *.test.yaml; exits with 1 if one fails")
    .argument("[paths...]", "test files and folders of test files", [FLOWS])
    .option("--coverage", "list the exits that no test takes; exit with 1 if there are any")
    .option(
      "--min-coverage <percent>",
      "the same, but exit with 1 only below this share of the exits",
      readShare,
    )
    .option("--paths", "explore the flows, and list the ways from one answer to the next that no test takes")
    .option(
      "--min-path-coverage <percent>",
      "the same, and exit with 1 below this share of the paths",
      readShare,
    )
    .option("--verbose", "print every call")
    .addOption(
      new Option("--format <format>", "format of the report").choices(["text", "junit"]).default("text"),
    )
    .option("--out <file>", "write the report to a file; the terminal still shows text")
    .addOption(
      new Option("--fuzz <calls>", "instead, play so many random calls to the flows, with services that fail")
        .argParser(readCount)
        .conflicts([
          "coverage",
          "minCoverage",
          "paths",
          "minPathCoverage",
          "verbose",
          "format",
          "out",
          "watch",
        ]),
    )
    .option("--watch", "play the calls again after every change, until Ctrl-C")
    .option("--seed <text>", "with --fuzz: the same seed makes the same calls")
    .action((paths: string[], { out: file, fuzz: calls, seed, watch, ...options }: TestArguments) =>
      exitWith(async () => {
        if (calls !== undefined) {
          const { fuzz } = await import("../fuzz.ts");
          return fuzz(paths, { calls, ...(seed !== undefined && { seed }), out });
        }
        if (seed !== undefined) throw new Problem("--seed is for random calls. Say how many: --fuzz 1000");
        const asked = { ...options, ...(file !== undefined && { file }), out };
        if (watch) return (await import("../watch-tests.ts")).watchTests(paths, asked);
        return (await import("../test.ts")).test(paths, asked);
      }),
    );
}

type CheckArguments = Pick<CheckOptions, "format" | "fix" | "promises" | "writeTests" | "advice"> & {
  out?: string;
};

type TestArguments = Omit<TestOptions, "file" | "out"> & {
  out?: string;
  fuzz?: number;
  seed?: string;
  watch?: true;
};
