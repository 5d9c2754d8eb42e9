/** What answers in place of services. */
import { describe, expect, test } from "vitest";
import { standIns } from "../../../src/cli/phone/stand-ins.ts";
import { build } from "../../../src/flow/build.ts";
import { readScenarios } from "../../../src/flow/scenarios/scenarios.ts";

const { flows } = build([
  {
    path: "flows/desk.yaml",
    text: `variables:
  name: { type: string }
  open: { type: int }
steps:
  ask:
    request:
      url: https://crm.example.com/callers
      save: { name: customer.name, open: customer.orders.0.id }
      status: { else: hangup }
    next: bye
  bye: { hangup: "{{ vars.name }} {{ vars.open }}" }
`,
  },
]);
const { scenarios } = readScenarios(
  {
    path: "flows/desk.test.yaml",
    text: `flow: desk
scenarios:
  - name: at first unknown
    requests:
      https://crm.example.com/*: [{ status: 404 }, { json: { customer: { name: Ada } } }]
    script: [end]
  - name: slow
    requests: { "https://crm.example.com/callers": [{ status: timeout }] }
    script: [end]
`,
  },
  ["desk"],
);
const asked = { call: "1", flow: "desk", step: "ask", url: "https://crm.example.com/callers" };

describe("A stand-in", () => {
  test("answers as the first test that knows the URL, in order, call by call", () => {
    const answer = standIns();
    const statuses = (call: string) => answer({ ...asked, call }, flows, scenarios).answer.status;
    expect([statuses("1"), statuses("1"), statuses("1"), statuses("2")]).toEqual([404, 200, 200, 404]);
  });

  test("answers as the chosen test first", () => {
    const standIn = standIns()({ ...asked, scenario: "slow" }, flows, scenarios);
    expect(standIn).toEqual({ answer: { status: "timeout" }, from: { test: "slow" } });
  });

  test("answers with an example that the step can save, if no test knows the URL", () => {
    const standIn = standIns()(asked, flows, []);
    expect(standIn.from).toBe("example");
    expect(standIn.answer.json).toEqual({ customer: { name: "example", orders: { 0: { id: 1 } } } });
  });
});
