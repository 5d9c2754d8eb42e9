/** What became of a flow's promises, for the page: each with the shortest call that breaks it. */
import { type Decided, decide } from "../../explore/promises/decide.ts";
import { promisesIn } from "../../explore/promises/findings.ts";
import { callInWords } from "../../explore/promises/words.ts";
import { scenarioOf } from "../../explore/ways/scenario.ts";
import { position } from "../../flow/language/diagnostic.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { PromiseView } from "../../phone/page/contract/found.ts";
import { overloadsOf } from "../../program/own-function.ts";
import type { Project } from "../project/project.ts";
import { foundCall } from "./found-call.ts";

/** A promise, and the file that makes it. */
export type FiledPromise = PromiseView & { file: string };

/** Decides the promises of a flow that can be called, and of the parts that it runs. */
export function decidedPromises(
  built: BuiltFlow,
  project: Project,
  env: Readonly<Record<string, string>>,
  now: number,
): FiledPromise[] {
  const seconds = new Map(project.audio.map((one) => [one.url, one.seconds]));
  const options = {
    now,
    env,
    functions: overloadsOf(project.config.functions),
    secondsOf: (url: string) => seconds.get(url),
  };
  return decide(built.program, promisesIn(built, project.flows), options).map((one) =>
    viewOf(one, built, project),
  );
}

function viewOf(
  { promise, file, verdict, exploration }: Decided,
  built: BuiltFlow,
  project: Project,
): FiledPromise {
  const { text, span, because } = promise;
  const source = project.files.find(({ path }) => path === file)?.text ?? "";
  const about = {
    file,
    text,
    line: position(source, span.start).line,
    is: verdict.is,
    ...(because !== undefined && { because }),
  };
  if (verdict.is === "kept") return about;
  if (verdict.is === "undecided") return { ...about, why: verdict.why };
  const { way, at, missing } = verdict;
  const words = callInWords(exploration, way, at);
  const call = foundCall(built.flow.name, scenarioOf(exploration, way, { name: `breaks: ${text}` }));
  return { ...about, why: missing === undefined ? words : `${words}; ${missing}`, ...(call && { call }) };
}
