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
  const source = readFileSync(filename);
  const cache = cacheOf(name);
  const cachedData = cache && cachedIn(cache, source);
  const script = new vm.Script(source.latin1Slice(), { filename, cachedData });
  // Undefined without a cache, and true if it is another V8's.
  if (cache && script.cachedDataRejected !== false) saveAtExit({ script, cache, source });
  const module = { exports: {} };
  const load = (imported) => import(imported);
  script.runInThisContext()((required) => modules[required], module, url, load);
  return module.exports;
}

/** In the folder of Node's own cache, which the version of Node is a part of; undefined if that is off. */
function cacheOf(name) {
  const folder = process.getBuiltinModule("node:module").getCompileCacheDir?.();
  const [command = ""] = /^[a-z]+/.exec(process.argv[2] ?? "") ?? [];
  return folder && process.getBuiltinModule("node:path").join(folder, `ringflow-${command}-${name}`);
}

const SUM_BYTES = 4;

/** V8's code, without the sum after it; undefined if there is none, or it is damaged. V8 itself would crash. */
function cachedIn(path, source) {
  try {
    const all = process.getBuiltinModule("node:fs").readFileSync(path);
    const code = all.subarray(0, -SUM_BYTES);
    return all.readUInt32LE(code.length) === sumOf(source, code) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Of the source as well: V8 knows that by its length only. */
function sumOf(source, code) {
  const { crc32 } = process.getBuiltinModule("node:zlib");
  return crc32(code, crc32(source));
}

/** In milliseconds. V8 throws away functions that have not run for a while, so a longer run would leave a cache without them. */
const LONGEST_RUN = 10_000;

const unsaved = [];

/** With one listener: Node warns of more than ten. */
function saveAtExit(one) {
  if (unsaved.push(one) > 1) return;
  process.once("exit", () => {
    if (performance.now() < LONGEST_RUN) unsaved.forEach(save);
  });
}

/** A process that reads it at the same moment finds that the sum is wrong. */
function save({ script, cache, source }) {
  try {
    const code = script.createCachedData();
    const sum = Buffer.alloc(SUM_BYTES);
    sum.writeUInt32LE(sumOf(source, code));
    // As Node's own, it is for nobody else.
    process.getBuiltinModule("node:fs").writeFileSync(cache, Buffer.concat([code, sum]), { mode: 0o600 });
  } catch {
    // The next run is as slow as this one.
  }
}
