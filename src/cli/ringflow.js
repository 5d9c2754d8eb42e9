#!/usr/bin/env node
/**
 * The command itself: plain JavaScript, so that a Node that cannot run TypeScript gets to say so in a sentence.
 */
import module from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  stop(
    `Ringflow needs Node 22.18 or newer, and this is Node ${process.versions.node}. ` +
      "`npm ci` brings one with the project: then use `npm start` and `npx ringflow`.",
  );
} else {
  // Half of the time to start is compiling the libraries: V8's code is kept from one run to the next.
  module.enableCompileCache?.();
  await import("./main.ts").catch(failedToLoad);
}

function failedToLoad(error) {
  if (error.code !== "ERR_MODULE_NOT_FOUND" || !/Cannot find package/.test(error.message)) throw error;
  stop(`${error.message.split(" imported from")[0]}. Install what the project needs with \`npm ci\`.`);
}

function stop(sentence) {
  console.error(sentence);
  process.exitCode = 2;
}
