/** The steps that run outside of calls: none of them is called unreachable. */
import { expect, test } from "vitest";
import { explore } from "../../src/explore/explore.ts";
import { sideSteps } from "../../src/explore/ways/side-roads.ts";
import { programOf } from "./support.ts";

test("what follows a question by text message runs outside of calls, after its time-out as well", () => {
  const program = programOf(`onMessage: question
steps:
  greet: { hangup: Hello. }
  question: { ask: { prompt: Coming?, choices: { YES: thanks }, timeout: 30m, otherwise: { silence: nudge, else: return } } }
  thanks: { sms: { body: Thank you. }, next: return }
  nudge: { sms: { body: Still there? }, next: return }
`);
  expect([...sideSteps(program)]).toEqual(expect.arrayContaining(["question", "thanks", "nudge"]));
});

test("what is computed with the answer to a text message leaves no call unexplored", () => {
  const program = programOf(`onMessage: question
variables: { guests: { type: int } }
steps:
  greet: { hangup: Hello. }
  question: { ask: { prompt: How many?, save: guests }, next: many }
  many: { branch: [{ when: vars.guests * 2 > 7, next: thanks }, { next: return }] }
  thanks: { sms: { body: "{{ vars.guests }}" }, next: return }
`);
  expect(explore(program, { now: Date.parse("2026-11-26T12:00:00Z") }).cut).toEqual([]);
});
