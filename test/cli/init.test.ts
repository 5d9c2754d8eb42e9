/** `ringflow init`: what it writes, leaves alone, and says. */
import { readdir, readFile } from "node:fs/promises";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { check } from "../../src/cli/commands/check.ts";
import { init } from "../../src/cli/commands/init/init.ts";
import { test as runTests } from "../../src/cli/commands/test.ts";
import { Problem } from "../../src/cli/problem.ts";
import { enterFolder, saying, terminal } from "./folder.ts";

type Files = Parameters<typeof enterFolder>[0];

async function initIn(
  files: Files,
  {
    folder = ".",
    ...options
  }: { folder?: string; from?: string; yes?: boolean; ask?: () => Promise<string> } = {},
): Promise<[code: number, printed: string]> {
  await enterFolder(files);
  const { out, read } = terminal();
  return [await init(folder, { ...options, out }), read()];
}

const FILES = [
  ".github/workflows/ringflow.yml",
  ".gitignore",
  ".vscode/extensions.json",
  ".vscode/settings.json",
  "README.md",
  "flows/menu.test.yaml",
  "flows/menu.yaml",
  "package.json",
  "wrangler.toml",
];

async function filesHere(): Promise<string[]> {
  const entries = await readdir(".", { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.replace(/^\.\//, ""))
    .toSorted();
}

const textOf = (path: string): Promise<string> => readFile(path, "utf8");

describe("ringflow init", () => {
  it("quotes a folder's name that a shell would split", async () => {
    const [, printed] = await initIn({}, { folder: "Acme & Sons" });
    expect(printed).toContain('  cd "Acme & Sons"\n');
  });

  it("creates a folder with a project whose flow has no findings and whose tests pass", async () => {
    const [code, printed] = await initIn({}, { folder: "Acme_Menus" });
    expect([code, await filesHere()]).toEqual([0, FILES]);
    for (const path of FILES) expect(printed).toContain(`  ${path}\n`);
    expect(printed).toContain("  cd Acme_Menus\n  npm install\n  npm start ");
    expect(printed).toMatch(/flows\/menu\.yaml:\d+ +the number for each key/);
    expect(JSON.parse(await textOf("package.json"))).toMatchObject({
      name: "acme-menus",
      dependencies: { ringflow: `^${packageJson.version}` },
      ringflow: { version: packageJson.version },
    });
    for (const path of FILES) expect(await textOf(path), path).not.toMatch(/__[A-Z]+__/);
    const { out, read } = terminal();
    expect(await check(["flows"], { format: "text", out })).toBe(0);
    expect(await runTests(["flows"], { out }), read()).toBe(0);
    expect(read()).toContain("no findings");
  });

  it("lets editors find the JSON Schemas in the package", async () => {
    await initIn({});
    const named = /\$schema=(\S+)/.exec(await textOf("flows/menu.yaml"))?.[1];
    const { "yaml.schemas": schemas } = JSON.parse(await textOf(".vscode/settings.json"));
    expect([`flows/${named}`, ...Object.keys(schemas)]).toEqual([
      "flows/../node_modules/ringflow/flow.schema.json",
      "./node_modules/ringflow/flow.schema.json",
      "./node_modules/ringflow/calendar.schema.json",
    ]);
  });

  it("has the Worker's settings as this repository has them", async () => {
    const { vars: _vars, ...here } = parse(await textOf("wrangler.toml"));
    await initIn({}, { folder: "menus" });
    const { vars: _unset, ...written } = parse(await textOf("wrangler.toml"));
    const own = { name: "menus", main: ".ringflow/worker.js" };
    const build = { command: "npx ringflow build --keep", watch_dir: "flows" };
    expect(written).toEqual({ ...here, ...own, build });
  });

  it("has an environment whose comment signs can be removed", async () => {
    await initIn({});
    const [, commented = ""] = /\n# (\[env\.staging\.vars\].*)$/s.exec(await textOf("wrangler.toml")) ?? [];
    const { kv_namespaces, durable_objects } = parse(await textOf("wrangler.toml"));
    expect(parse(commented.replaceAll(/^# ?/gm, ""))).toEqual({
      env: { staging: { vars: { PUBLIC_URL: expect.any(String) }, kv_namespaces, durable_objects } },
    });
  });

  it("starts from another template, with the names in its README", async () => {
    const [code] = await initIn({}, { from: "office" });
    expect([code, (await filesHere()).filter((path) => path.startsWith("flows/"))]).toEqual([
      0,
      [
        "flows/office-owner.test.yaml",
        "flows/office-owner.yaml",
        "flows/office-state.yaml",
        "flows/office.test.yaml",
        "flows/office.yaml",
      ],
    ]);
    expect(await textOf("README.md")).toContain("`flows/office.yaml`");
  });

  it("writes nothing for an unknown template", async () => {
    await expect(initIn({}, { from: "ofice" })).rejects.toThrow(
      new Problem('Unknown template "ofice". Did you mean "office"?'),
    );
    expect(await readdir(".")).toEqual([]);
  });
});

describe("ringflow init, in a folder with files", () => {
  const own = JSON.stringify({ name: "shop", scripts: { start: "node shop.js", check: "tsc" } });
  const files = {
    "package.json": own,
    ".gitignore": "/node_modules\n.dev.vars\n",
    "flows/desk.yaml": saying("Hello."),
  };

  it("leaves them as they are, and says what to add to them", async () => {
    const [code, printed] = await initIn(files, { yes: true });
    expect([code, await textOf("package.json"), await textOf(".gitignore")]).toEqual([
      0,
      own,
      files[".gitignore"],
    ]);
    expect(await readdir("flows")).toEqual(["desk.yaml"]);
    expect(printed).toContain("Already here, and left as they are:\n  .gitignore\n  package.json\n");
    expect(printed).toContain(
      'Add to package.json:\n  npm install ringflow\n  npm pkg set "scripts.test=ringflow test"\n' +
        '  npm pkg set "scripts.deploy=ringflow deploy"\n',
    );
    expect(printed).toMatch(
      /Add to \.gitignore, .*:\n {2}\.wrangler\/\n {2}\.ringflow\/\n {2}\.dev\.vars\.\*\n/,
    );
    expect(printed).toMatch(/Next:\n {2}npx ringflow start .*\n {2}npx ringflow test /);
    expect(await textOf("README.md")).toContain("`flows/desk.yaml`");
    expect(await textOf("README.md")).not.toMatch(/npm (start|test|run)/);
  });

  it("says where GitHub reads the workflow, in a folder of a repository", async () => {
    const [, below] = await initIn({ ".git/HEAD": "" }, { folder: "lines/menus" });
    expect(below).toContain("  defaults: { run: { working-directory: lines/menus } }\n");
    const [, atTop] = await initIn({ ".git/HEAD": "" });
    expect(atTop).not.toContain("defaults");
  });

  it("has nothing to add the second time", async () => {
    await initIn({});
    const { out, read } = terminal();
    expect(await init(".", { yes: true, out })).toBe(0);
    expect(read()).not.toMatch(/Wrote|Add to/);
  });

  it("asks first, and writes nothing after a no", async () => {
    const [code, printed] = await initIn(files, { ask: async () => "n" });
    expect([code, printed, (await readdir(".")).toSorted()]).toEqual([
      1,
      "",
      [".gitignore", "flows", "package.json"],
    ]);
  });

  it("refuses a template whose flow is there", async () => {
    await expect(
      initIn({ "flows/menu.yaml": saying("Hello.") }, { from: "menu", yes: true }),
    ).rejects.toThrow("flows/menu.yaml already exists.");
  });

  it("does not give the package the name of its dependency", async () => {
    await initIn({}, { folder: "ringflow" });
    expect(JSON.parse(await textOf("package.json")).name).toBe("menus");
  });
});
