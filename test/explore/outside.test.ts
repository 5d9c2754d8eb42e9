/** Values from outside that a flow compares with: both ways are found, or it is said that not every value was tried. */
import { expect, test } from "vitest";
import { explored } from "./support.ts";

const HEAD = `variables:
  n: { type: int, default: 0 }
  s: { type: string, default: "" }
destinations: { one: +14155550101 }
steps:
`;
const ENDS = `  far: { hangup: Far. }
  near: { hangup: Near. }
`;

function branchOn(condition: string): string {
  return `  choice: { branch: [{ when: '${condition}', next: far }, { next: near }] }\n`;
}

function leavingIf(condition: string): string {
  return `  hold: { enqueue: { queue: desk, wait: { step: wait }, status: { leave: far, else: near } }, next: near }
  wait: { branch: [{ when: '${condition}', next: let-go }, { next: return }] }
  let-go: { leave: }
`;
}

const REQUEST = "url: https://crm.example.com/";

test.each([
  [
    "the seconds of a wait",
    `  hold: { enqueue: { queue: desk, save: { n: waited }, status: { else: near } }, next: choice }\n${branchOn("vars.n > 120")}`,
  ],
  ["the place in a queue", leavingIf("queue.position > 3")],
  ["the size of a queue", leavingIf("queue.size > 3")],
  ["the seconds so far in a queue", leavingIf("queue.time > 300")],
  ["the usual wait in a queue", leavingIf("queue.average > 300")],
  [
    "the seconds of a conversation",
    `  ring: { dial: { to: one, save: { n: seconds }, status: { else: near } }, next: choice }\n${branchOn("vars.n > 300")}`,
  ],
  [
    "the seconds of a conversation after a whisper",
    `  ring: { dial: { to: one, whisper: A call., save: { n: seconds }, status: { else: near } }, next: choice }\n${branchOn("vars.n < 5")}`,
  ],
  ["the beginning of the caller's number", branchOn('caller.number.startsWith("+44")')],
  ["the called number", branchOn('call.to == "+14155550177"')],
  ["the number that forwarded the call", branchOn('call.forwardedFrom == "+14155550177"')],
  ["what the carrier attests", branchOn('caller.attestation == "C"')],
  [
    "the text of a service",
    `  ask: { request: { ${REQUEST}, answer: { s: text }, status: { else: near } }, next: choice }\n${branchOn('vars.s.contains("OK")')}`,
  ],
  [
    "the card of a payment",
    `  pay: { pay: { chargeAmount: "10", save: { s: PaymentCardType }, status: { else: near } }, next: choice }\n${branchOn('vars.s == "amex"')}`,
  ],
])("%s: both ways are found", (_, steps) => {
  const { edges, cut } = explored(HEAD + steps + ENDS);
  expect(cut).toEqual([]);
  expect(edges.flatMap(({ path }) => path)).toEqual(expect.arrayContaining(["far", "near"]));
});

test.each([
  [
    "the confidence of a recogniser",
    `  ask: { gather: { prompt: Your name?, input: speech, save: s, otherwise: near }, next: choice }\n${branchOn("input.confidence < 0.5")}`,
    "input.confidence",
  ],
  ["a pattern of the caller's number", branchOn('caller.number.matches("^[+]44")'), "caller.number"],
  [
    "the wait of a caller from a queue",
    `  take: { dial: { to: { queue: desk }, save: { n: waited }, status: { else: near } }, next: choice }\n${branchOn("vars.n > 100")}`,
    'what comes back to "take"',
  ],
])("%s: is said not to be tried", (_, steps, named) => {
  const [cut] = explored(HEAD + steps + ENDS).cut;
  expect(cut?.message).toBe(`The flow computes with ${named}, and not every value was tried.`);
});

test("many services in a row end within the bound, which is said", () => {
  const at = Array.from({ length: 14 }, (_, index) => index);
  const asked = at.map(
    (one) =>
      `  r${one}: { request: { ${REQUEST}, save: { s: a, n: b } }, next: ${one < 13 ? `r${one + 1}` : "near"} }\n`,
  );
  const { cut } = explored(`${HEAD}${asked.join("")}${ENDS}`);
  expect(cut.map(({ what }) => what)).toContain("services");
});
