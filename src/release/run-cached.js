/**
 * Runs a file of the command line with the code that V8 made of it in an earlier run of the same command. Node's own cache has
 * what V8 compiles when it loads a file; this one also has the functions that ran, which took a fifth of a command's time.
 */

/**
 * @param {string} url of the module that runs it
 * @param {string} name of the file next to it: a function of CommonJS, named after its content
 * @param {Record<string, unknown>} modules what it requires
 * @returns what it exports
 */
export function runCached(url, name, modules) {
  const { readFileSync } = process.getBuiltinModule("node:fs");
  const vm = process.getBuiltinModule("node:vm");
  const filename = process.getBuiltinModule("node:url").fileURLToPath(new URL(name, url));
  const cache = cacheOf(name);
  const script = new vm.Script(readFileSync(filename, "latin1"), {
    filename,
    cachedData: cache && cachedIn(cache),
  });
  // Undefined without a cache, and true if it is another V8's.
  if (cache && script.cachedDataRejected !== false) process.once("exit", () => save(script, cache));
  const module = { exports: {} };
  const load = (imported) => import(imported);
  script.runInThisContext()((required) => modules[required], module, url, load);
  return module.exports;
}

/** In milliseconds. V8 throws away functions that have not run for a while, so a longer run would leave a cache without them. */
const LONGEST_RUN = 10_000;

/** In the folder of Node's own cache, which the version of Node is a part of; undefined if that is off. */
function cacheOf(name) {
  const folder = process.getBuiltinModule("node:module").getCompileCacheDir?.();
  const [command = ""] = /^[a-z]+/.exec(process.argv[2] ?? "") ?? [];
  return folder && process.getBuiltinModule("node:path").join(folder, `ringflow-${command}-${name}`);
}

function cachedIn(path) {
  try {
    return process.getBuiltinModule("node:fs").readFileSync(path);
  } catch {
    return undefined;
  }
}

/** At once: a process that reads it at the same moment finds all of it or nothing. */
function save(script, path) {
  if (performance.now() > LONGEST_RUN) return;
  const { renameSync, writeFileSync } = process.getBuiltinModule("node:fs");
  const written = `${path}-${process.pid}`;
  try {
    writeFileSync(written, script.createCachedData());
    renameSync(written, path);
  } catch {
    // The next run is as slow as this one.
  }
}
