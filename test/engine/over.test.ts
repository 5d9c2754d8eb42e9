/** Which statuses say that a call is over. */
import { expect, test } from "vitest";
import { OVER } from "../../src/engine/event.ts";

test.each([
  ...["completed", "busy", "no-answer", "failed", "canceled"].map((status) => [status, true] as const),
  ...["", "queued", "ringing", "in-progress", "not-completed", "completed-elsewhere", "uncanceled"].map(
    (status) => [status, false] as const,
  ),
])("%s: %s", (status, isOver) => {
  expect(OVER.test(status)).toBe(isOver);
});
