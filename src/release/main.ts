/** `npm run package`: writes the packages that are published, into `.package/` and `.package-create/`. */
import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeBundles } from "./bundle.ts";
import { writeDeclarations } from "./declarations.ts";
import { creatorManifest, manifest } from "./manifest.ts";
import { notices } from "./notices.ts";

const FOLDER = ".package";
/** The package that `npm create ringflow` runs. */
const CREATOR = ".package-create";

/** What the package has as it is here. */
const COPIED = [
  ["README.md", "README.md"],
  ["CHANGELOG.md", "CHANGELOG.md"],
  ["LICENSE", "LICENSE"],
  ["docs", "docs"],
  ["flow.schema.json", "flow.schema.json"],
  ["calendar.schema.json", "calendar.schema.json"],
  ["src/editor/vscode", "src/editor/vscode"],
  ["src/cli/templates/audio", "templates/audio"],
  ["src/phone/page/style", "dist/style"],
  ["src/cli/draw/sheet", "dist/sheet"],
  ["src/cli/templates/project", "templates/project"],
] as const;

await rm(FOLDER, { recursive: true, force: true });
await mkdir(join(FOLDER, "templates"), { recursive: true });
const [bundles] = await Promise.all([writeBundles(FOLDER), writeDeclarations(FOLDER)]);
for (const [from, to] of COPIED) await cp(from, join(FOLDER, to), { recursive: true });
for (const name of await readdir("src/cli/templates"))
  if (name.endsWith(".yaml")) await cp(join("src/cli/templates", name), join(FOLDER, "templates", name));
await writeFile(join(FOLDER, "package.json"), await manifest());
await writeFile(join(FOLDER, "THIRD-PARTY.md"), await notices(bundles));

await rm(CREATOR, { recursive: true, force: true });
await mkdir(CREATOR);
await cp("src/release/create.js", join(CREATOR, "create.js"));
await cp("LICENSE", join(CREATOR, "LICENSE"));
await writeFile(join(CREATOR, "package.json"), await creatorManifest());
console.log(`Wrote ${FOLDER}/ and ${CREATOR}/. To try them: npm pack ./${FOLDER} ./${CREATOR}`);
