/** Real flow definitions, which are not part of this project. */
import { existsSync, readdirSync, readFileSync } from "node:fs";

const FOLDER = new URL("../../../shared/corpus/studio/", import.meta.url);

/** Whether they are here. Tests on them are skipped if they are not. */
export const hasCorpus = existsSync(FOLDER);

/** The definitions, by the name of their files. */
export const CORPUS: readonly [name: string, text: string][] = hasCorpus
  ? readdirSync(FOLDER)
      .filter((file) => file.endsWith(".json"))
      .map((file) => [file.replace(/\.json$/, ""), readFileSync(new URL(file, FOLDER), "utf8")])
  : [];
