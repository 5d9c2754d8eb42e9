/** What runs when Twilio has delivered a text message, or could not: `delivered` and `undelivered`. */
import type { Op } from "../../../program/op.ts";
import { stepsFrom } from "../../analysis/graph.ts";
import type { Compiler } from "../../compile/compiler.ts";
import type { Flow, Step } from "../../model/flow.ts";

/** The keys of a message that has side roads. */
interface Delivery {
  delivered?: string;
  undelivered?: string;
}

const END: Op = { op: "end" };

/** Whether Twilio is to report on a message. */
export function isReported({ delivered, undelivered }: Delivery): boolean {
  return delivered !== undefined || undelivered !== undefined;
}

/** The block that takes Twilio's reports, and those that it leads to. */
export function deliveryBlocks(body: Delivery, compiler: Compiler): { [block: string]: Op[] } {
  if (!isReported(body)) return {};
  const { delivered, undelivered } = body;
  const begin = (block: string, step: string | undefined): Op[] =>
    step === undefined ? [END] : [{ op: "goto", block }];
  const lost = begin("undelivered", undelivered);
  // Twilio reports each status on the way; these are the last ones.
  const cases = { delivered: begin("delivered", delivered), undelivered: lost, failed: lost };
  return {
    delivery: [{ op: "switch", on: { param: "MessageStatus" }, cases }, END],
    ...sideOf("delivered", delivered, compiler),
    ...sideOf("undelivered", undelivered, compiler),
  };
}

function sideOf(block: string, step: string | undefined, compiler: Compiler): { [block: string]: Op[] } {
  return step === undefined ? {} : compiler.side(block, { step }, [END]);
}

/** The key whose side road sends the same message again; undefined if none does. */
export function circleOf(step: Step<Delivery>, flow: Flow): keyof Delivery | undefined {
  const keys = ["delivered", "undelivered"] as const;
  return keys.find((key) => beginsAgain(step.body[key], step.name, flow));
}

function beginsAgain(begin: string | undefined, name: string, flow: Flow): boolean {
  const reached = new Set<string>();
  const waiting = begin === undefined ? [] : [begin];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const step of stepsFrom(next, flow)) {
      if (reached.has(step.name)) continue;
      reached.add(step.name);
      waiting.push(
        ...step.marks.flatMap(({ mark, schema, value }) =>
          mark === "side" && schema["x-road"] === "delivery" ? [String(value)] : [],
        ),
      );
    }
  }
  return reached.has(name);
}
