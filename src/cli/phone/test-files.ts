/** The project's test files, for the page: read when they are needed, and parsed when they have changed. */

import type { SourceFile } from "../../flow/language/node.ts";
import { readScenarios, type Scenarios } from "../../flow/scenarios/scenarios.ts";
import { flowName } from "../../flow/shape/validate.ts";
import { FLOWS, readFiles, testFiles } from "../project/files.ts";
import type { Project } from "../project/project.ts";

/** A test file, and what could be read of it. */
export interface TestFile extends Scenarios {
  file: SourceFile;
}

/** Reads the test files of a project. */
export type ReadTests = (project: Pick<Project, "files">) => Promise<TestFile[]>;

/** Makes the function that reads them. */
export function testFileReader(): ReadTests {
  let known = new Map<string, TestFile>();
  let before = "";
  return async ({ files }) => {
    const names = files.map(({ path }) => flowName(path));
    // Another flow makes an unknown one known.
    if (names.join(" ") !== before) known = new Map();
    before = names.join(" ");
    const texts = await readFiles(await testFiles([FLOWS]));
    const read = texts.map((file) => {
      const last = known.get(file.path);
      return last?.file.text === file.text ? last : { file, ...readScenarios(file, names) };
    });
    known = new Map(read.map((one) => [one.file.path, one]));
    return read;
  };
}
