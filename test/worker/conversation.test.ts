/** Text conversations: several messages of two numbers, whether their Durable Object or the cookie alone has them. */
import { describe, expect, test } from "vitest";
import { newArchive } from "../../src/worker/programs.ts";
import { desk, memoryStore } from "./support.ts";
import { EVERY, MINUTE, SURVEY, sidOf, texting } from "./texting.ts";

const NEXT = SURVEY.replace("EN or DE?", "English or German?");
const [before, after] = [desk(SURVEY), desk(NEXT)];

describe.each(EVERY)("a conversation held by the %s", (held) => {
  test("continues with the next message, and keeps its variables", async () => {
    const person = texting(held);
    expect(await person.text("Hi")).toBe("EN or DE?");
    expect(await person.text("DE")).toBe("Your name?");
    expect(await person.text("Ada")).toBe("Ada speaks DE (1).");
    expect(await person.text("Hi")).toBe("EN or DE?");
    const line = { event: "message", version: before.hash, flow: "desk" };
    expect(person.app.lines).toEqual(
      [
        { call: sidOf(1), step: "~message", block: "enter", next: "language" },
        { call: sidOf(2), step: "language", block: "answered", next: "name" },
        { call: sidOf(3), step: "name", block: "answered" },
        { call: sidOf(4), step: "~message", block: "enter", next: "language" },
      ].map((one) => ({ ...line, ...one, ms: expect.any(Number) })),
    );
  });

  test("names what it sends by its first message, and counts its turns", async () => {
    const person = texting(held);
    for (const body of ["Hi", "DE", "Ada"]) await person.text(body);
    expect(person.sent()).toEqual([{ what: "name=Ada", key: `${sidOf(1)}-3-tell-3` }]);
  });

  test("keeps a persistent variable for the next one", async () => {
    const person = texting(held);
    for (const body of ["Hi", "DE", "Ada", "Hi", "EN"]) {
      await person.text(body);
      await person.app.settle();
    }
    expect(await person.text("Ada")).toBe("Ada speaks EN (2).");
  });

  test("is over after its time", async () => {
    const person = texting(held);
    await person.text("Hi");
    await person.wait(31 * MINUTE);
    expect(await person.text("DE")).toBe("EN or DE?");
  });

  test("ends silently at STOP, and stays at its question at HELP and START", async () => {
    const person = texting(held);
    await person.text("Hi");
    expect([await person.text("help"), await person.text("START")]).toEqual(["", ""]);
    expect(await person.text("DE")).toBe("Your name?");
    expect(await person.text(" Stop ")).toBe("");
    expect(await person.text("Ada")).toBe("EN or DE?");
  });

  test("does not begin with one of Twilio's own words", async () => {
    const person = texting(held);
    expect(await person.text("STOP")).toBe("");
    expect([person.cookie, person.objects.next()]).toEqual(["", Number.POSITIVE_INFINITY]);
  });

  test("whose flow fails says so, and is over", async () => {
    const person = texting(held, [
      desk(SURVEY.replace("{{ vars.name }} speaks", "{{ 1 / (size(vars.lang) - 2) }}")),
    ]);
    for (const body of ["Hi", "DE"]) await person.text(body);
    expect(await person.text("Ada")).toMatch(/sorry/i);
    expect(person.app.lines.at(-1)?.error).toBe(
      'step "thanks" (enter): an expression failed, division_by_zero',
    );
    expect(await person.text("Ada")).toBe("EN or DE?");
  });

  test("answers a second delivery alike, and counts it once", async () => {
    const person = texting(held);
    await person.text("Hi");
    expect(await person.text("DE")).toBe("Your name?");
    expect(await person.text("DE", { MessageSid: sidOf(2) })).toBe("Your name?");
    expect(person.app.lines.at(-1)).toMatchObject({ event: "message", duplicate: true });
    expect(await person.text("Ada")).toBe("Ada speaks DE (1).");
    expect(await person.text("Ada", { MessageSid: sidOf(4) })).toBe("Ada speaks DE (1).");
    expect(person.sent()).toHaveLength(1);
  });

  test("keeps the version that it began with", async () => {
    const person = texting(held, [before]);
    await person.text("Hi");
    const later = texting(held, [before, after]);
    later.cookie = person.cookie;
    expect(await later.text("DE", { MessageSid: sidOf(2) })).toBe("Your name?");
    expect(later.app.lines.at(-1)).toMatchObject({ version: before.hash });
    later.cookie = "";
    if (held === "cookie")
      expect(await later.text("Hi", { MessageSid: sidOf(3) })).toBe("English or German?");
  });

  test("whose version is lost is asked again, and keeps its variables", async () => {
    const person = texting(held, [before]);
    for (const body of ["Hi", "DE"]) await person.text(body);
    const later = texting(held, [after]);
    later.cookie = person.cookie;
    expect(await later.text("Ada", { MessageSid: sidOf(3) })).toBe("Your name?");
    expect(later.app.lines.at(-1)).toMatchObject({
      version: after.hash,
      versionMissing: before.hash,
      error: "version-lost",
    });
    expect(await later.text("Ada", { MessageSid: sidOf(4) })).toBe("Ada speaks DE (1).");
  });

  test("whose version is lost begins anew if its question is gone", async () => {
    const person = texting(held, [before]);
    await person.text("Hi");
    const later = texting(held, [desk(NEXT.replaceAll("language", "tongue"))]);
    later.cookie = person.cookie;
    expect(await later.text("DE", { MessageSid: sidOf(2) })).toBe("English or German?");
  });

  test("finds an earlier version in KV", async () => {
    const store = memoryStore({ [`program:desk/${before.hash}`]: JSON.stringify(before) });
    const person = texting(held, [before]);
    await person.text("Hi");
    const later = texting(held, [after], { store, archive: newArchive() });
    later.cookie = person.cookie;
    expect(await later.text("DE", { MessageSid: sidOf(2) })).toBe("Your name?");
    expect(later.app.lines[0]).toMatchObject({ version: before.hash });
  });

  test("begins in a version that KV has afterwards, for a later deploy", async () => {
    const store = memoryStore();
    const person = texting(held, [before], { store, archive: newArchive() });
    await person.text("Hi");
    await person.app.settle();
    expect(store.kept.get(`program:desk/${before.hash}`)).toBe(JSON.stringify(before));
  });

  test("takes a state that is too large for a cookie", async () => {
    const store = memoryStore();
    const person = texting(held, undefined, { store });
    await person.text("Hi");
    const long = Array.from({ length: 1100 }, (_, index) => String.fromCharCode(0x4e00 + index * 7)).join("");
    expect(await person.text(long)).toBe("Your name?");
    expect(person.cookie.length).toBeLessThan(500);
    expect(store.kept.has(`message:${sidOf(2)}`)).toBe(held === "cookie");
    expect(await person.text("Ada")).toBe(`Ada speaks ${long} (1).`);
  });

  test("belongs to its two numbers: a cookie of another person begins anew", async () => {
    const person = texting(held);
    await person.text("Hi");
    expect(await person.text("DE", { From: "+14155550112" })).toBe("EN or DE?");
    const lost =
      held === "cookie" ? { store: "the cookie does not open", degraded: true } : { next: "language" };
    expect(person.app.lines.at(-1)).toMatchObject(lost);
  });

  test("of someone who hides the number is none: strangers would share it", async () => {
    const person = texting(held);
    expect(await person.text("Hi", { From: "anonymous" })).toBe("EN or DE?");
    expect(await person.text("DE", { From: "anonymous" })).toBe("EN or DE?");
    expect(person.cookie).toBe("");
  });

  test("is not begun by a flow that does not ask", async () => {
    const flow = "onMessage: hi\nsteps:\n  bye: { hangup: Bye. }\n  hi: { sms: { body: Hi. }, next: return }";
    const person = texting(held, [desk(flow)]);
    expect(await person.text("Hi")).toBe("Hi.");
    expect(person.cookie).toBe("");
    expect(person.app.lines).toMatchObject([{ call: sidOf(1), event: "message", step: "~message" }]);
  });

  test("knows a person by both ways to write the number", async () => {
    const person = texting(held);
    await person.text("Hi", { From: "whatsapp:+5215512345678" });
    expect(await person.text("DE", { From: "whatsapp:+525512345678" })).toBe("Your name?");
  });
});

test("the cookie is for this flow, secure, and as old as the question at most", async () => {
  const person = texting("cookie");
  const cookies = [];
  for (const body of ["Hi", "DE", "Ada"]) {
    const response = await person.post(body);
    const [value = "", ...attributes] = (response.headers.get("Set-Cookie") ?? "").split("; ");
    person.cookie = value;
    cookies.push(attributes.join("; "));
  }
  const rest = "Path=/sms/desk; Secure; HttpOnly";
  expect(cookies).toEqual([`Max-Age=1800; ${rest}`, `Max-Age=14400; ${rest}`, `Max-Age=14400; ${rest}`]);
  expect(person.cookie).toMatch(/^ringflow=[\w-]+$/);
});
