/** One random call or text message, with faults around the Worker. */

import { type Random, randomFrom } from "../../src/cli/play/fuzz/random.ts";
import { startCall } from "../../src/phone/carrier.ts";
import type { Moment } from "../../src/phone/leg/moment.ts";
import { sendText } from "../../src/phone/text-message.ts";
import { randomCaller, SPEECHES } from "./caller.ts";
import { leaksOf } from "./checks.ts";
import type { Counts } from "./counts.ts";
import type { Shipped, ShippedFlow } from "./shipped.ts";
import { HOST, type Report, type Wired, wire } from "./wire.ts";

const FROM = ["+14155550111", "anonymous", "client:ada", "+442079460000"] as const;

/** Plays one call; returns what was wrong with it. */
export async function playRandomCall(shipped: Shipped, seed: string, counts: Counts): Promise<string[]> {
  const random = randomFrom(seed);
  const flow = random.any(shipped.flows);
  if (!flow) throw new Error("no flows are shipped");
  const wrong = new Set<string>();
  const report = (faults: readonly string[]): void => {
    for (const fault of faults) wrong.add(`${flow.flow.name}: ${fault}`);
  };
  const wired = wire(shipped, flow, random, counts, report);
  counts.add("calls");
  if (flow.program.onMessage !== undefined && random.chance(flow.program.sorry ? 0.8 : 0.3)) {
    await converse(flow, random, wired, seed, report);
  } else await phone(flow, random, wired, seed, report);
  return [...wrong];
}

/** Texts a few times, with pauses that no question waits for. */
async function converse(
  { flow }: ShippedFlow,
  random: Random,
  { line, passes }: Wired,
  seed: string,
  report: Report,
): Promise<void> {
  const [from, to] = ["+14155550111", "+14155550100"];
  const count = random.int(1, 5);
  for (let index = 0; index < count; index++) {
    const body = random.pick([...SPEECHES, "1", "5", "stop"]);
    const { problems } = await sendText(
      line,
      `${HOST}/sms/${flow.name}`,
      { from, to, body },
      `${seed}:${index}`,
    );
    report(problems.map(({ message }) => message));
    await passes(random.pick([1, 60, 3600, 100_000]));
  }
}

async function phone(
  flow: ShippedFlow,
  random: Random,
  wired: Wired,
  seed: string,
  report: Report,
): Promise<void> {
  const { line, sensitive, isSensitive } = wired;
  const mayReveal = flow.flow.text.includes("reveal(");
  const moment = (heard: Moment): void => {
    if (heard.kind === "problem") report([`<${heard.element}>: ${heard.message}`]);
    if (heard.kind === "said") report(leaksOf("what is said", heard.text, mayReveal ? [] : sensitive));
  };
  const keys = (digits: string): void => {
    if (isSensitive() && digits.length >= 4) sensitive.add(digits);
  };
  const caller = randomCaller(random, { moment, keys, hangUp: () => call.hangUp() });
  const name = flow.flow.name;
  const call = startCall(
    line,
    {
      url: `${HOST}/voice/${name}`,
      statusUrl: `${HOST}/status/${name}`,
      from: random.pick(FROM),
      to: "+14155550100",
      callerName: random.pick(SPEECHES),
      city: random.pick(SPEECHES),
      answeredBy: random.pick(["human", "machine_start", "unknown"]),
      seed,
    },
    caller,
  );
  const { by } = await call.ended;
  if (by === "problem") report(["the call ended by a problem"]);
}
