/** Sensitive values that are spoken or texted. */
import { secretReads } from "../../../flow/analysis/worker-reads.ts";
import type { BuiltFlow } from "../../../flow/pipe/link.ts";
import type { GatherAnswer } from "../../../phone/leg/handset.ts";
import { standIns } from "../app.ts";

/** Shorter input can be in a prompt by chance. */
const SHORTEST = 4;

/** Knows what must not be heard or texted in a call. */
export interface Secrets {
  /** Takes what was entered where the flow asks for something sensitive. */
  enter(answer: GatherAnswer): void;
  /** Whether a text has one of them. Texts that were heard before it was entered are no leak. */
  isIn(text: string): boolean;
}

/** @param flows all flows of the project: one that reveals a value means to */
export function secretsOf(flow: BuiltFlow, flows: readonly BuiltFlow[]): Secrets {
  const own = flows.filter(
    ({ flow: { name } }) => name === flow.flow.name || name in (flow.program.parts ?? {}),
  );
  const isReveal = own.some((one) => one.flow.text.includes("reveal("));
  const used = new Set(own.flatMap((one) => secretReads(one.flow).map(({ name }) => name)));
  const values = Object.entries(standIns(flows)).flatMap(([name, value]) => (used.has(name) ? [value] : []));
  const secrets = new Set(values);
  const heard = new Set<string>();
  return {
    enter(answer) {
      const text = typeof answer === "string" ? "" : "digits" in answer ? answer.digits : answer.speech;
      const digits = joined(text).replace(/\D/g, "");
      if (digits.length >= SHORTEST) secrets.add(digits);
    },
    isIn(text) {
      const plain = joined(text);
      if (isReveal || heard.has(plain)) return false;
      heard.add(plain);
      return [...secrets].some((secret) => plain.includes(secret));
    },
  };
}

/** A text with its spelled-out digits as one number. */
function joined(text: string): string {
  return text.replace(/(?<=\d)[ ,.-]+(?=\d)/g, "");
}
