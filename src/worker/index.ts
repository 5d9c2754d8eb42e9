/** The Worker's entry. */
import programs from "../../.ringflow/programs.txt";
import { worker } from "./entry.ts";

export { Pointers } from "./pointers.ts";

const { app, Outbound, queue, scheduled } = worker(programs);

export { Outbound };
export default Object.assign(app, { queue, scheduled });
