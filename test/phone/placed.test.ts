/** Calls that Twilio's API has placed: no one answers, or a machine is detected while the flow speaks. */
import { describe, expect, test } from "vitest";
import { startCall } from "../../src/phone/carrier.ts";
import type { Scenario } from "../../src/phone/script/scenario.ts";
import { playScenario } from "../../src/phone/script/script.ts";
import { BASE, fakeLine, handset, type Page } from "./support.ts";

const PLACED = {
  url: `${BASE}/voice`,
  from: "+14155550100",
  to: "+14155550111",
  direction: "outbound",
} as const;

const PAGES: Record<string, Page> = {
  "/voice": `<Gather numDigits="1" action="/chosen"><Say>To confirm, press 1.</Say></Gather><Say>Nothing was pressed.</Say>`,
  "/chosen": "<Say>Thank you.</Say>",
  "/word": "<Say>Please call us back.</Say>",
  "/status": new Response(null, { status: 204 }),
};

describe("a call that no one answers", () => {
  test.each(["busy", "no-answer", "failed", "canceled"] as const)(
    "requests no document, and reports %s",
    async (unanswered) => {
      const line = fakeLine(PAGES);
      const phone = handset();
      const call = startCall(line, { ...PLACED, unanswered, statusUrl: `${BASE}/status`, seed: "x" }, phone);
      expect(await call.ended).toMatchObject({ by: "unanswered", status: unanswered });
      expect(line.sent.map(({ path }) => path)).toEqual(["/status"]);
      expect(line.sent[0]?.params).toMatchObject({ CallStatus: unanswered, Direction: "outbound-api" });
    },
  );

  const play = (script: Scenario["script"]) =>
    playScenario(
      { line: fakeLine(PAGES), ...PLACED, resolve: () => [] },
      { name: "no one answers", direction: "outbound", unanswered: "busy", script },
    );

  test("ends a script that expects nothing of the call", async () => {
    expect((await play(["end"])).failure).toBeUndefined();
    expect((await play([{ hear: "To confirm" }])).failure?.message).toContain("was not heard");
    expect((await play([{ press: "1" }])).failure?.message).toBe(
      "The call is over: no one answered, but the script says press: 1.",
    );
  });
});

describe("a machine", () => {
  const play = (script: Scenario["script"], url?: string) => {
    const line = fakeLine(PAGES);
    const verdicts: string[] = [];
    const machine = async (sid: string, verdict: string) => {
      verdicts.push(`${sid.slice(0, 2)} ${verdict}`);
      return url;
    };
    return playScenario(
      { line, ...PLACED, resolve: () => [], machine },
      { name: "a machine", direction: "outbound", script },
    ).then(({ failure }) => ({ failure, verdicts, paths: line.sent.map(({ path }) => path) }));
  };

  test("moves the call, and the rest of the document is not played", async () => {
    const script = [
      { hear: "press 1" },
      { machine: "machine_end_beep" },
      { hear: "call us back" },
      "end",
    ] as const;
    expect(await play(script, `${BASE}/word`)).toEqual({
      failure: undefined,
      verdicts: ["CA machine_end_beep"],
      paths: ["/voice", "/word"],
    });
    const heard = [{ machine: "machine_start" }, { hear: "Nothing was pressed" }] as const;
    expect((await play(heard, `${BASE}/word`)).failure?.message).toContain("Nothing was pressed");
  });

  test("fails the script of a flow that takes no verdict", async () => {
    expect((await play([{ machine: "machine_start" }])).failure?.message).toBe(
      "The script says that a machine was detected, but the flow has no `onMachine`.",
    );
  });
});
