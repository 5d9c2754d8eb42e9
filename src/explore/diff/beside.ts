/** What runs beside calls, and without them: asides when a recording is ready, a queue's music, text messages to the number. */
import { type Element, elementsIn } from "../../phone/twiml/element.ts";
import type { Place } from "../../program/call.ts";
import { continuationIn } from "../document.ts";
import type { Begin, CallEvent, Waiting } from "../exploration.ts";
import type { Moves } from "../moves.ts";
import { askStrides, firstMessages } from "./messages.ts";
import { callOf, type Side, strideOf, stridesOf, without } from "./strides.ts";
import type { Pair, Stride } from "./walk.ts";

/** What Twilio can report to an aside. */
const REPORTS: readonly CallEvent["params"][] = [
  {},
  {
    RecordingStatus: "completed",
    RecordingUrl: "https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/RE",
    RecordingSid: `RE${"0".repeat(32)}`,
    RecordingDuration: "20",
    TranscriptionStatus: "completed",
    TranscriptionText: "Please call me back.",
    QueuePosition: "1",
    QueueTime: "0",
    AvgQueueTime: "0",
    CurrentQueueSize: "1",
  },
  { TranscriptionStatus: "failed", RecordingDuration: "0", QueuePosition: "2", QueueTime: "60" },
];

/** What an element calls beside the call, with the step's block: `Record transcribeCallback`. */
function asidesOf({ element, step }: Waiting): Map<string, Place> {
  const found = new Map<string, Place>();
  const look = (one: Element, path: string): void => {
    for (const [name, value] of Object.entries(one.attributes)) {
      const to = continuationIn(value);
      if (to?.road === "aside") found.set(`${path} ${name}`, { step, block: to.link });
    }
    for (const [at, child] of elementsIn(one).entries()) look(child, `${path} ${at} ${child.name}`);
  };
  look(element, element.name);
  return found;
}

/** What the asides of a pair do, as strides on its own. Those that only one of them has are its settings. */
export function asideStrides(
  pair: Pair,
  moves: { was: Moves; now: Moves },
  via: Stride | undefined,
): Stride[] {
  const [before, after] = [asidesOf(pair.was.waiting), asidesOf(pair.now.waiting)];
  return [...after].flatMap(([name, place]) => {
    const other = before.get(name);
    if (!other) return [];
    return REPORTS.flatMap((params) => {
      const was = moves.was.beside(other, pair.was.call, pair.begin, params);
      const now = moves.now.beside(place, pair.now.call, pair.begin, params);
      return stridesOf(was, now, { ...strideOf(pair.begin, via?.event ?? NOTHING), from: via?.from });
    });
  });
}

const NOTHING: CallEvent = { kind: "outcome", label: "", params: {}, lines: [] };

/** What happens without a call: the events, and what each flow does with them. */
export function roadStrides(was: Side, now: Side, begins: readonly Begin[]): Stride[] {
  const events: ["onMessage" | "onMachine" | "onUnanswered", CallEvent[]][] = [
    ["onMessage", firstMessages(was, now)],
    ["onMachine", [without("an answering machine", { AnsweredBy: "machine_start" })]],
    ["onUnanswered", STATUSES.map((CallStatus) => without(`a placed call: ${CallStatus}`, { CallStatus }))],
  ];
  const roads = events.flatMap(([road, all]) => {
    const [before, after] = [was.program[road], now.program[road]];
    if (before === undefined || after === undefined) return [];
    return begins.flatMap((begin) =>
      all.flatMap((event) => {
        const go = ({ moves }: Side, step: string) =>
          moves.beside({ step, block: "enter" }, callOf(begin), begin, event.params);
        return stridesOf(go(was, before), go(now, after), { ...strideOf(begin, event), from: undefined });
      }),
    );
  });
  return [...roads, ...askStrides(was, now, begins)];
}

const STATUSES = ["no-answer", "busy", "failed"];
