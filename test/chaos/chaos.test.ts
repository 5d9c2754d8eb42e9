/** The invariants notice what they are for, and a seed plays the same call again. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import { newCall } from "../../src/engine/turn.ts";
import { seal } from "../../src/worker/ticket.ts";
import { faultsOf, leaksOf, type Reply, ticketFaults } from "./checks.ts";
import { readShipped, SECRET, type ShippedFlow } from "./shipped.ts";

const { flows } = await readShipped();
const sealing = { secrets: ["a token"], cipher: nodeCipher };

function flowNamed(name: string): ShippedFlow {
  const found = flows.find(({ flow }) => flow.name === name);
  if (!found) throw new Error(`no flow ${name}`);
  return found;
}

function reply(inside: string, more: Partial<Reply> = {}): Reply {
  const url = new URL("https://ringflow.test/voice/menu");
  return { url, status: 200, type: "text/xml", body: `<Response>${inside}</Response>`, took: 5, ...more };
}

test("a sound reply has no faults", () => {
  expect(faultsOf(reply("<Say>Hello.</Say>"), flowNamed("menu"))).toEqual([]);
});

test.each<[string, Reply, fault: string]>([
  ["a 5xx", reply("", { status: 500 }), "has status 500"],
  ["a slow reply", reply("", { took: 15_001 }), "took 15001 ms"],
  ["a page of HTML", reply("", { type: "text/html" }), "is text/html"],
  ["TwiML that Twilio rejects", reply("<Gather><Hangup/></Gather>"), "Hangup"],
  ["a verb that the flow does not have", reply("<Refer><Sip>sip:a@b.c</Sip></Refer>"), "<Refer>"],
  ["an injected element", reply("<Injected/>"), "injected"],
  ["a secret", reply(`<Say>${SECRET}key</Say>`), "secret"],
])("%s is reported", (_, wrong, fault) => {
  expect(faultsOf(wrong, flowNamed("menu")).join("\n")).toContain(fault);
});

test("a ticket that does not open, or that lost a variable, is reported", async () => {
  const path = "/voice/menu/0123456789/main/answered/1";
  const call = { ...newCall("CA1"), rev: 1, vars: { name: "Ada" } };
  const document = `<Redirect>${path}?t=${await seal(sealing, path, call)}</Redirect>`;
  expect(await ticketFaults(sealing, document, "CA1", call)).toEqual([]);
  expect((await ticketFaults(sealing, document, "CA2", call)).join()).toContain("does not open");
  const lost = { ...call, vars: { name: "Ada", pin: "1234" } };
  expect((await ticketFaults(sealing, document, "CA1", lost)).join()).toContain("1234");
});

test("sensitive digits are found in a log line and between the spaces of speech", () => {
  expect(leaksOf("the log", '{"event":"digits 4711"}', ["4711"])).toHaveLength(1);
  expect(leaksOf("what is said", "You entered 4 7 1 1.", ["4711"])).toHaveLength(1);
  expect(leaksOf("the log", '{"event":"digits ***"}', ["4711"])).toEqual([]);
});

test("a seed plays the same calls again", async () => {
  // A process of its own, for it replaces the timers and the clock.
  const args = ["test/chaos/main.ts", "--seed", "again", "--calls", "20", "--twice"];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { failures, counts, again } = JSON.parse(stdout);
  expect(again).toEqual({ failures, counts });
});
