/** The steps that run outside of calls: none of them is called unreachable. */
import { expect, test } from "vitest";
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
