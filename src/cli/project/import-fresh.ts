/** Imports a module of the user's anew, with the files of the project that it imports: Node itself loads a module once. */
import { registerHooks } from "node:module";
import { relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What importing a module gave. */
export interface Loaded {
  /** Its default export. */
  exported?: unknown;
  /** Why it cannot be imported, in a sentence. */
  failure?: string;
  /** Its own path, then those of the project's files that it imports. */
  files: string[];
}

/** Marks the URLs of one loading: modules with different URLs are different modules. */
const MARK = "ringflow-load";
/** The number of the loading in such a URL. */
const NUMBER = new RegExp(`\\?${MARK}=(\\d+)$`);

/** The files of each loading. */
const loadings: string[][] = [];
let isHooked = false;

/** Imports a module and what it imports of the project in this folder; what packages have is loaded once. */
export async function importFresh(path: string): Promise<Loaded> {
  if (!isHooked)
    registerHooks({ resolve: (specifier, context, next) => marked(next(specifier, context), context) });
  isHooked = true;
  const files = [path];
  const url = `${pathToFileURL(path)}?${MARK}=${loadings.push(files) - 1}`;
  try {
    const module: { default?: unknown } = await import(url);
    return { exported: module.default, files };
  } catch (error) {
    return { failure: describe(error), files };
  }
}

/** What a module imports belongs to the same loading, unless it is outside the project. */
function marked<Resolved extends { url: string }>(
  resolved: Resolved,
  { parentURL = "" }: { parentURL?: string | undefined },
): Resolved {
  if (NUMBER.test(resolved.url)) return asModule(resolved);
  const number = NUMBER.exec(parentURL)?.[1];
  if (number === undefined || !isOfProject(resolved.url)) return resolved;
  const files = loadings[Number(number)];
  const file = fileURLToPath(resolved.url);
  if (files && !files.includes(file)) files.push(file);
  return asModule({ ...resolved, url: `${resolved.url}?${MARK}=${number}` });
}

/** TypeScript is written with `import` and `export`, also in a project of CommonJS. */
function asModule<Resolved extends { url: string }>(resolved: Resolved): Resolved {
  return new URL(resolved.url).pathname.endsWith(".ts")
    ? { ...resolved, format: "module-typescript" }
    : resolved;
}

function isOfProject(url: string): boolean {
  if (!url.startsWith("file:") || url.includes("?") || url.includes("/node_modules/")) return false;
  const path = relative(process.cwd(), fileURLToPath(url));
  return path !== "" && !path.startsWith(`..${sep}`) && path !== "..";
}

/** The error, and the place in the project where it was thrown. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return `It threw ${String(error)}.`;
  const [first = ""] = error.message.split("\n");
  const places = [
    ...(error.stack ?? "").matchAll(new RegExp(`(file://[^\\s?)]+)\\?${MARK}=\\d+((?::\\d+)*)`, "g")),
  ];
  const [place] = places.map(([, url = "", line = ""]) => relative(process.cwd(), fileURLToPath(url)) + line);
  return `${error.name}: ${first.replaceAll(new RegExp(`\\?${MARK}=\\d+`, "g"), "")}${place ? ` (${place})` : ""}`;
}
