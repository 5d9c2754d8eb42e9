/** Makes a large file of the command line one that `run-cached.js` runs. */
import { basename } from "node:path";
import { type Metafile, transform } from "esbuild";

type Output = Metafile["outputs"][string];

/** Loading a smaller file costs less than its cache. */
const LEAST_BYTES = 50_000;

/** Whether a file is run from the cache: no file that others name, and large. */
export function isCached({ bytes, entryPoint }: Output): boolean {
  return entryPoint === undefined && bytes >= LEAST_BYTES;
}

/** What a file becomes. */
interface Cached {
  /** A module with the same exports. */
  module: string;
  /** The file that it runs. */
  name: string;
  code: string;
  map: string;
}

/**
 * Makes a file one that is run from the cache.
 * @param path where it is, next to `run-cached.js`
 * @param text its code, an ES module of esbuild's
 * @param from its source map
 */
export async function cached(
  path: string,
  text: string,
  from: string,
  { imports, exports }: Output,
): Promise<Cached> {
  const name = basename(path).replace(/\.js$/, ".code.js");
  const inline = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(from).toString("base64")}`;
  const { code, map } = await transform(`${text.replace(/\/\/# sourceMappingURL=.*\s*$/, "")}\n${inline}`, {
    // A module is strict, and a script says so.
    banner: '(function(require,module,__url,__load){"use strict";',
    footer: "})",
    format: "cjs",
    platform: "node",
    target: "node22",
    define: { "import.meta.url": "__url" },
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: true,
    sourcesContent: false,
    sourcefile: name,
  });
  const needed = [...new Set(imports.filter(isStatic).map((one) => `./${basename(one.path)}`))];
  const modules = needed.map((file, index) => `${JSON.stringify(file)}:m${index}`);
  const names = exports.join(",");
  const lines = [
    'import{runCached}from"./run-cached.js";',
    ...needed.map((file, index) => `import*as m${index} from${JSON.stringify(file)};`),
    `const{${names}}=runCached(import.meta.url,${JSON.stringify(name)},{${modules.join(",")}});`,
    `export{${names}};`,
  ];
  return { module: lines.join(""), name, code: withLoad(code), map };
}

function isStatic({ kind }: Output["imports"][number]): boolean {
  return kind === "import-statement";
}

/** A script of `node:vm` has no `import()` of its own. */
function withLoad(code: string): string {
  return code.replace(/(?<![\w$.])import\(/g, "__load(");
}
