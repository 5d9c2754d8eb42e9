/** What every file of src/ imports, read from its text, so that imports of types count as well. */
import { globSync, readFileSync } from "node:fs";
import { dirname, posix } from "node:path";

/** One import, in the file that makes it. */
export interface Import {
  /** From the project's folder: `src/worker/app.ts`. */
  from: string;
  /** A file, from the project's folder, or a package's name and path as it was written. */
  to: string;
  /** Whether `to` is a file of the project. */
  isFile: boolean;
  /** Only types come over: nothing is left of it at run time. */
  isType: boolean;
  /** By `import()` or `require()`: loaded when it is needed. */
  isLazy: boolean;
}

// What is loaded when it is needed is called for by `import()` or `require()`. Biome lays every statement out in one way: it begins its line, and the file's name stands in double quotes.
const STATEMENT =
  /^(?:import|export)\s(type\s)?(?:[^"';]*?\sfrom\s)?"([^"]+)"|\b(?:import|require)\("([^"]+)"\)/gm;

let sources: readonly string[] | undefined;

/** The files of src/, from the project's folder. */
export function sourceFiles(): readonly string[] {
  sources ??= globSync("src/**/*.{ts,tsx,js}").map((file) => file.replaceAll("\\", "/"));
  return sources;
}

/** Every import of a file. */
export function importsOf(from: string): Import[] {
  return [...readFileSync(from, "utf8").matchAll(STATEMENT)].map(([, type, named, called]) => {
    const written = named ?? called ?? "";
    const isFile = written.startsWith(".");
    return {
      from,
      to: isFile ? posix.join(dirname(from), written) : written,
      isFile,
      isType: type !== undefined,
      isLazy: called !== undefined,
    };
  });
}

/** What is loaded with a file at once, that is without what it calls for when it needs it; the file is the first. */
export function loadedWith(
  file: string,
  imports: readonly Import[],
): { files: string[]; packages: string[] } {
  const atOnce = Map.groupBy(
    imports.filter(({ isType, isLazy }) => !isType && !isLazy),
    ({ from }) => from,
  );
  const files = new Set([file]);
  const packages = new Set<string>();
  // A set's iteration goes on with what is added to it.
  for (const one of files)
    for (const { to, isFile } of atOnce.get(one) ?? []) (isFile ? files : packages).add(to);
  return { files: [...files], packages: [...packages] };
}

/** The files along a cycle, if any file imports itself through others. */
export function findCycle(imports: readonly Import[]): string[] | undefined {
  const targets = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { to } of targets.get(file) ?? []) {
      const cycle = visit(to, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of targets.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}
