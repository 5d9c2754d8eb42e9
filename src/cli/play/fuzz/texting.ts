/** Random text messages to a flow, and the time between them. */
import type { BuiltFlow } from "../../../flow/pipe/link.ts";
import type { TextStep, WaitStep } from "../../../phone/script/scenario.ts";
import { SPEECHES } from "./entered.ts";
import type { Random } from "./random.ts";

/** After so many messages a conversation is left alone. */
const MOST_MESSAGES = 20;

/** Words that Twilio keeps for itself, and an answer that is a file. */
const SPECIAL = ["STOP", "help", "Start", "", "42", "  YES!! ", "2026-11-26"] as const;

/** A line of a script, outside any call. */
export type Texting = TextStep | (WaitStep & { wait: string });

/** What is known of a conversation while it lasts. */
export interface Conversing {
  /** The step that waits for a message; undefined if none does. */
  waits(): string | undefined;
  /** Writes a message, or waits. */
  does(step: Texting): Promise<void>;
}

/** Holds a conversation with a flow that answers text messages, if it is drawn. */
export async function converse(random: Random, flow: BuiltFlow, { waits, does }: Conversing): Promise<void> {
  const { onMessage, sorry } = flow.program;
  if (onMessage === undefined || !random.chance(sorry === undefined ? 0.3 : 0.8)) return;
  for (let count = 0; count < MOST_MESSAGES; count++) {
    // A flow that waits for nothing begins anew.
    if (count > 0 && waits() === undefined && !random.chance(0.2)) return;
    if (count > 0 && random.chance(0.1)) return;
    if (count > 0 && random.chance(0.15))
      await does({ wait: random.pick(["31m", "1m", "4h", "5h", "2d", "31d"]) });
    else await does(messageOf(random, wordsAt(flow, waits())));
  }
}

function messageOf(random: Random, words: readonly string[]): TextStep {
  const word = random.chance(0.6) ? random.any(words) : undefined;
  const text = word ?? (random.chance(0.7) ? random.pick(SPEECHES) : random.pick(SPECIAL));
  const hasFile = text === "" || random.chance(0.1);
  const ending = random.pick(["jpg", "png", "pdf"]);
  return { text, ...(hasFile && { media: [`https://api.twilio.com/file.${ending}`] }) };
}

/** The words that take an exit of a step. */
function wordsAt({ flow, graph }: BuiltFlow, name = ""): string[] {
  const kind = flow.steps.find((step) => step.name === name)?.kind;
  const edges = graph.edges.get(name) ?? [];
  return edges.flatMap(({ path, label }) => (kind?.exitTrigger?.(path) === "word" ? [label] : []));
}
