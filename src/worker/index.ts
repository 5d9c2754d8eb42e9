/** The Worker's entry. */
import programs from "../../.ringflow/programs.txt";
import { worker } from "./entry.ts";

export { Pointers } from "./pointers.ts";

const { handlers, Outbound, Conversations } = worker(programs);

export { Conversations, Outbound };
export default handlers;
