/** The files that the package's commands load. */
import { type BuildOptions, build, type Metafile } from "esbuild";
import { describe, expect, test } from "vitest";
import { builtinsDirectly, inLayers } from "../../src/release/chunks.ts";

const OPTIONS: BuildOptions & { metafile: true } = {
  // esbuild keeps the folder in which another test first called it.
  absWorkingDir: process.cwd(),
  bundle: true,
  entryPoints: ["src/cli/ringflow.js"],
  outdir: "dist",
  splitting: true,
  format: "esm",
  platform: "node",
  minifyWhitespace: true,
  external: ["esbuild", "miniflare", "redos-detector", "twilio/*"],
  metafile: true,
  write: false,
  logLevel: "error",
};

/** The files that are loaded with a module of the source at once. */
function filesOf({ outputs }: Metafile, entry: string): string[] {
  const files = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const { path, kind, external } of outputs[file]?.imports ?? [])
      if (kind === "import-statement" && !external) visit(path);
  };
  for (const [file, { entryPoint }] of Object.entries(outputs)) if (entryPoint === entry) visit(file);
  return [...files];
}

describe("the command line in layers", async () => {
  const { metafile: plain } = await build(OPTIONS);
  const plugins = [inLayers(plain.inputs), builtinsDirectly];
  const { metafile: cut } = await build({ ...OPTIONS, plugins });

  test.each(["check", "test", "build", "deploy"])("is in few files for %s", (command) => {
    const entry = `src/cli/commands/${command}.ts`;
    expect(filesOf(plain, entry).length).toBeGreaterThan(50);
    expect(filesOf(cut, entry).length).toBeLessThan(50);
  });

  test("loads no checker for a command that needs none", () => {
    const files = filesOf(cut, "src/cli/commands/call.ts");
    const inputs = files.flatMap((file) => Object.keys(cut.outputs[file]?.inputs ?? {}));
    expect(inputs).toContain("src/phone/leg/leg.ts");
    expect(inputs.filter((path) => /^src\/flow\/(?:rules|steps)\//.test(path))).toEqual([]);
  });

  test("gets Node's own modules without importing them, except in the entry", () => {
    const importing = Object.entries(cut.outputs).flatMap(([, { entryPoint = "a chunk", imports }]) =>
      imports
        .filter(({ kind, path }) => kind === "import-statement" && /^node:/.test(path))
        .map(() => entryPoint),
    );
    expect(importing).toEqual(["src/cli/ringflow.js"]);
  });
});
