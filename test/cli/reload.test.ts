import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { reloader } from "../../src/cli/commands/start/reload.ts";
import { buildHere } from "../../src/cli/project/project.ts";
import type { Program } from "../../src/program/program.ts";
import { DIALS_DESK, enterFolder, saying, terminal, write } from "./folder.ts";
import { ANNOUNCE, ANNOUNCE_PROJECT, ANNOUNCES, enterProject } from "./own-project.ts";

const restart = vi.fn<() => Promise<boolean>>();
const replacePrograms = vi.fn<(programs: readonly Program[]) => Promise<boolean>>();

beforeEach(async () => {
  restart.mockReset().mockResolvedValue(true);
  replacePrograms.mockReset().mockResolvedValue(true);
  await enterFolder({ "flows/desk.yaml": saying("Hello.") });
});

const PLAYS = "steps:\n  play:\n    play: audio/tone.wav\n    next: hangup\n";

/** What `npm start` says after a change of files. */
async function listen(): Promise<(files: Parameters<typeof write>[0]) => Promise<string>> {
  const said: string[] = [];
  const { out } = terminal();
  const server = { restart, replacePrograms };
  const changed = reloader({ project: await buildHere(), server, say: (line) => said.push(line), out });
  return async (files) => {
    said.length = 0;
    await write(files);
    await changed(Object.keys(files));
    return said.join("\n");
  };
}

const served = (): Promise<string> => readFile(".ringflow/programs.txt", "utf8");

describe("a change while npm start runs", () => {
  test("that is good replaces the Programs without a restart, and the new version is named", async () => {
    const change = await listen();
    expect(await change({ "flows/desk.yaml": saying("Good day.") })).toMatch(
      /^The next call hears desk\/[0-9a-f]{10}\. \(\d+\.\d s\)$/,
    );
    expect(JSON.stringify(replacePrograms.mock.calls)).toMatch(/Hello\..*Good day\./);
    expect(restart).not.toHaveBeenCalled();
    expect(await served()).toContain("Good day.");
  });

  test("with an error is shown, and not served; its fix is reported", async () => {
    const change = await listen();
    const printed = await change({
      "flows/desk.yaml": "steps:\n  greet:\n    say: Hello.\n    next: nowhere\n",
    });
    expect(printed).toContain("flows/desk.yaml:4:11 error unknown-step");
    expect(printed).toMatch(/1 error\.\nThe last good version of desk keeps answering\.$/);
    expect(replacePrograms).not.toHaveBeenCalled();
    expect(await change({ "flows/desk.yaml": saying("Hello.") })).toBe(
      "Fixed.\nNothing changed for callers.",
    );
    expect(replacePrograms).not.toHaveBeenCalled();
  });

  test("in one flow repeats the findings of the others", async () => {
    const change = await listen();
    await change({ "flows/pin.yaml": "steps:\n  greet:\n    say: Hello.\n    next: nowhere\n" });
    const printed = await change({ "flows/desk.yaml": saying("Good day.") });
    expect(printed).toContain("flows/pin.yaml:4:11 error unknown-step");
    expect(printed).toContain("The next call hears desk/");
  });

  test("whose Programs the Worker does not take restarts it", async () => {
    const change = await listen();
    replacePrograms.mockResolvedValueOnce(false);
    expect(await change({ "flows/desk.yaml": saying("Good day.") })).toMatch(/^The next call hears desk/);
    expect(restart).toHaveBeenCalledOnce();
  });

  test.each([
    ["variables", { ".dev.vars": "GREETING=Hello\n" }, "The Worker has the new variables."],
    ["the Worker's code", { [resolve("src/worker/app.ts")]: "" }, "The Worker has the new code."],
  ])("of %s restarts the Worker", async (_of, files, sentence) => {
    const change = await listen();
    expect(await change(files)).toContain(sentence);
    expect(restart).toHaveBeenCalledOnce();
    expect(replacePrograms).not.toHaveBeenCalled();
  });

  test("of an audio file restarts the Worker, which lists them when it starts", async () => {
    const tone = await readFile(new URL("fixtures/audio/tone.wav", import.meta.url));
    await write({ "flows/desk.yaml": PLAYS, "flows/audio/tone.wav": tone });
    const change = await listen();
    expect(await change({ "flows/audio/tone.wav": tone.subarray(0, 2058) })).toMatch(/^The next call hears/);
    expect(restart).toHaveBeenCalledOnce();
  });

  test("of a step kind of the project's own changes the flows that use it", async () => {
    await enterProject({ ...ANNOUNCE_PROJECT, "flows/desk.yaml": ANNOUNCES });
    const change = await listen();
    const louder = ANNOUNCE.replace("compiler.prompt(body.text)", 'compiler.prompt("Attention.")');
    expect(await change({ "kinds/announce.ts": louder })).toMatch(/^The next call hears desk/);
    expect(await served()).toContain("Attention.");
    expect(restart).not.toHaveBeenCalled();
    const broken = await change({ "kinds/announce.ts": "throw new Error('no');" });
    expect(broken).toMatch(/kinds\/announce\.ts.*The last good version of all flows keeps answering\./s);
    expect(await change({ "kinds/announce.ts": louder })).toContain("Nothing changed");
  });

  test("of the project's own functions restarts the Worker with them", async () => {
    const twice = 'name: "twice", takes: ["int"], gives: "int", run: (n) => n * 2';
    const text = `import { defineFunction } from "ringflow/functions";\nexport default [defineFunction({ ${twice} })];\n`;
    await enterProject({ "flows/desk.yaml": saying('"{{ twice(2) }}"'), "ringflow.functions.ts": text });
    const change = await listen();
    expect(await change({ "ringflow.functions.ts": text.replace("n * 2", "n + n") })).toMatch(
      /^The Worker has the new code\./,
    );
    expect(restart).toHaveBeenCalledOnce();
    expect(await readFile(".ringflow/functions.js", "utf8")).toContain("n + n");
  });

  test("that reads an unset variable is not served until it is set", async () => {
    const change = await listen();
    expect(await change({ "flows/desk.yaml": DIALS_DESK })).toMatch(
      /unset-variable.*\n.*last good version of desk/s,
    );
    const printed = await change({ "wrangler.toml": '[vars]\nDESK = "+14155550100"\n' });
    expect(printed).toMatch(/^Fixed\.\nThe next call hears desk.*The Worker has the new variables\./);
  });

  test("that reads an unset secret is reported at that place, with advice to set it in .dev.vars", async () => {
    const change = await listen();
    const asks =
      'url: https://example.com/, headers: { Authorization: "{{ secrets.CRM }}" }, status: { else: hangup }';
    const printed = await change({
      "flows/desk.yaml": `steps:\n  ask:\n    request: { ${asks} }\n    next: hangup\n`,
    });
    expect(printed).toContain(
      'flows/desk.yaml:3:81 error unset-variable: the flow "desk" reads the secret CRM',
    );
    expect(printed).toContain("Set it in .dev.vars: CRM=…");
    expect(printed).not.toContain("wrangler.toml");
  });

  test("with an error in one flow still serves the others", async () => {
    const change = await listen();
    const printed = await change({
      "flows/desk.yaml": "steps:\n  greet:\n    say: Hello.\n    next: nowhere\n",
      "flows/other.yaml": saying("Good day."),
    });
    expect(printed).toMatch(
      /error unknown-step.*\n1 error\.\nThe last good version of desk keeps answering\.\n/s,
    );
    expect(printed).toMatch(/\nThe next call hears other\/[0-9a-f]{10}\. \(\d+\.\d s\)$/);
    expect(await served()).toMatch(/Hello\..*Good day\./s);
  });

  test("with an error in a new flow says that it cannot be called yet", async () => {
    const change = await listen();
    const printed = await change({
      "flows/other.yaml": "steps:\n  greet:\n    say: Hello.\n    next: nowhere\n",
    });
    expect(printed).toMatch(/1 error\.\nother cannot be called until it is fixed\.$/);
    expect(await change({ "flows/other.yaml": saying("Hello.") })).toMatch(
      /^Fixed\.\nThe next call hears other/,
    );
  });

  test("with an error in a part disables only the flows that run it", async () => {
    const part = (next: string): string => `takes: []\n${saying("Hello.").replace("hangup", next)}`;
    await enterFolder({
      "flows/desk.yaml": "steps:\n  ask: { run: { flow: pin }, next: hangup }\n",
      "flows/pin.yaml": part("return"),
    });
    const change = await listen();
    const printed = await change({
      "flows/pin.yaml": part("nowhere"),
      "flows/other.yaml": saying("Good day."),
    });
    expect(printed).toMatch(
      /The last good version of desk, pin keeps answering\.\nThe next call hears other\//,
    );
  });

  test("that reads an unset secret in a part is reported where the part reads it, comments aside", async () => {
    const change = await listen();
    const printed = await change({
      "flows/desk.yaml": "steps:\n  who:\n    run: { flow: pin }\n    next: hangup\n",
      "flows/pin.yaml": `# compares with secrets.PIN
takes: []
steps:
  check:
    branch:
      - when: input.digits == secrets["PIN"]
        next: return
      - next: hangup
`,
    });
    expect(printed).toContain(
      'flows/pin.yaml:6:40 error unset-variable: the flow "pin" reads the secret PIN',
    );
    expect(printed).not.toContain("flows/desk.yaml");
    expect(printed).toMatch(
      /The last good version of desk keeps answering\.\npin cannot be called until it is fixed\.$/,
    );
  });

  test("of a flow's name reports the removed flow", async () => {
    const change = await listen();
    await change({ "flows/other.yaml": saying("Hello.") });
    await enterFolder({ "flows/other.yaml": saying("Hello.") });
    expect(await change({})).toMatch(/^Removed: desk\./);
  });

  test("that leaves no flow at all keeps the last good version", async () => {
    const change = await listen();
    await enterFolder({});
    expect(await change({})).toMatch(
      /No file or folder "flows".*\nThe last good version of all flows keeps answering\.$/s,
    );
  });

  test("that the Worker does not run with is tried again once it is fixed", async () => {
    const change = await listen();
    restart.mockResolvedValueOnce(false);
    expect(await change({ ".dev.vars": "PUBLIC_URL=nonsense\n" })).toMatch(
      /does not answer until this is fixed/,
    );
    expect(await change({ ".dev.vars": "" })).toMatch(/^The Worker answers again\./);
    expect(restart).toHaveBeenCalledTimes(2);
  });
});
