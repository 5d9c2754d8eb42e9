#!/usr/bin/env node
/** `npm create ringflow my-menus` runs `ringflow init my-menus`. It is the one file of the package `create-ringflow`. */
const manifest = import.meta.resolve("ringflow/package.json");
process.argv.splice(2, 0, "init");
await import(new URL("dist/cli/ringflow.js", manifest).href);
