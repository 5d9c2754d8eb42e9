/** What the schema of an `enqueue` cannot say: which keys exclude each other. */

import { isMap } from "../../../program/is-map.ts";
import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";
import { type Flow, kindKey, type Report, type Step, valueAt } from "../../model/flow.ts";
import type { Enqueue } from "./body.ts";

/** The findings of an `enqueue`. */
export const FINDINGS = defineFindings([
  {
    code: "enqueue-where",
    severity: "error",
    summary: "An `enqueue` needs either a `queue`, or a `workflowSid` with an optional `task`.",
    bad: yaml`
      steps:
        hold:
          enqueue: { wait: Please hold., status: { else: hangup } }
          next: hangup
    `,
    good: yaml`
      steps:
        hold:
          enqueue: { queue: support, wait: Please hold., status: { else: hangup } }
          next: hangup
    `,
  },
  {
    code: "two-waits",
    severity: "error",
    summary: "An `enqueue` or a conference has both `wait` and `waitUrl`: only one can be heard.",
    bad: yaml`
      steps:
        hold:
          enqueue: { queue: support, wait: Please hold., waitUrl: https://example.com/hold.mp3, status: { else: hangup } }
          next: hangup
    `,
    good: yaml`
      steps:
        hold:
          enqueue: { queue: support, wait: Please hold., status: { else: hangup } }
          next: hangup
    `,
  },
  {
    code: "task-no-map",
    severity: "error",
    summary: "The `json` of a task is not a map: TaskRouter reads a task's attributes by name.",
    bad: yaml`
      steps:
        hold:
          enqueue: { workflowSid: WW1, task: { json: sales }, status: { else: hangup } }
          next: hangup
    `,
    good: yaml`
      steps:
        hold:
          enqueue: { workflowSid: WW1, task: { json: { skill: sales } }, status: { else: hangup } }
          next: hangup
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;

/** Reports the keys of an `enqueue` that do not go together. */
export function lint(step: Step<Enqueue>, _flow: Flow, report: Report<Code>): void {
  const { queue, workflowSid, task, wait, waitUrl } = step.body;
  if ((queue === undefined) === (workflowSid === undefined) || (task && workflowSid === undefined)) {
    const message = "name either a `queue`, or a `workflowSid` with an optional `task`";
    report({ code: "enqueue-where", at: kindKey(step), message });
  }
  if (wait !== undefined && waitUrl !== undefined) {
    const message = "`wait` and `waitUrl` exclude each other; remove one";
    report({ code: "two-waits", at: valueAt(step, "waitUrl") ?? step.bodyNode, message });
  }
  if (task?.json && !isMap(task.json.value)) {
    const message = "a task's `json` must be a map of names and values; write for example { skill: sales }";
    report({ code: "task-no-map", at: valueAt(step, "task") ?? step.bodyNode, message });
  }
}
