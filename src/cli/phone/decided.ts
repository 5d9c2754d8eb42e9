/** What became of a project's promises, for the page: each with the shortest call that breaks it. */
import { type Decided, decide } from "../../explore/promises/decide.ts";
import { promisesIn } from "../../explore/promises/findings.ts";
import { callInWords } from "../../explore/promises/words.ts";
import { scenarioOf } from "../../explore/ways/scenario.ts";
import type { BuiltFlow } from "../../flow/build.ts";
import { position } from "../../flow/language/diagnostic.ts";
import type { NewScenario } from "../../flow/scenarios/scenario-file.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import { writeYaml } from "../../flow/yaml/write.ts";
import type { FoundCall, PromiseView } from "../../phone/page/contract.ts";
import { overloadsOf } from "../../program/own-function.ts";
import { buildProject, type Project } from "../project/project.ts";
import { workerVariables } from "../project/variables.ts";

/** A promise, and the file that makes it. */
export type FiledPromise = PromiseView & { file: string };

/** Decides the promises of the project in this folder, those of parts once for each flow that runs them. */
export async function decidedPromises(now: number): Promise<FiledPromise[]> {
  const project = await buildProject();
  const env = await workerVariables();
  const seconds = new Map(project.audio.map((one) => [one.url, one.seconds]));
  const options = {
    now,
    env,
    functions: overloadsOf(project.config.functions),
    secondsOf: (url: string) => seconds.get(url),
  };
  return project.flows
    .filter(({ program }) => !program.isPart)
    .flatMap((built) =>
      decide(built.program, promisesIn(built, project.flows), options).map((one) =>
        viewOf(one, built, project),
      ),
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

/** A scenario as a test file has it; undefined if no test file can hold it. */
function foundCall(flow: string, scenario: NewScenario): FoundCall | undefined {
  const file = { path: `${flow}.test.yaml`, text: writeYaml({ flow, scenarios: [scenario] }) };
  const [written] = readScenarios(file, [flow]).scenarios;
  return written && { flow, scenario: JSON.parse(JSON.stringify(written.scenario)) };
}
