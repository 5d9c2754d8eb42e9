/** `ringflow diff`, in git repositories of their own. */
import { execSync } from "node:child_process";
import { cp, readFile, rm } from "node:fs/promises";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { enterFolder, saying, write } from "./folder.ts";
import { ringflow } from "./in-process.ts";

const DESK = `destinations:
  desk: +14155550101
  night: +14155550102
steps:
  menu:
    gather:
      prompt: For the desk, press 1. For the night line, press 2.
      choices: { 1: desk, 2: night }
      otherwise: bye
  desk:
    dial: { to: desk, status: { else: bye } }
    next: bye
  night:
    dial: { to: night, status: { else: bye } }
    next: bye
  bye:
    hangup: Goodbye.
`;
const TEST = `flow: desk
scenarios:
  - name: key 2 rings the night line
    script: [press: 2, dial: night]
`;

/** Runs commands of git, all in one process: starting one from a process as large as that of the tests is slow. */
function git(...commands: string[]): string {
  const who = { GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.com" };
  const committer = { GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "ada@example.com" };
  const line = commands.map((command) => `git ${command}`).join(" && ");
  return execSync(line, { stdio: "pipe", encoding: "utf8", env: { ...process.env, ...who, ...committer } });
}

const COMMIT = ["add -A", "commit -qm flows"];

function commit(): void {
  git(...COMMIT);
}

describe("in a git repository", () => {
  let repository = "";

  beforeAll(async () => {
    repository = await enterFolder({
      "flows/desk.yaml": DESK,
      "flows/desk.test.yaml": TEST,
      "flows/hello.yaml": saying("Hello."),
    });
    git("init -q --template=", ...COMMIT);
  });
  // A copy, as `git init` and a commit take longer than most of these tests.
  beforeEach(async () => cp(repository, await enterFolder({}), { recursive: true }));

  test("names no call to a change of a text conversation", async () => {
    const texts = `onMessage: asked
steps:
  greet: { hangup: Please text us. }
  asked: { ask: { prompt: Are you coming?, choices: { "yes": thanks } } }
  thanks: { sms: { body: See you! }, next: return }
`;
    await write({ "flows/hello.yaml": texts });
    commit();
    await write({ "flows/hello.yaml": texts.replace("Are you coming", "Will you come") });
    const { out } = await ringflow("diff");
    expect(out).toMatch(/- Are you coming\?\n +\+ Will you come\?\n\n/);
    expect(out).not.toContain("call:");
    const markdown = await ringflow("diff", "--format", "markdown");
    expect(markdown.out).toContain("**Will** you **come?**");
    expect(markdown.out).not.toContain("<details>");
  });

  test("compares the working tree with the last commit, and leaves the index as it is", async () => {
    expect((await ringflow("diff")).out).toBe("Callers notice nothing. Compared with HEAD: desk, hello.\n");
    await write({ "flows/desk.yaml": DESK.replace("2: night", "2: desk") });
    const before = git("add -A", "status --porcelain");
    expect(before).toContain("flows/desk.yaml");
    const { code, out } = await ringflow("diff", "--format", "json", "--out", "changes.json");
    expect(git("status --porcelain -- flows")).toBe(before);
    expect(code).toBe(0);
    expect(out).toContain("desk: 3 changes for callers since HEAD");
    expect(out).toMatch(/destination no call reaches night \(\+14155550102\) any more\n +call: key 2\n/);
    expect(out).toMatch(
      /exit {8}key 2 at ".*" now rings desk \(\+14155550101\) \(before: rings night \(\+14155550102\)\)/,
    );
    expect(out).toMatch(/test {8}the test "key 2 rings the night line" of that version fails now/);
    expect(out).toContain("Callers notice nothing. hello\n");
    const report: { since: string; flows: { flow: string; changes: { kind: string }[] }[] } = JSON.parse(
      await readFile("changes.json", "utf8"),
    );
    expect(report.since).toBe("HEAD");
    expect(report.flows[0]?.changes.map(({ kind }) => kind)).toEqual(["test", "destination", "exit"]);
  });

  test("takes a revision, and names of flows", async () => {
    await write({
      "flows/desk.yaml": DESK.replace("2: night", "2: desk"),
      "flows/hello.yaml": saying("Hi."),
    });
    commit();
    expect((await ringflow("diff", "HEAD~1", "hello")).out).toMatch(
      /^hello: 1 change for callers since HEAD~1\n/,
    );
    expect((await ringflow("diff", "hello")).out).toBe(
      "Callers notice nothing. Compared with HEAD: hello.\n",
    );
  });

  test("compares flows that run parts with their parts of the same revision", async () => {
    const part =
      "gives: [done]\nvariables: { done: { type: bool, default: true } }\nsteps:\n  ask:\n    say: ";
    await write({
      "flows/main.yaml": "steps:\n  go:\n    run: { flow: part }\n    next: hangup\n",
      "flows/part.yaml": `${part}Hello.\n    next: return\n`,
    });
    commit();
    await write({ "flows/part.yaml": `${part}Good day.\n    next: return\n` });
    expect((await ringflow("diff")).out).toMatch(
      /main: 1 change for callers since HEAD\n\n +prompt {6}"Good day\."/,
    );
  });

  test("notes flows that are new, gone, or had an error", async () => {
    await write({ "flows/new.yaml": saying("New."), "flows/hello.yaml": "steps: {" });
    commit();
    await write({ "flows/hello.yaml": saying("Hello.") });
    await rm("flows/new.yaml");
    const { out } = await ringflow("diff");
    expect(out).toContain("new: This flow is gone: calls to its number get no answer.");
    expect(out).toMatch(/^hello: This flow is new\.$/m);
  });

  test("shows both texts of a prompt, and exits with 1 for a change of a kind that --fail-on names", async () => {
    await write({ "flows/desk.yaml": DESK.replace("Goodbye.", "Bye.") });
    const other = await ringflow("diff", "--fail-on", "destination,exit");
    expect(other.code).toBe(0);
    expect(other.out).toMatch(/prompt .*\n +- Goodbye\.\n +\+ Bye\.\n +call: /);
    expect((await ringflow("diff", "--fail-on", "exit,prompt")).code).toBe(1);
    const { code, err } = await ringflow("diff", "--fail-on", "words");
    expect(code).toBe(2);
    expect(err).toContain('"words" is not a kind of change. There are failure, promise, test, ');
  });

  test("writes Markdown for a pull request, in which texts stay texts", async () => {
    await write({ "flows/desk.yaml": DESK.replace("Goodbye.", "Good <b>|*day*.") });
    const { out } = await ringflow("diff", "--format", "markdown");
    expect(out).toMatch(
      /^### 1 change for callers since `HEAD`\n\n\*\*`desk`\*\*: 1 change for callers\n\n\| \| Change \| Before \| Now \|\n/,
    );
    expect(out).toContain("| ~~Goodbye.~~ | **Good &lt;b\\>\\|\\*day\\*.** |");
    expect(out).toContain("<details><summary>The shortest call to each</summary>");
  });

  test("reports promises that were kept, and are broken or no longer made", async () => {
    const promised = `promises:\n  - reach: night\n    within: { answers: 1 }\n  - never: bye\n    while: "false"\n${DESK}`;
    await write({ "flows/desk.yaml": promised });
    commit();
    await write({ "flows/desk.yaml": promised.replace("2: night", "3: night, 2: desk") });
    expect((await ringflow("diff")).out).not.toContain("promise");
    await write({ "flows/desk.yaml": promised.replace("2: night", "2: desk, 3: desk") });
    const { code, out } = await ringflow("diff", "--fail-on", "promise");
    expect(out).toMatch(/promise {5}the promise "reach night.*" was kept, and a call breaks it now: /);
    expect(code).toBe(1);
    expect(out.match(/^ {2}exit/gm)).toHaveLength(1);
    await write({ "flows/desk.yaml": DESK });
    expect((await ringflow("diff")).out).toMatch(
      /promise {5}the promise "reach night.*" was kept, and is no longer made/,
    );
  });

  test("compares a project in a folder of the repository", async () => {
    await enterFolder({ "phone/flows/hello.yaml": saying("Hello."), "flows/hello.yaml": saying("Hi.") });
    git("init -q", ...COMMIT);
    process.chdir("phone");
    expect((await ringflow("diff")).out).toBe("Callers notice nothing. Compared with HEAD: hello.\n");
  });

  test("takes all flows as new if there were none", async () => {
    await rm("flows", { recursive: true });
    await write({ "README.md": "Nothing yet." });
    commit();
    await write({ "flows/hello.yaml": saying("Hello.") });
    expect((await ringflow("diff")).out).toBe("hello: This flow is new.\n");
  });

  test("does not compare flows with errors", async () => {
    await write({ "flows/desk.yaml": DESK.replace("2: night", "2: nowhere") });
    const { code, err } = await ringflow("diff");
    expect([code, err]).toEqual([2, "The flows have errors now. See: npx ringflow check\n"]);
  });

  test("says so if there is no such revision or flow", async () => {
    expect(await ringflow("diff", "v1.0")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^git knows no revision "v1\.0" here\. A shallow clone lacks older ones/),
    });
    expect((await ringflow("diff", "HEAD", "desc")).err).toBe(
      'No flow "desc" in either version. There are desk, hello.\n',
    );
  });
});

test("compares with a file, outside of git too", async () => {
  await enterFolder({ "flows/desk.yaml": DESK, "old/desk.yaml": DESK.replace("Goodbye.", "Bye.") });
  expect((await ringflow("diff", "old/desk.yaml")).out).toMatch(
    /^desk: 1 change for callers since old\/desk\.yaml\n/,
  );
});

test("compares a file of another name with the only flow, and asks which if there are several", async () => {
  await enterFolder({ "flows/desk.yaml": DESK, "old.yaml": DESK.replace("Goodbye.", "Bye.") });
  expect((await ringflow("diff", "old.yaml")).out).toMatch(/^desk: 1 change for callers since old\.yaml\n/);
  await enterFolder({
    "flows/desk.yaml": DESK,
    "flows/hello.yaml": "steps: { a: { hangup: Hello. } }",
    "old.yaml": DESK,
  });
  expect((await ringflow("diff", "old.yaml")).err).toBe(
    'There is no flow "old" here. Name the flow that old.yaml is compared with: npx ringflow diff old.yaml desk\n',
  );
});

test("says so outside of a git repository, and before the first commit", async () => {
  await enterFolder({ "flows/desk.yaml": DESK });
  expect((await ringflow("diff")).err).toContain("is not in a git repository. Name a file to compare with");
  git("init -q");
  expect((await ringflow("diff")).err).toBe(
    "This git repository has no commit yet, so there is nothing to compare with.\n",
  );
});
