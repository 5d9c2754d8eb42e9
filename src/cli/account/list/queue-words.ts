/** What is said about a list in the Worker's queue. */
import { npxRingflow } from "../../project/environment.ts";
import type { Contact } from "./contacts.ts";
import type { Plan } from "./plan.ts";
import type { HandedOver, Queued } from "./queue.ts";

/** What handing over has done. */
interface QueueSum {
  queued: number;
  /** In the queue already, or called. */
  known: number;
  excluded: { line: number; to: string }[];
  refused: { line: number; to: string; reason: string }[];
  wrong: { line: number; reason: string }[];
  left: { line: number; to: string }[];
  stopped?: string;
}

const brief = ({ line, to }: Contact) => ({ line, to });

/** Sums up handing over. */
export function queueSumOf({ excluded, faults }: Plan, done: HandedOver): QueueSum {
  const { queued, known, refused, left, stopped } = done;
  return {
    ...{ queued, known, excluded: excluded.map(brief) },
    refused: refused.map(({ contact, reason }) => ({ ...brief(contact), reason })),
    wrong: faults,
    left: left.map(brief),
    ...(stopped !== undefined && { stopped }),
  };
}

/** Whether the Worker has everybody who is not excluded. */
export function isHandedOver({ refused, wrong, left }: QueueSum): boolean {
  return refused.length + wrong.length + left.length === 0;
}

/** A sum in words. */
export function queueSumInWords(
  sum: QueueSum,
  { file, flow, url, journal }: { file: string; flow: string; url?: string; journal?: string },
): string {
  const { queued, known, excluded, refused, wrong, left, stopped } = sum;
  const where = Object.entries({ url, journal })
    .flatMap(([name, value]) => (value === undefined ? [] : [` --${name} ${value}`]))
    .join("");
  const counts = [
    `${queued} handed over`,
    ...(known > 0 ? [`${known} in the queue or called already`] : []),
    ...[
      ["excluded", excluded] as const,
      ["refused", refused] as const,
      ["wrong in the list", wrong] as const,
      ["left", left] as const,
    ].flatMap(([words, rows]) => (rows.length === 0 ? [] : [`${rows.length} ${words}`])),
  ];
  const lines = [
    ...(stopped === undefined ? [] : [`Stopped: ${stopped}`]),
    `${counts.join(", ")}.`,
    ...refused.map(({ line, to, reason }) => `  line ${line}, ${to}: ${reason}`),
    ...(left.length > 0 ? ["The same command continues with those who are left."] : []),
    ...(queued + known === 0
      ? []
      : [
          "The Worker calls them; this machine can be turned off. What became of them:",
          `  ${npxRingflow(`dial --file ${file} --flow ${flow}${where} --status`)}`,
        ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A row of a list whose call was not placed. */
export interface NotCalled {
  line?: number | undefined;
  to: string;
  is: "refused" | "lost";
  reason: string;
}

/** What became of a list in the queue, in words. */
export function queuedInWords({ counts }: Queued, rows: readonly NotCalled[], url: string): string {
  const { placed, waiting, refused, lost } = counts;
  if (placed + waiting + refused + lost === 0) return `${url} has nothing of this list.\n`;
  const words = [
    `${placed} placed`,
    `${waiting} waiting`,
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(lost > 0 ? [`${lost} given up`] : []),
  ];
  const lines = [
    `${words.join(", ")}.`,
    ...rows.map(({ line, to, reason }) => `  ${line === undefined ? "" : `line ${line}, `}${to}: ${reason}`),
    ...(waiting > 0
      ? ["Those who wait are outside the hours, or have no room in CALLS_PER_MINUTE or CALLS_PER_DAY yet."]
      : []),
    ...(refused + lost > 0 ? ["The same command with --queue hands the others over again."] : []),
  ];
  return `${lines.join("\n")}\n`;
}
