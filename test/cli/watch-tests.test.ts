/** `ringflow test --watch`: another run after each change. */
import { expect, test } from "vitest";
import { watchTests } from "../../src/cli/commands/watch-tests.ts";
import { enterFolder, saying, terminal, write } from "./folder.ts";

const TEST = "flow: desk\nscenarios:\n  - name: greets\n    script: [hear: Hello, end]\n";

test("a change to the flow plays its calls again, and one that breaks it is reported", async () => {
  await enterFolder({ "flows/desk.yaml": saying("Hello."), "flows/desk.test.yaml": TEST });
  const { out, read } = terminal();
  let stop = (): void => undefined;
  const until = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const ended = watchTests(["flows"], { out }, until);
  await expect
    .poll(read, { timeout: 10_000 })
    .toMatch(/1 of 1 calls went as written.*\n.*Waiting for changes/);
  // The watcher is not ready as soon as the first run is over.
  await expect
    .poll(
      async () => {
        await write({ "flows/desk.yaml": saying("Good morning.") });
        return read();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toMatch(/desk\.yaml changed\.\n[\s\S]*hear: Hello, which was not heard/);
  stop();
  expect(await ended).toBe(1);
}, 40_000);
