/** One file, read: its values, their marks and its findings. */

import type { Finding } from "../../flow/catalogue.ts";
import type { Config } from "../../flow/config/config.ts";
import type { Mark } from "../../flow/language/mark.ts";
import type { Node, SourceFile } from "../../flow/language/node.ts";
import { type Flow, marksOf } from "../../flow/model/flow.ts";
import { readFlow } from "../../flow/pipe/read.ts";
import { testFileSchema, testVocabulary } from "../../flow/scenarios/test-file-schema.ts";
import { project } from "../../flow/shape/project.ts";
import { flowVocabulary } from "../../flow/shape/vocabulary.ts";
import { readSource } from "../../flow/yaml/source.ts";
import type { FileKind } from "../files.ts";

/** A file as far as it could be read. */
export interface FileRead {
  file: SourceFile;
  kind: FileKind;
  /** Missing if it is not YAML. */
  root?: Node;
  marks: readonly Mark[];
  /** Missing if too little of it is a flow. */
  flow?: Flow;
  diagnostics: readonly Finding[];
}

/** Reads a file. Never throws for its content. */
export function readFile(file: SourceFile, kind: FileKind, config: Config): FileRead {
  return READERS[kind](file, config);
}

const READERS: Readonly<Record<FileKind, (file: SourceFile, config: Config) => FileRead>> = {
  flow(file, config) {
    const { flow, diagnostics } = readFlow(file, config);
    if (!flow) return { file, kind: "flow", marks: [], diagnostics };
    return { file, kind: "flow", root: flow.root, flow, marks: marksOf(flow), diagnostics };
  },
  test(file) {
    const { root } = readSource(file, testVocabulary);
    const marks = root ? project(testFileSchema, root).marks : [];
    return { file, kind: "test", ...(root && { root }), marks, diagnostics: [] };
  },
  calendar(file) {
    const { root } = readSource(file, flowVocabulary);
    return { file, kind: "calendar", ...(root && { root }), marks: [], diagnostics: [] };
  },
};
