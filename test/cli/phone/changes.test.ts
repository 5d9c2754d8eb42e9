/** What changed since the last commit, for the page. */
import { execFileSync } from "node:child_process";
import { afterEach, expect, test, vi } from "vitest";
import { type ChangesByFlow, changesIn, changesSinceCommit } from "../../../src/cli/phone/changes.ts";
import { buildHere } from "../../../src/cli/project/project.ts";
import { enterFolder, saying, write } from "../folder.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const git = (...words: string[]) =>
  execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...words]);

test("a report of `ringflow diff` is read with the steps of now", () => {
  const change = { kind: "prompt", message: "Callers hear more.", steps: { was: ["hello"], now: ["greet"] } };
  const report = { since: "HEAD", flows: [{ flow: "desk", changes: [change], cut: [], milliseconds: 3 }] };
  expect(changesIn(JSON.stringify(report)).get("desk")).toEqual([
    { kind: "prompt", message: "Callers hear more.", steps: ["greet"] },
  ]);
});

test("flows in a repository are compared once somebody looks", async () => {
  await enterFolder({ "flows/desk.yaml": saying("Hello."), "wrangler.toml": "" });
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "first");
  await write({ "flows/desk.yaml": saying("Good day.") });
  const show = vi.fn<(changes: ChangesByFlow) => void>();
  const changes = changesSinceCommit(await buildHere(), show);
  ends.push(changes.close);
  changes.shown();
  await vi.waitFor(() => expect(show).toHaveBeenCalledOnce(), { timeout: 50_000, interval: 100 });
  expect(show.mock.calls[0]?.[0].get("desk")).toMatchObject([{ kind: "prompt", steps: ["greet"] }]);
});
