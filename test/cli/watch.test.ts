/** What is watched: the variables of an environment as well, and the folder itself. */
import { expect, test, vi } from "vitest";
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

test("closing waits for what a change has begun, and watches nothing more", async () => {
  await enterFolder({ "desk.yaml": "0" });
  const begun = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const others = vi.fn(() => ["."]);
  const watching = watch(
    ["desk.yaml"],
    () => {
      begun.resolve();
      return done.promise;
    },
    others,
  );
  const writing = setInterval(() => void write({ "desk.yaml": `${Math.random()}` }), 200);
  await begun.promise;
  clearInterval(writing);
  const closing = watching.close();
  done.resolve();
  await closing;
  expect(others).toHaveBeenCalledOnce();
});
