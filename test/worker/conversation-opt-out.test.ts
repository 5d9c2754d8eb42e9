/** Words of Advanced Opt-Out: a messaging service has its own, in any language, and Twilio says what it took a message for. */
import { expect, test } from "vitest";
import { EVERY, texting } from "./texting.ts";

test.each(EVERY)("an own word for STOP, HELP or START is no answer, held by the %s", async (held) => {
  const person = texting(held);
  expect(await person.text("ALTA", { OptOutType: "START" })).toBe("");
  await person.text("Hi");
  expect(await person.text("AYUDA", { OptOutType: "HELP" })).toBe("");
  expect(await person.text("DE")).toBe("Your name?");
  expect(await person.text("ALTO", { OptOutType: "STOP" })).toBe("");
  expect(await person.text("Ada")).toBe("EN or DE?");
});
