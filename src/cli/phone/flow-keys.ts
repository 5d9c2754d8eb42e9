/** What the findings about each flow depend on: those of a flow whose key is the same are still true. */

import { position } from "../../flow/language/diagnostic.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { flowName } from "../../flow/shape/validate.ts";
import type { LocalProject } from "../project/project.ts";

/** A text for each flow that can be called. */
export type FlowKeys = ReadonlyMap<string, string>;

/** Makes the function that reads the keys of a project. */
export function flowKeyReader(): (project: LocalProject) => FlowKeys {
  let functions: LocalProject["config"]["functions"] = [];
  let version = 0;
  return (project) => {
    // They are loaded anew only after a change.
    if (project.config.functions !== functions) version++;
    functions = project.config.functions;
    const hashes = new Map(project.flows.map(({ program }) => [program.flow, program.hash]));
    const lines = new Map(project.flows.map((built) => [built.flow.file, promiseLines(built, project)]));
    // Labels and promises come from the text, and calendars and the project's own kinds from the Program.
    const keyOf = (flow: string, files: readonly SourceFile[]): string => {
      const texts = files.map(({ path, text }) => [path, withoutComments(text), lines.get(path)]);
      return JSON.stringify([hashes.get(flow), texts, project.variables, version]);
    };
    return new Map([...filesOf(project)].map(([flow, files]) => [flow, keyOf(flow, files)]));
  };
}

/** Where its promises are: a comment above them moves them. */
function promiseLines({ flow, promises }: BuiltFlow, { files }: LocalProject): number[] {
  if (promises.length === 0) return [];
  const { text = "" } = files.find(({ path }) => path === flow.file) ?? {};
  return promises.map(({ span }) => position(text, span.start).line);
}

/** Without lines that are comments or empty. In a text of several lines, they are part of the Program. */
function withoutComments(text: string): string {
  return text
    .split("\n")
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join("\n");
}

/** The files of each flow that can be called, and of the parts that it runs. */
export function filesOf({ files, flows }: LocalProject): ReadonlyMap<string, SourceFile[]> {
  const byName = new Map(files.map((file) => [flowName(file.path), file]));
  const callable = flows.filter(({ program }) => !program.isPart);
  return new Map(
    callable.map(({ program: { flow, parts = {} } }) => [
      flow,
      [flow, ...Object.keys(parts)].flatMap((name) => byName.get(name) ?? []),
    ]),
  );
}
