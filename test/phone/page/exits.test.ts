/** What the page says of a webhook, and which exit it lights. */
import { describe, expect, test } from "vitest";
import type { FlowView } from "../../../src/phone/page/contract/flow.ts";
import type { EdgeView } from "../../../src/phone/page/contract/steps.ts";
import type { ServiceRequestView, TurnView } from "../../../src/phone/page/contract/turn.ts";
import type { RequestEntry } from "../../../src/phone/page/state.ts";
import { exitsOf, litLabels } from "../../../src/phone/page/text/exits.ts";
import { happeningOf } from "../../../src/phone/page/text/happening.ts";
import { isLit } from "../../../src/phone/page/text/route.ts";

const edges: EdgeView[] = [
  { from: "menu", to: "billing", label: "key 2", by: "outcome" },
  { from: "menu", to: "billing", label: "key 30-39", by: "outcome" },
  { from: "menu", to: "billing", label: "otherwise", by: "outcome" },
  { from: "ask", to: "greet", label: "else", by: "outcome" },
  { from: "ask", to: "greet", label: "404", by: "outcome" },
  { from: "ask", to: "greet", label: "", by: "outcome" },
  { from: "ring", to: "hangup", label: "", by: "outcome" },
  { from: "ring", to: "hangup", label: "busy", by: "outcome" },
];
const flow: FlowView = {
  ...{ name: "desk", file: "flows/desk.yaml", description: "", text: "", findings: [], steps: [], edges },
  ...{ variables: [], languages: [], destinations: [], hours: [], parts: [] },
};

function entry(path: string[], params: Record<string, string>, more: Partial<TurnView> = {}): RequestEntry {
  const turn = { flow: "desk", version: "1", path, waiting: [], scopes: [], language: "en-US", ...more };
  const url = "http://localhost/voice/desk";
  return { id: 1, method: "POST", url, params, status: 200, milliseconds: 1, body: "", turn };
}

const asked = (status: number, outcome?: string): Partial<TurnView> => {
  const one: ServiceRequestView = {
    ...{ step: "ask", method: "GET", url: "https://crm.example.com/", milliseconds: 1, answer: { status } },
    ...(outcome !== undefined && { outcome }),
  };
  return { serviceRequests: [one] };
};

const labelOf = (one: RequestEntry): string | undefined => exitsOf(one, [flow])[0]?.label;

describe("The exit that a turn took", () => {
  test.each<[string, RequestEntry, string | undefined]>([
    ["a key", entry(["menu", "billing"], { Digits: "2" }), "key 2"],
    ["a range of keys", entry(["menu", "billing"], { Digits: "34" }), "key 30-39"],
    ["no input", entry(["menu", "billing"], {}), "otherwise"],
    ["words, which several exits may take", entry(["menu", "billing"], { SpeechResult: "bill" }), undefined],
    ["an answer with an exit", entry(["ask", "greet"], {}, asked(404)), "404"],
    ["any other failure", entry(["ask", "greet"], {}, asked(503)), "else"],
    ["a success", entry(["ask", "greet"], {}, asked(200)), ""],
    ["an answer that is not valid", entry(["ask", "greet"], {}, asked(200, "invalid")), "else"],
    ["a busy phone", entry(["ring", "hangup"], { DialCallStatus: "busy" }), "busy"],
    ["a conversation", entry(["ring", "hangup"], { DialCallStatus: "completed" }), ""],
  ])("is known by %s", (_, one, label) => expect(labelOf(one)).toBe(label));

  test("is the label that is lit, of those that share a line", () => {
    const lit = litLabels("desk", [entry(["ask", "greet"], {}, asked(503))], [flow]);
    const taken = lit.get("ask → greet");
    expect(["else", "404", "next"].filter((label) => isLit(label, taken))).toEqual(["else"]);
  });
});

describe("A row of the list", () => {
  test.each<[string, RequestEntry]>([
    ["menu → billing, key 2", entry(["menu", "billing"], { Digits: "2" })],
    ["menu → billing, “the bill”", entry(["menu", "billing"], { SpeechResult: "the bill" })],
    ["menu → billing, •••", entry(["menu", "billing"], { Digits: "4711" }, { secret: true })],
    ["menu → billing, no input", entry(["menu", "billing"], {})],
    ["menu again, key 9", entry(["menu"], { Digits: "9" }, { next: "menu" })],
    ["ring → hang up, busy", entry(["ring", "hangup"], { DialCallStatus: "busy" })],
    ["ask → greet, 404", entry(["ask", "greet"], {}, asked(404))],
    ["caller hangs up → gave-up", entry(["~hangup", "gave-up"], { CallStatus: "completed" })],
    ["text “Hours?” → texted", entry(["texted", "return"], { MessageSid: "SM1", Body: "Hours?" })],
  ])("says %s", (text, one) => expect(happeningOf(one, [flow], false)).toBe(text));

  test("says that the call begins, or is over", () => {
    expect(happeningOf(entry(["greet", "menu"], {}), [flow], true)).toBe("call begins → menu");
    const { turn: _, ...report } = entry([], { CallStatus: "completed" });
    expect(happeningOf(report, [flow], false)).toBe("the call is over");
  });
});
