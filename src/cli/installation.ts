/** Which Ringflow this is, and where: in this repository, or in the package that `npm run package` makes of it. */
import { fileURLToPath } from "node:url";
import packageJson from "../../package.json" with { type: "json" };

const { name, version, description } = packageJson;

/** The part of package.json that the command line reads. */
export const RINGFLOW = { name, version, description };

/** Set by the package's build: its version. */
declare const RINGFLOW_PACKAGED: string;

/** Whether this is the package: its code is JavaScript, and what is bundled here was bundled when it was made. */
export const isPackaged = typeof RINGFLOW_PACKAGED !== "undefined";

// The package has its code in dist/cli/, as deep as this file is.
const ROOT = new URL("../../", import.meta.url);

/**
 * The path of one of Ringflow's own files or folders.
 * @param here its path in this repository
 * @param packaged its path in the package
 */
export function ownPath(here: string, packaged: string): string {
  return fileURLToPath(new URL(isPackaged ? packaged : here, ROOT));
}
