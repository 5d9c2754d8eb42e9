/** What is watched: the variables of an environment as well, and the folder itself. */
import { expect, test } from "vitest";
import { watch } from "../../src/cli/local/watch.ts";
import { enterFolder, write } from "./folder.ts";

test.each([
  ["the variables of an environment", [".dev.vars.staging"], ".dev.vars.staging"],
  ["the folder itself", ["."], "desk.test.yaml"],
])("%s", async (_what, paths, file) => {
  await enterFolder({ [file]: "0" });
  const changed: string[] = [];
  const watching = watch(paths, async (some) => void changed.push(...some));
  let times = 0;
  await expect
    .poll(
      async () => {
        await write({ [file]: `${++times}` });
        return changed;
      },
      { timeout: 20_000, interval: 200 },
    )
    .toContain(file);
  await watching.close();
});
