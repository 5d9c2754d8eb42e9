/** The verbs at which a call waits. All others are heard, go on at once, or end the call. */
import type { Verb } from "./answer.ts";
import { connect } from "./connect.ts";
import { dial } from "./dial.ts";
import { enqueue } from "./enqueue.ts";
import { gather } from "./gather.ts";
import { pay } from "./pay.ts";
import { record } from "./record.ts";
import { refer } from "./refer.ts";

/** An echo ends only when the caller hangs up. */
const echo: Verb = { answers: () => [] };

/** By the verb's name. */
export const VERBS: Readonly<Record<string, Verb>> = {
  Connect: connect,
  Dial: dial,
  Echo: echo,
  Enqueue: enqueue,
  Gather: gather,
  Pay: pay,
  Record: record,
  Refer: refer,
};
