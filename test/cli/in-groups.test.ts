import { expect, test } from "vitest";
import { inGroups } from "../../src/cli/play/in-groups.ts";

test("everything is done once and in order, and not all at once", async () => {
  let [running, most] = [0, 0];
  const numbers = Array.from({ length: 100 }, (_, index) => index);
  const done = await inGroups(numbers, async (number) => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
    return number * 2;
  });
  expect(done).toEqual(numbers.map((number) => number * 2));
  expect(most).toBe(32);
});

test("a failure ends it", async () => {
  const failing = inGroups([1, 2], async (number) => {
    if (number === 2) throw new Error("two");
  });
  await expect(failing).rejects.toThrow("two");
});
