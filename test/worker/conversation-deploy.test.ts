/** Deploys during a conversation: its version cannot be read, or a secret was replaced. */
import { expect, test } from "vitest";
import { newArchive } from "../../src/worker/programs.ts";
import type { Store } from "../../src/worker/store.ts";
import { desk, memoryStore } from "./support.ts";
import { EVERY, MINUTE, SURVEY, sidOf, texting } from "./texting.ts";

const before = desk(SURVEY);
const PLAIN = desk(`
onMessage: tell
steps:
  bye: { hangup: Goodbye. }
  tell:
    sms: { body: We do not ask any longer. }
    next: return
`);

test.each(EVERY)("a flow that no longer asks answers, and the log says what was lost: %s", async (held) => {
  const person = texting(held, [before]);
  await person.text("Hi");
  const later = texting(held, [PLAIN]);
  later.cookie = person.cookie;
  const reply = "We do not ask any longer.";
  expect(await later.text("DE", { MessageSid: sidOf(2) })).toBe(reply);
  expect(later.app.lines).toMatchObject([
    { event: "message", versionMissing: before.hash, error: "version-lost" },
    { event: "message", version: PLAIN.hash },
  ]);
  if (held === "cookie") return;
  // The object remembers that the conversation is over.
  await later.wait(31 * MINUTE);
  expect(await later.text("DE", { MessageSid: sidOf(3) })).toBe(reply);
  expect(later.app.lines).toHaveLength(3);
});

test("KV gets a version anew that a question waits in for days, once a day", async () => {
  const store = memoryStore({ [`program:desk/${before.hash}`]: JSON.stringify(before) });
  const person = texting("object", [before], { store, archive: newArchive() });
  const writes = async (): Promise<number> => {
    await person.app.settle();
    return store.asked.filter((one) => one === `put program:desk/${before.hash}`).length;
  };
  await person.text("Hi");
  expect(await writes()).toBe(0);
  await person.text("DE");
  expect(await writes()).toBe(1);
  for (const body of ["Ada", "Hi", "DE"]) await person.text(body);
  expect(await writes()).toBe(1);
});

test.each(EVERY)("a secret that was replaced still opens what waits, held by the %s", async (held) => {
  const person = texting(held, [before]);
  await person.text("Hi");
  const { sealing } = person.app.deps;
  Object.assign(person.app.deps, { sealing: { ...sealing, secrets: ["new", ...sealing.secrets] } });
  person.objects.revive();
  if (held === "object") person.cookie = "";
  else person.cookie = `a=1; ${person.cookie}; xringflow=2`;
  expect(await person.text("DE")).toBe("Your name?");
  // What waits now is sealed with the new one.
  Object.assign(person.app.deps, { sealing: { ...sealing, secrets: ["new"] } });
  person.objects.revive();
  expect(await person.text("Ada")).toBe("Ada speaks DE (1).");
});

test("a time-out whose version cannot be read is tried again a minute later", async () => {
  let isDown = true;
  const kept = memoryStore({ [`program:desk/${before.hash}`]: JSON.stringify(before) });
  const get: Store["get"] = async (key, options) => {
    if (isDown) throw new Error("down");
    return kept.get(key, options);
  };
  const person = texting("object", [before]);
  await person.text("Hi");
  const renamed = desk(SURVEY.replaceAll("language", "tongue"));
  const later = texting("object", [renamed], { store: { ...kept, get }, archive: newArchive() });
  later.cookie = person.cookie;
  await later.text("HELP", { MessageSid: sidOf(2) });
  await later.wait(30 * MINUTE);
  expect(later.sent()).toEqual([]);
  isDown = false;
  await later.wait(MINUTE);
  expect(later.sent()).toMatchObject([{ what: "We close this now." }]);
});
