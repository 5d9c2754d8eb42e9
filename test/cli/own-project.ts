/** A project with step kinds and functions of its own, which imports `ringflow` as an installed package. */

import { resolve } from "node:path";
import { enterFolder } from "./folder.ts";

const reexport = (path: string): string => `export * from ${JSON.stringify(resolve(path))};\n`;

const PACKAGE = {
  "node_modules/ringflow/package.json": JSON.stringify({
    name: "ringflow",
    type: "module",
    exports: { ".": "./index.js", "./functions": "./functions.js" },
  }),
  "node_modules/ringflow/index.js": reexport("src/package/index.ts"),
  "node_modules/ringflow/functions.js": reexport("src/package/functions.ts"),
  "package.json": '{ "type": "module" }',
};

/** Makes such a project with these files, and goes there. */
export async function enterProject(files: Readonly<Record<string, string>>): Promise<string> {
  return enterFolder({ ...PACKAGE, ...files });
}

/** A kind that says a text so many times, as a TypeScript module. */
export const ANNOUNCE = `
import { defineKind, Keys, Text, Type, Whole } from "ringflow";
export const announce = defineKind({
  name: "announce",
  does: "speaks",
  schema: Keys({ text: Text, times: Type.Optional(Whole(1, 5)) }),
  doc: { summary: "Says something several times." },
  compile: ({ body, next }, compiler) => ({
    enter: [...Array.from({ length: body.times ?? 1 }, () => compiler.prompt(body.text)), ...compiler.exit(next ?? "hangup")],
  }),
});
`;

/** A flow that uses it. */
export const ANNOUNCES =
  "steps:\n  news:\n    announce: { text: We have moved., times: 2 }\n    next: hangup\n";

/** The files of a project that has the kind, without a flow. */
export const ANNOUNCE_PROJECT = {
  "kinds/announce.ts": ANNOUNCE,
  "ringflow.config.ts":
    'import { announce } from "./kinds/announce.ts";\nexport default { kinds: [announce] };\n',
};
