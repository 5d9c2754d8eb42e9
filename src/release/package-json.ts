/** Reads package.json of this repository, and of its packages. */
import { readFile } from "node:fs/promises";

/** The part of a package.json that is read here. */
export interface PackageJson {
  name: string;
  version: string;
  description: string;
  license: string;
}

/** Reads the package.json of a folder. */
export async function readPackage(folder: string): Promise<PackageJson> {
  return JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
}
