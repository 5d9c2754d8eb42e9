/** `ringflow dial` and `ringflow move`: calls that the Worker places, and calls in progress that it moves. */
import { randomUUID } from "node:crypto";
import { type Asking, agreed } from "../../account/agree.ts";
import { workerCallsAt } from "../../account/worker-calls.ts";
import { Problem } from "../../problem.ts";
import { refuseNotSid } from "./calls.ts";

/** Options of both commands. */
interface WorkerOptions extends Asking {
  out: NodeJS.WritableStream;
  /** URL of the Worker. */
  url?: string;
  /** Values of the variables that the flow takes. */
  set?: Readonly<Record<string, string>>;
  json?: boolean;
}

/** Options of `ringflow dial`. */
export interface DialOptions extends WorkerOptions {
  from: string;
  machine?: "detect" | "message-end";
  /** The flow begins before the verdict on the machine. */
  async?: boolean;
  /** The Idempotency-Key; a random one if omitted. */
  key?: string;
}

/**
 * Places a call.
 * @returns the exit code: 1 if the person who was asked said no
 * @throws Problem if the Worker or Twilio refuses
 */
export async function dial(to: string, flow: string, options: DialOptions): Promise<number> {
  const { out, from, set, machine, key = randomUUID() } = options;
  checkNumber("The receiver", to);
  checkCall(options);
  const worker = await workerCallsAt(options.url);
  if (!options.json) {
    out.write(`${worker.url} calls ${to} from ${from}, with the flow ${flow}.\n${listed(set)}`);
    if (machine)
      out.write(`Answering machines: ${machine}${options.async ? ", while the flow speaks" : ""}.\n`);
  }
  if (!(await agreed("Place this call?", options))) return 1;
  const body = {
    to,
    from,
    ...(set && { set }),
    ...(machine && { machine }),
    ...(options.async && { async: true }),
  };
  const placed = await worker.place(flow, body, key);
  out.write(
    options.json ? `${JSON.stringify({ ...placed, key })}\n` : `${placed.sid} is ${placed.status}.\n`,
  );
  return 0;
}

/** Checks what all calls of a command have in common. */
export function checkCall({ from, async, machine }: Pick<DialOptions, "from" | "async" | "machine">): void {
  if (from === "") throw new Problem("--from is missing: a number of the account, such as +14155550111.");
  checkNumber("--from", from);
  if (async && !machine) throw new Problem("--async needs --machine detect or --machine message-end.");
}

function checkNumber(name: string, number: string): void {
  if (!/^\+[1-9]\d{6,14}$/.test(number))
    throw new Problem(`${name} is not a number such as +14155550111: "${number}".`);
}

/**
 * Moves a call in progress to a flow, or to a step of it.
 * @returns the exit code: 1 if the person who was asked said no
 * @throws Problem if the Worker or Twilio refuses
 */
export async function move(
  sid: string,
  flow: string,
  step: string | undefined,
  options: WorkerOptions,
): Promise<number> {
  const { out, set } = options;
  refuseNotSid(sid, "CA", "a call");
  const worker = await workerCallsAt(options.url);
  const where = step === undefined ? `the start of ${flow}` : `the step ${step} of ${flow}`;
  if (!options.json) out.write(`${sid} moves to ${where}.\n${listed(set)}`);
  if (!(await agreed("Move this call?", options))) return 1;
  const moved = await worker.move(flow, sid, { ...(step !== undefined && { step }), ...(set && { set }) });
  out.write(options.json ? `${JSON.stringify(moved)}\n` : "Moved.\n");
  return 0;
}

function listed(set: WorkerOptions["set"] = {}): string {
  return Object.entries(set)
    .map(([name, value]) => `  ${name} = ${value}\n`)
    .join("");
}
