/** The Worker's entry. */
import programs from "../../.ringflow/programs.txt";
import { workerOf } from "./entry.ts";

export { Pointers } from "./pointers.ts";

const { app, Outbound, scheduled } = workerOf(programs);

export { Outbound };
export default Object.assign(app, { scheduled });
