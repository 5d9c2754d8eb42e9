/** Keys by the names of other tools. */
import { expect, test } from "vitest";
import { build } from "../../src/flow/build.ts";

const messagesOf = (text: string): string[] =>
  build([{ path: "flows/a.yaml", text }]).diagnostics.map(({ message }) => message);

test.each([
  ["then", "branch: [{ when: caller.verified, then: bye }, { next: bye }]", "next"],
  ["if", "branch: [{ if: caller.verified, next: bye }, { next: bye }]", "when"],
  ["default", "gather: { prompt: Hi, choices: { 1: bye }, otherwise: bye, default: bye }", "otherwise"],
  ["default", "dial: { to: desk, status: { else: bye }, default: bye }", undefined],
  ["options", "gather: { prompt: Hi, options: { 1: bye }, otherwise: bye }", "choices"],
  ["retries", "gather: { prompt: Hi, choices: { 1: bye }, otherwise: bye, retries: 2 }", "attempts"],
  ["text", 'sms: { to: "+14155550177", text: Hi }', "body"],
  // What is near goes where no other name is known.
  ["promt", "gather: { promt: Hi, choices: { 1: bye }, otherwise: bye }", "prompt"],
])("%s in %s", (key, body, meant) => {
  const messages = messagesOf(
    `destinations: { desk: "+14155550100" }\nsteps:\n  a: { ${body}, next: bye }\n  bye: { hangup: Bye. }\n`,
  );
  const unknown = messages.find((message) => message.includes(`has no key \`${key}\``));
  const advice = meant === undefined ? "it knows" : `did you mean \`${meant}\`?`;
  expect(unknown).toContain(advice);
});

test.each([
  ["gather: { prompt: Hi, choices: [1, 2], otherwise: a }", ": write { 1: …, 2: … }"],
  ["ask: { prompt: Hi, choices: [YES, NO] }", ": write { YES: …, NO: … }"],
  ["ask: { prompt: Hi, choices: [{ YES: a }] }", "or a range such as 1-5"],
])("%s is told how a map is written", (body, end) => {
  const wrong = messagesOf(`onMessage: a\nsteps:\n  a: { ${body} }\n`).find((one) =>
    one.includes("must be a map"),
  );
  expect(wrong?.endsWith(end)).toBe(true);
});

test.each([
  ["onMessage: a", "next: return"],
  ["language: en-US", "next: hangup"],
])("a step without an exit is told how its road ends, with %s", (top, exit) => {
  const steps = "  b: { hangup: Bye. }\n  a: { sms: { to: '+14155550177', body: Hi } }\n";
  const messages = messagesOf(`${top}\nsteps:\n${steps}`);
  expect(messages.find((message) => message.includes("has no exit"))).toContain(exit);
});
