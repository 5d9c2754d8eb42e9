/**
 * A random flow whose promises are decided, and then tried: by random calls if they are kept, and by the call that is said to
 * break them if they are broken. These calls go through the whole Worker, with a carrier, and know nothing of the explorer.
 */
import { drawsFrom, randomBy } from "../../src/cli/play/fuzz/random.ts";
import { playRandom } from "../../src/cli/play/fuzz/random-call.ts";
import { playWritten } from "../../src/cli/play/play-written.ts";
import type { Turn } from "../../src/engine/turn.ts";
import { type Decided, decide } from "../../src/explore/promises/decide.ts";
import { promisesIn } from "../../src/explore/promises/findings.ts";
import { markerOf } from "../../src/explore/promises/marked-steps.ts";
import { watched } from "../../src/explore/promises/watched.ts";
import { scenarioOf } from "../../src/explore/ways/scenario.ts";
import { build } from "../../src/flow/build.ts";
import type { BuiltFlow } from "../../src/flow/pipe/link.ts";
import { readScenarios } from "../../src/flow/scenarios/scenarios.ts";
import { writeYaml } from "../../src/flow/yaml/write.ts";
import { isOpen } from "../../src/program/hours.ts";
import { type RandomFlow, randomFlow } from "./random-promises.ts";
import { UNTIMED } from "./support.ts";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const HOUR = 3_600_000;
/** Enough for these flows; what needs more is undecided. */
const BOUNDS = { now: NOW, mostNodes: 3000, ...UNTIMED };

interface Subject {
  random: RandomFlow;
  flow: BuiltFlow;
  flows: readonly BuiltFlow[];
}

/** A random flow that has no error; most have none. */
function subjectOf(seed: string): Subject | undefined {
  const random = randomFlow(randomBy(drawsFrom(seed)), 4);
  const files = [
    { path: "flows/main.yaml", text: random.main },
    { path: "flows/part.yaml", text: random.part },
  ];
  const { flows } = build(files);
  const flow = flows.find((one) => one.flow.name === "main");
  return flow && { random, flow, flows };
}

/** The flows, with the one that is called watched for this promise alone. */
function watching({ flow, flows }: Subject, decided: Decided): { flow: BuiltFlow; flows: BuiltFlow[] } {
  const one = { ...flow, program: watched(flow.program, [decided]) };
  return { flow: one, flows: flows.map((other) => (other === flow ? one : other)) };
}

/** Whether the last thing that happens in a script is a conversation. */
function endsInTalk(script: unknown): boolean {
  const last: unknown = Array.isArray(script) ? script.at(-1) : undefined;
  return (
    typeof last === "object" && last !== null && ("dial" in last || "wait" in last) && !("status" in last)
  );
}

/** Whether turns break a promise. @param isGone whether the call ends because somebody hung up */
function breaks(turns: readonly Turn[], { promise }: Decided, isGone: boolean): boolean {
  const markers = turns.flatMap(({ path }) => path.flatMap((step) => markerOf(step) ?? []));
  if (markers.some(({ sign, isEnd }) => sign === "broken" && !isEnd)) return true;
  if (isGone || promise.sort === "reach") return false;
  const target =
    promise.sort === "never" ? promise.of : promise.sort === "always" ? promise.before : promise.at;
  const last = turns.at(-1);
  const isApology = last?.error !== undefined && last.next === undefined && last.path.at(-1) !== "hangup";
  const isMeant = target.ends.includes("hangup") || (target.ends.includes("apology") && isApology);
  if (!isMeant) return false;
  return (last?.path ?? []).some((step) => {
    const marker = markerOf(step);
    return marker?.sign === "broken" && marker.isEnd;
  });
}

const BEGINNINGS = readScenarios(
  {
    path: "flows/main.test.yaml",
    text: writeYaml({
      flow: "main",
      scenarios: [
        { name: "verified", caller: { verified: true }, script: ["end"] },
        { name: "from abroad", caller: { country: "FR", name: "Ada" }, script: ["end"] },
        { name: "known", kept: { "main.k": 1 }, script: ["end"] },
      ],
    }),
  },
  ["main"],
).scenarios;

/** Plays random calls, and returns the first that breaks the promise. */
async function brokenBy(
  subject: Subject,
  decided: Decided,
  calls: number,
  seed: string,
): Promise<string | undefined> {
  const project = watching(subject, decided);
  for (let call = 0; call < calls; call++) {
    const turns: Turn[] = [];
    const fuzzed = {
      flow: project.flow,
      project: { flows: project.flows, audio: [] },
      scenarios: BEGINNINGS,
      answers: subject.random.answers,
      env: {},
      watch: (turned: Turn) => void turns.push(turned),
    };
    const played = await playRandom(fuzzed, `call ${call}`, drawsFrom(`${seed} ${call}`));
    if (played.isStoreFaulty || changesHours(subject.flow, String(played.scenario.at))) continue;
    const { script } = played.scenario;
    const isGone = /hangup|"ends":"caller"/.test(JSON.stringify(script)) || endsInTalk(script);
    if (breaks(turns, decided, isGone)) return writeYaml(played.scenario);
  }
  return undefined;
}

/** The explorer's clock stands still: calls across an opening or a closing are not its. */
function changesHours({ program }: BuiltFlow, at: string): boolean {
  const begin = Date.parse(at);
  return Object.values(program.hours).some((hours) => isOpen(hours, begin) !== isOpen(hours, begin + HOUR));
}

/** Plays the call that is said to break a promise: every line of it, and that it does. */
async function isConfirmed(subject: Subject, decided: Decided): Promise<string | undefined> {
  const { verdict, exploration, promise } = decided;
  if (verdict.is !== "broken") return undefined;
  const scenario = scenarioOf(exploration, verdict.way, { name: "it" });
  const text = writeYaml({ flow: "main", scenarios: [scenario] });
  const { scenarios, diagnostics } = readScenarios({ path: "flows/main.test.yaml", text }, ["main", "part"]);
  const [written] = scenarios;
  if (!written) return `${diagnostics.map(({ message }) => message).join("; ")}\n${text}`;
  const { flows } = watching(subject, decided);
  const { failure, paths, turns } = await playWritten(written, { flows, audio: [] }, {});
  if (failure) return `${failure.message}\n${text}`;
  const isSeen =
    promise.sort === "reach" ||
    paths.flat().some((step) => markerOf(step)?.sign === "broken") ||
    turns.at(-1)?.next === undefined;
  return isSeen ? undefined : `nothing breaks it\n${text}`;
}

/** What came of one random flow. */
export interface Examined {
  counts: Record<"kept" | "broken" | "undecided", number>;
  /** Where calls and verdicts differ. */
  wrong: string[];
}

/** Decides the promises of the flow of this seed, and tries each. @param calls how many random calls for each that is kept */
export async function examine(seed: string, calls: number): Promise<Examined> {
  const examined: Examined = { counts: { kept: 0, broken: 0, undecided: 0 }, wrong: [] };
  const subject = subjectOf(seed);
  if (!subject) return examined;
  const { flow, flows, random } = subject;
  for (const decided of decide(flow.program, promisesIn(flow, flows), BOUNDS)) {
    const { verdict, promise } = decided;
    examined.counts[verdict.is]++;
    const found =
      verdict.is === "kept"
        ? await brokenBy(subject, decided, calls, seed)
        : await isConfirmed(subject, decided);
    if (found !== undefined)
      examined.wrong.push(
        `seed ${seed}: ${verdict.is} "${promise.text}"\n${random.main}\n${random.part}\n${found}`,
      );
  }
  return examined;
}
