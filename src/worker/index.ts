/** The Worker's entry. */
import programs from "../../.ringflow/programs.txt";
import { worker } from "./entry.ts";

export { Pointers } from "./pointers.ts";

const { handlers, Outbound } = worker(programs);

export { Outbound };
export default handlers;
