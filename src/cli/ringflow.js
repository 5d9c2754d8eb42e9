#!/usr/bin/env node
/**
 * The command itself: plain JavaScript, so that a Node that cannot run TypeScript says so in a sentence.
 */
import module from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  stop(
    `Ringflow needs Node 22.18 or newer, and this is Node ${process.versions.node}. ` +
      (typeof RINGFLOW_PACKAGED === "undefined"
        ? "`npm ci` installs one with the project; then use `npm start` and `npx ringflow`."
        : "https://nodejs.org has it."),
  );
} else if (
  typeof RINGFLOW_PACKAGED !== "undefined" &&
  /^(-v|--version)$/.test(process.argv.slice(2).join())
) {
  // Loading the command line would take longer than all the rest.
  console.log(RINGFLOW_PACKAGED);
} else {
  // Compiling the libraries takes half of the start-up time, so V8's code is cached between runs.
  module.enableCompileCache?.();
  if (typeof RINGFLOW_PACKAGED === "undefined") resolveOwn();
  await run().catch(failedToLoad);
}

async function run() {
  endWithReader(process.stdout);
  endWithReader(process.stderr);
  const { main } = await import("./main.ts");
  process.exitCode = await main(process.argv.slice(2));
}

/**
 * Node looks for the file and for the nearest package.json at each of a thousand imports. Those between our own files say
 * exactly what they import: without the search, a command takes a tenth less time.
 */
function resolveOwn() {
  const own = new URL("..", import.meta.url).href;
  module.registerHooks?.({
    resolve(specifier, context, next) {
      const isOwn = /^\..*\.ts$/.test(specifier) && context.parentURL?.startsWith(own);
      if (!isOwn) return next(specifier, context);
      const { href } = new URL(specifier, context.parentURL);
      return { url: href, format: "module-typescript", shortCircuit: true };
    },
  });
}

/** `ringflow test | head`: the reader has seen enough. */
function endWithReader(stream) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}

function failedToLoad(error) {
  if (error.code !== "ERR_MODULE_NOT_FOUND" || !/Cannot find package/.test(error.message)) throw error;
  stop(
    `${error.message.split(" imported from")[0]}. Install the project's dependencies with \`npm install\`.`,
  );
}

function stop(sentence) {
  console.error(sentence);
  process.exitCode = 2;
}
