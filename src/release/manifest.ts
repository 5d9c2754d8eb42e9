/** The packages' package.json, made from this repository's. */
import { DEPENDENCIES } from "./bundle.ts";
import { MODULES } from "./declarations.ts";
import { readPackage } from "./package-json.ts";

/** The oldest Node that the package runs on. */
const NODE = ">=22.18";

/** Returns the text of package.json. */
export async function manifest(): Promise<string> {
  const { name, version, description, license } = await readPackage(".");
  const dependencies = await Promise.all(DEPENDENCIES.map(async (name) => [name, await rangeOf(name)]));
  const written = {
    name,
    version,
    description,
    license,
    keywords: ["twilio", "ivr", "voice", "twiml", "cloudflare-workers"],
    type: "module",
    engines: { node: NODE },
    files: ["*.md", "*.schema.json", "dist", "docs", "src", "templates"],
    bin: { ringflow: "dist/cli/ringflow.js" },
    exports: {
      ...Object.fromEntries(Object.keys(MODULES).map(exported)),
      "./flow.schema.json": "./flow.schema.json",
      "./calendar.schema.json": "./calendar.schema.json",
      "./package.json": "./package.json",
    },
    dependencies: Object.fromEntries(dependencies),
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}

/** Returns the text of package.json of `create-ringflow`, which runs `ringflow init` of the same version. */
export async function creatorManifest(): Promise<string> {
  const { name, version, license } = await readPackage(".");
  const written = {
    name: `create-${name}`,
    version,
    description: "Creates a project with Ringflow: phone menus in YAML, for Twilio and Cloudflare Workers.",
    license,
    type: "module",
    engines: { node: NODE },
    files: ["create.js"],
    bin: { [`create-${name}`]: "create.js" },
    dependencies: { [name]: version },
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}

function exported(name: string): [string, { types: string; default: string }] {
  const files = { types: `./dist/types/package/${name}.d.ts`, default: `./dist/${name}.js` };
  return [name === "index" ? "." : `./${name}`, files];
}

// Each wrangler needs one version of miniflare and of workerd, and another one would be installed next to it: 120 MB.
const EXACT: readonly string[] = ["miniflare", "wrangler"];

/** From the version that was tested on. */
async function rangeOf(name: string): Promise<string> {
  const { version } = await readPackage(`node_modules/${name}`);
  return EXACT.includes(name) ? version : `^${version}`;
}
