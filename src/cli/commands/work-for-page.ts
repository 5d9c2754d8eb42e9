/** Does the page's long work: this process is its own, and gets one task after another until it is ended. */
import { once } from "node:events";
import { Writable } from "node:stream";
import type { Sent, Task } from "../phone/page-process.ts";

/** @returns the exit code, once the process that gives the tasks has gone */
export async function workForPage(): Promise<number> {
  process.on("message", (message) => {
    const task: Task = JSON.parse(String(message));
    void isDone(task).then((isDone) => send({ isDone }));
  });
  await once(process, "disconnect");
  return 0;
}

function send(sent: Sent): void {
  process.send?.(JSON.stringify(sent));
}

/** False if a flow has an error by now. */
function isDone(task: Task): Promise<boolean> {
  return WORK[task.work](task.flows).then(
    () => true,
    () => false,
  );
}

const WORK: Record<Task["work"], (flows: readonly string[]) => Promise<void>> = {
  async explore(flows) {
    const { exploreFlows } = await import("../phone/explored.ts");
    await exploreFlows(flows, Date.now(), (found) => send({ found: JSON.stringify(found) }));
  },
  async compare(flows) {
    const { diff } = await import("./diff.ts");
    let report = "";
    const out = new Writable({
      write(chunk, _encoding, written) {
        report += String(chunk);
        written();
      },
    });
    await diff(["HEAD", ...flows], { format: "json", out });
    send({ found: report });
  },
};
