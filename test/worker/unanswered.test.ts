/** The callback of a placed call that no one answers: another call by the flow's plan, or the step of `onUnanswered`. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import { sealStart } from "../../src/worker/start.ts";
import { programOf } from "../flow/support.ts";
import { useFalseTime } from "./false-time.ts";
import { FLOW, start } from "./noted-orders.ts";
import { memoryStore, TOKEN, webhook } from "./support.ts";

useFalseTime();
beforeEach(() => {
  vi.setSystemTime(Date.UTC(2026, 10, 23, 17));
});

describe("the callback of a call that no one answers", () => {
  const plan = (retry: string): string =>
    `timezone: America/New_York\n${FLOW}`.replace(
      "onMachine: word",
      `onMachine: word\nonUnanswered: { step: missed, retry: ${retry} }`,
    );
  const PLAN = plan('{ after: [10m, 1h], until: "20:00" }');
  const texts = (asked: string[]): string[] => asked.filter((one) => one.includes("Messages.json"));

  async function report(app: ReturnType<typeof start>["app"], CallStatus = "no-answer"): Promise<void> {
    const sealing = { secrets: [TOKEN], cipher: nodeCipher };
    const t = await sealStart(sealing, "desk", { set: { name: "Ada" } });
    const request = webhook(`/status/desk?t=${t}`, { CallStatus, Direction: "outbound-api" });
    expect((await app.fetch(request)).status).toBe(204);
    await app.settle();
  }

  test.each([
    [PLAN, [10, 60], 480],
    // A call that fails for another reason is not tried for ever: the object bounds it.
    [plan("{ after: [5m] }"), [5], undefined],
  ])("asks for another call by the flow's own clock", async (flow, after, left) => {
    const { app, orders, asked, named } = start(flow, {}, [], 200);
    await report(app);
    expect(orders).toEqual([{ sid: "CA00000000000000000000000000000001", after, ...(left && { left }) }]);
    expect(named).toEqual(["desk"]);
    expect(app.lines.at(-1)).toMatchObject({ event: "status no-answer", next: "retry" });
    expect(asked).toEqual([]);
  });

  test("counts the minutes too", async () => {
    vi.setSystemTime(Date.UTC(2026, 10, 23, 17, 25));
    const { app, orders } = start(PLAN, {}, [], 200);
    await report(app);
    expect(orders).toMatchObject([{ left: 455 }]);
  });

  test("counts in UTC if the flow has no time zone", async () => {
    const { app, orders } = start(PLAN.replace("timezone: America/New_York\n", ""), {}, [], 200);
    await report(app);
    expect(orders).toMatchObject([{ left: 180 }]);
  });

  test.each<[string, number, Partial<Deps>]>([
    ["the object has no plan", 204, {}],
    ["the object fails", 500, {}],
    ["there is no object", 200, { outbound: undefined }],
  ])("runs `onUnanswered` if %s, with the values of `set`, once", async (_, status, overrides) => {
    const { app, asked } = start(PLAN, overrides, [], status);
    await report(app);
    await report(app);
    expect(texts(asked)).toEqual([expect.stringContaining("Body=Ada+was+not+reached.")]);
    expect(app.lines[0]).toEqual({
      call: "CA00000000000000000000000000000001",
      flow: "desk",
      event: "status no-answer",
      version: expect.any(String),
      step: "missed",
      store: undefined,
      error: undefined,
      ms: expect.any(Number),
    });
  });

  test("runs it with the variables that earlier calls left", async () => {
    const flow = PLAN.replace(
      "amount: {",
      "tries: { type: int, default: 0, keep: caller }\n  amount: {",
    ).replace(
      'missed:\n    sms: { to: +14155550177, body: "{{ vars.name }} was not reached." }',
      'missed: { set: { tries: "{{ vars.tries + 1 }}" }, next: text }\n' +
        '  text:\n    sms: { to: +14155550177, body: "{{ vars.tries }} times" }',
    );
    const store = memoryStore({ "keep:caller:+14155550100:desk.tries": "2" });
    const { app, asked } = start(flow, { store }, [], 204);
    await report(app);
    expect(texts(asked)).toEqual([expect.stringContaining("Body=3+times")]);
    expect(store.kept.get("keep:caller:+14155550100:desk.tries")).toBe("3");
  });

  test("runs it and logs why there is no plan if the object throws", async () => {
    const outbound = () => ({ fetch: () => Promise.reject(new Error("overloaded")) });
    const { app, asked } = start(PLAN, { outbound });
    await report(app);
    expect(texts(asked)).toHaveLength(1);
    expect(app.lines.at(-1)).toMatchObject({ step: "missed", error: "overloaded" });
  });

  test("logs why there is no plan if there is no `onUnanswered` either", async () => {
    const { onUnanswered: _, ...program } = programOf(PLAN, "flows/desk.yaml");
    const outbound = () => ({ fetch: () => Promise.reject(new Error("overloaded")) });
    const { app } = start(PLAN, { outbound, programs: indexPrograms([program]) });
    await report(app);
    expect(app.lines).toEqual([expect.objectContaining({ event: "status no-answer", error: "overloaded" })]);
    const { app: other } = start(PLAN, { programs: indexPrograms([program]) }, [], 204);
    await report(other);
    expect(other.lines[0]).not.toHaveProperty("error");
  });

  test("logs why `onUnanswered` failed", async () => {
    const { app } = start(PLAN.replace("{{ vars.name }} was", "{{ 1 / vars.amount }} was"), {}, [], 204);
    await report(app);
    expect(app.lines.find(({ event }) => event.startsWith("status"))?.error).toMatch(/division_by_zero/);
  });

  test("of a person who cancels it asks for no other", async () => {
    const { app, orders, asked } = start(PLAN, {}, [], 200);
    await report(app, "canceled");
    expect([orders.length, texts(asked).length]).toEqual([0, 1]);
  });

  test("does nothing if the store cannot say whether it has run", async () => {
    const store = { ...memoryStore(), get: () => Promise.reject(new Error("KV is down")) };
    const { app, orders, asked } = start(PLAN, { store }, [], 204);
    await report(app);
    expect([orders, asked]).toEqual([[], []]);
    expect(app.lines.at(-1)?.store).toBe("not read: KV is down");
  });

  test("runs nothing if another delivery has just begun to", async () => {
    const store = { ...memoryStore(), put: () => Promise.reject(new Error("KV PUT failed: 429")) };
    const { app, asked } = start(PLAN, { store }, [], 204);
    await report(app);
    expect(asked).toEqual([]);
    expect(app.lines.at(-1)).toMatchObject({ duplicate: true });
  });

  test.each(["xbusy", "busyx", "completed", "in-progress"])(
    "does nothing at the status %s",
    async (status) => {
      const { app, orders, asked } = start(PLAN, {}, [], 200);
      await report(app, status);
      expect([orders, asked]).toEqual([[], []]);
    },
  );

  test("does nothing and reads nothing in a flow that has no step for it", async () => {
    const store = memoryStore();
    const { app, orders } = start(FLOW, { store });
    await report(app);
    expect([orders, store.asked]).toEqual([[], []]);
  });
});
