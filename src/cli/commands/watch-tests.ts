/** `ringflow test --watch`: plays the calls again after every change. */
import { styleText } from "node:util";
import { npmHasGone } from "../local/npm.ts";
import { watch } from "../local/watch.ts";
import { Problem } from "../problem.ts";
import { configFiles } from "../project/config.ts";
import { devVarsFile } from "../project/environment.ts";
import { FLOWS } from "../project/files.ts";
import { type TestOptions, test } from "./test.ts";

/** Where the tests of a project, their flows and their variables are. */
const WATCHED = [FLOWS, "wrangler.toml"];

/**
 * Runs test files, now and after every change to them, to a flow, a calendar, an audio file or a variable.
 * @param until ends it; by default, nothing but Ctrl-C does
 * @returns the exit code of the last run
 */
export async function watchTests(
  paths: readonly string[],
  options: TestOptions,
  until: Promise<unknown> = npmHasGone(),
): Promise<number> {
  const { out } = options;
  const say = (line: string): void => void out.write(`${styleText("dim", line, { stream: out })}\n`);
  let code = await run();
  const watching = watch(
    [...new Set([...paths, ...WATCHED, devVarsFile()])],
    async (changed) => {
      say(`\n${[...new Set(changed)].join(", ")} changed.`);
      code = await run();
    },
    configFiles,
  );
  await until;
  await watching.close();
  return code;

  async function run(): Promise<number> {
    const result = await test(paths, options).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      out.write(`${error.message}\n`);
      return 2;
    });
    say("Waiting for changes. Ctrl-C ends.");
    return result;
  }
}
