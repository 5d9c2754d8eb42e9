import { describe, expect, test } from "vitest";
import { personAt } from "../../src/engine/caller.ts";
import { readyMessage } from "../../src/engine/text-message.ts";
import { shorten } from "../../src/program/shorten.ts";

const form = (more: Record<string, string>) => ({
  To: "+14155550111",
  From: "+14155550122",
  Body: "Hello.",
  ...more,
});

describe("a text message", () => {
  test.each([
    ["", "an empty address"],
    ["  ", "an empty address"],
    ["anonymous", "a caller who hides the number"],
    ["sip:ada@example.com", "a sip address"],
    ["client:ada", "a client address"],
    ["Ada", "this address"],
    ["+12", "this address"],
    ["+123456", "this address"],
    ["+1234567890123456", "this address"],
    ["12", "this address"],
    ["123456789", "this address"],
    ["x+14155550111", "this address"],
    ["whatsapp:", "a whatsapp address"],
    ["xrcs:acme", "a xrcs address"],
  ])("cannot reach %j", (To, who) => {
    expect(readyMessage(form({ To }))).toEqual({ problem: `a text message cannot reach ${who}` });
  });

  test.each([
    "+1234567",
    "+123456789012345",
    "123",
    "12345678",
    "whatsapp:+14155550111",
    "rcs:a",
    "messenger:1",
  ])("can reach %s", (To) => {
    expect(readyMessage(form({ To, From: "" }))).toMatchObject({ form: { To }, cut: false });
  });

  test.each(["", " \n"])("says something: %j is not sent", (Body) => {
    expect(readyMessage(form({ Body }))).toEqual({ problem: "the text message is empty" });
    expect(readyMessage(form({ Body, MediaUrl: "https://example.com/a.png" }))).toMatchObject({ cut: false });
  });

  test.each([
    ["+14155550122", "whatsapp:+14155550111", "whatsapp:+14155550122"],
    ["whatsapp:+14155550122", "whatsapp:+14155550111", "whatsapp:+14155550122"],
    ["MG123", "whatsapp:+14155550111", "MG123"],
    ["", "whatsapp:+14155550111", ""],
    ["rcs:acme_agent", "rcs:+14155550111", "rcs:acme_agent"],
    ["ACME", "+14155550111", "ACME"],
  ])("from %j to %s is sent from %j", (From, To, from) => {
    expect(readyMessage(form({ From, To }))).toMatchObject({ form: { From: from } });
  });

  test.each([
    ["whatsapp:+14155550122", "+14155550111"],
    ["+14155550122", "rcs:acme"],
    ["+14155550122", "messenger:123"],
    ["ACME", "whatsapp:+14155550111"],
  ])("cannot go from %s to %s", (From, To) => {
    expect(readyMessage(form({ From, To }))).toMatchObject({
      problem: expect.stringContaining("use one channel"),
    });
  });

  test("of more than 1,600 characters is cut at a word", () => {
    const ready = readyMessage(form({ Body: "word ".repeat(400) }));
    expect(ready).toMatchObject({ cut: true, form: { Body: "word ".repeat(320).trim() } });
  });
});

describe("a text is cut", () => {
  test.each([
    ["one two three", 13, "one two three"],
    ["one two three", 12, "one two"],
    ["one two three", 7, "one two"],
    ["one two three four", 9, "one two"],
    ["abcdefghij klm", 12, "abcdefghij"],
    ["a bcdefghijkl", 10, "a bcdefghi"],
    ["x😀😀", 2, "x"],
    ["x😀😀", 3, "x😀"],
    ["", 5, ""],
    ["abc", 0, ""],
  ])("%j to %i characters: %j", (text, most, short) => {
    expect(shorten(text, most)).toBe(short);
  });
});

describe("one person has one address", () => {
  test.each([
    ["+5215512345678", "+525512345678"],
    ["whatsapp:+5215512345678", "whatsapp:+525512345678"],
    ["+5491123456789", "+541123456789"],
    ["+5511987654321", "+551187654321"],
  ])("%s is %s", (address, same) => {
    expect([personAt(address), personAt(same)]).toEqual([same, same]);
  });

  test.each(["+14155550111", "+525512345678", "+5511923456789", "+551123456789", "sip:ada@example.com", ""])(
    "%j stays",
    (address) => {
      expect(personAt(address)).toBe(address);
    },
  );
});
