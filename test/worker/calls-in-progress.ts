/** Calls that wait at random places of a version, and how they continue. */
import type { Program } from "../../src/program/program.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { indexPrograms, newArchive } from "../../src/worker/programs.ts";
import { programOf } from "../flow/support.ts";
import { isAll } from "../runs.ts";
import { type Line, line, memoryStore, type Params, webhook } from "./support.ts";

export const CALLS = isAll ? 1000 : 100;
/** Answers before and after the deploy. */
const MOST_BEFORE = 6;
const MOST_AFTER = 8;

/** Two versions: the later one has other names for all steps, swapped keys and other words. */
export const OLD = version("old", "1", "2");
export const NEW = version("new", "2", "1");

function version(word: string, first: string, second: string): Program {
  const text = `
onError: ${word}-sorry
variables: { account: { type: string }, story: { type: recording }, age: { type: int } }
steps:
  ${word}-menu:
    gather:
      prompt: The ${word} menu.
      choices: { ${first}: ${word}-billing, ${second}: ${word}-cancel, 3: ${word}-message, 4: ${word}-reach, 5: ${word}-age }
      noMatch: The ${word} menu did not get that.
      otherwise: ${word}-reach
  ${word}-billing:
    gather: { prompt: The ${word} account., numDigits: 2, save: account, otherwise: ${word}-menu }
    next: ${word}-confirm
  ${word}-confirm:
    gather:
      prompt: "The ${word} account {{ vars.account }}: is it right?"
      choices: { ${first}: ${word}-paid, ${second}: ${word}-menu }
      otherwise: ${word}-menu
  ${word}-paid: { hangup: "The ${word} account {{ vars.account }} is paid." }
  ${word}-cancel: { hangup: The ${word} appointment is cancelled. }
  ${word}-message:
    record: { prompt: The ${word} tone., save: story, empty: ${word}-menu }
    next: ${word}-thanks
  ${word}-thanks: { hangup: "The ${word} message has {{ vars.story.seconds }} seconds." }
  ${word}-reach:
    dial: { to: +14155550177, whisper: The ${word} whisper., status: { else: ${word}-message } }
    next: ${word}-menu
  ${word}-age: { run: { flow: ${word}-part, save: { age: age } }, next: ${word}-menu }
  ${word}-sorry: { hangup: "Sorry from the ${word} version." }
`;
  const part = `
gives: [age]
variables: { age: { type: int } }
steps:
  ${word}-question:
    gather: { prompt: The ${word} part., choices: { ${first}: return, ${second}: ${word}-done }, save: age, otherwise: return }
  ${word}-done: { say: The ${word} part is done., next: return }
`;
  return programOf(text, "flows/desk.yaml", { [`${word}-part`]: part });
}

/** A call in progress. */
export interface Waiting {
  sid: string;
  /** The document that the caller is listening to. */
  twiml: string;
  /** Of the random answers from here on. */
  seed: number;
}

type Random = (n: number) => number;

/** The Worker of a version, with its own store. */
export function workerOf(program: Program, overrides: Partial<Deps> = {}): Line {
  return line({
    programs: indexPrograms([program]),
    store: memoryStore(),
    archive: newArchive(),
    callTime: () => Date.UTC(2026, 10, 23, 17),
    ...overrides,
  });
}

/** Begins the calls, and lets each answer a few times. */
export async function beginCalls(app: Line): Promise<Waiting[]> {
  return Promise.all(
    Array.from({ length: CALLS }, async (_, index) => {
      const sid = `CA${String(index).padStart(32, "0")}`;
      const random = seeded(index + 1);
      let twiml = await send(app, "/voice/desk", { CallSid: sid });
      for (let left = random(MOST_BEFORE); left > 0; left--) {
        const next = answerTo(twiml, random);
        const after = next && (await send(app, next.path, { ...next.params, CallSid: sid }));
        // A call that has ended is not in progress: this one stays where it was.
        if (!after || !answerTo(after, () => 0)) break;
        twiml = after;
      }
      return { sid, twiml, seed: index + 1_000_000 };
    }),
  );
}

/** Everything that a caller hears from here to the end of the call. */
export async function hear(app: Line, { sid, twiml, seed }: Waiting): Promise<string[]> {
  const random = seeded(seed);
  const heard: string[] = [];
  let latest = twiml;
  for (let left = MOST_AFTER; left > 0; left--) {
    const next = answerTo(latest, random);
    if (!next) break;
    latest = await send(app, next.path, { ...next.params, CallSid: sid });
    heard.push(latest);
  }
  return heard;
}

async function send(app: Line, path: string, params: Params): Promise<string> {
  const response = await app.fetch(webhook(path, params));
  if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}`);
  return response.text();
}

/** What a caller does next: the URL that the document names, with an answer that its verb can have. */
function answerTo(twiml: string, random: Random): { path: string; params: Params } | undefined {
  const path = /\saction="([^"]+)"/.exec(twiml)?.[1];
  if (path === undefined) return undefined;
  return { path, params: paramsFor(twiml, random) };
}

function paramsFor(twiml: string, random: Random): Params {
  const pick = (...options: string[]): string => options[random(options.length)] ?? "";
  if (twiml.includes("<Gather")) return { Digits: pick("1", "2", "3", "4", "5", "9", "42", "") };
  if (twiml.includes("<Record"))
    return { RecordingUrl: "https://api.twilio.com/recording", RecordingDuration: pick("0", "7") };
  return { DialCallStatus: pick("completed", "busy", "no-answer") };
}

/** The next whole number below n: a linear congruential generator. Seeds next to each other begin far apart. */
function seeded(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1);
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}
