/** Continuation URLs: what they name, how they are written into a document, and how long they can be. */
import { describe, expect, test } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import type { Piece } from "../../src/engine/state.ts";
import { newCall } from "../../src/engine/turn.ts";
import {
  type Continuation,
  linkUp,
  pathOf,
  placeIn,
  readContinuation,
  sealerOf,
  splitUrl,
} from "../../src/worker/links.ts";
import { inside } from "./support.ts";

const AT: Continuation = {
  road: "voice",
  flow: "desk",
  hash: "0123456789",
  step: "menu",
  block: "enter",
  rev: 7,
};
const CHOSEN: Piece = { link: "chosen", road: "voice" };
const WHISPER: Piece = { link: "whisper", road: "aside" };
const GIVEN: Piece = { link: "back", road: "voice", parameter: "next" };

describe("the revision of a continuation URL", () => {
  const urlAt = (rev: string): string => `https://a.example/voice/desk/0123456789/menu/enter/${rev}`;

  test.each(["1", "9", "10", "19", "91", "999999999"])("can be %s", (rev) => {
    expect(readContinuation(urlAt(rev))?.at).toEqual({ ...AT, rev: Number(rev) });
  });

  test.each(["0", "01", "-1", "+1", "1.5", "1e3", "x1", "1x", " 1", "1000000000"])("cannot be %j", (rev) => {
    expect(readContinuation(urlAt(rev))).toEqual({ at: undefined, ticket: undefined });
  });
});

describe("a continuation URL", () => {
  const url = `https://a.example:8443${pathOf(AT)}`;

  test.each([
    ["", undefined],
    ["/", undefined],
    ["?t=ticket", "ticket"],
    ["/?t=ticket", "ticket"],
    ["?t=", ""],
    ["?t=ticket&x=1&t=other", "ticket"],
    ["?x=1&t=ticket", "ticket"],
    ["?x=1/2&y=t=no", undefined],
    ["?x=1?t=no", undefined],
  ])("with %j has the ticket %j", (rest, ticket) => {
    expect(readContinuation(url + rest)).toEqual({ at: AT, ticket });
  });

  test("can be one of an aside", () => {
    expect(readContinuation(url.replace("voice", "aside"))?.at).toEqual({ ...AT, road: "aside" });
  });

  test.each(["/voice/desk", "/status/desk/0123456789/menu/enter/7", `/x${pathOf(AT)}`, `${pathOf(AT)}/x`])(
    "is not %s",
    (path) => {
      expect(readContinuation(`https://a.example${path}`)).toBeUndefined();
    },
  );
});

test("a continuation URL says its version and step, with a ticket and without", () => {
  for (const url of [pathOf(AT), `${pathOf(AT)}?t=ticket`])
    expect(placeIn(url)).toEqual({ flow: "desk", hash: "0123456789", step: "menu" });
});

test.each([
  ["https://a.example/voice/desk?x=1", "https://a.example", "/voice/desk?x=1"],
  ["http://a/voice/desk", "http://a", "/voice/desk"],
  ["https://a.example:8443/", "https://a.example:8443", "/"],
  ["https://a.example", "https://a.example", ""],
])("%s has the origin %s and the path %j", (url, origin, path) => {
  expect(splitUrl(url)).toEqual([origin, path]);
});

test("a state is sealed once for each URL, however often a document names it", async () => {
  let encrypted = 0;
  const encrypt: typeof nodeCipher.encrypt = (...given) => {
    encrypted++;
    return nodeCipher.encrypt(...given);
  };
  const seal = sealerOf({ secrets: ["secret"], cipher: { ...nodeCipher, encrypt } }, newCall("CA1"));
  const once = await seal("/a");
  expect(once).toMatch(/^\/a\?t=[\w-]+$/);
  expect(await seal("/a")).toBe(once);
  expect(await seal("/b")).toMatch(/^\/b\?t=/);
  expect(encrypted).toBe(2);
});

describe("a document's links", () => {
  const sealed: string[] = [];
  const seal = async (path: string): Promise<string> => {
    sealed.push(path);
    return `${path}?t=T`;
  };

  async function linked(pieces: Piece[], at: Partial<Continuation> = {}, base = "https://a.example") {
    sealed.length = 0;
    const { twiml, ticket } = await linkUp(pieces, { ...AT, ...at }, base, seal);
    return { inside: inside(twiml), ticket };
  }

  test("are relative to the host", async () => {
    expect(await linked(['<Gather action="', CHOSEN, '"/>'])).toEqual({
      inside: '<Gather action="/voice/desk/0123456789/menu/chosen/7?t=T"/>',
      ticket: "sealed",
    });
    expect(sealed).toEqual(["/voice/desk/0123456789/menu/chosen/7"]);
  });

  test("begin with the path of the Worker's URL", async () => {
    expect((await linked([CHOSEN], {}, "https://a.example/phone")).inside).toBe(
      "/phone/voice/desk/0123456789/menu/chosen/7?t=T",
    );
  });

  test("are absolute for another application", async () => {
    const { inside: written } = await linked(["https://b.example/x", GIVEN], {}, "https://a.example/phone");
    expect(written).toBe(
      `https://b.example/x?next=${encodeURIComponent("https://a.example/phone/voice/desk/0123456789/menu/back/7?t=T")}`,
    );
  });

  test("keep their road in a call, and are asides in an aside", async () => {
    expect((await linked([CHOSEN, " ", WHISPER])).inside.split(" ")).toEqual([
      "/voice/desk/0123456789/menu/chosen/7?t=T",
      "/aside/desk/0123456789/menu/whisper/7?t=T",
    ]);
    expect((await linked([CHOSEN, " ", WHISPER], { road: "aside" })).inside.split(" ")).toEqual([
      "/aside/desk/0123456789/menu/chosen/7?t=T",
      "/aside/desk/0123456789/menu/whisper/7?t=T",
    ]);
  });

  test("need not be there", async () => {
    expect(await linked(["<Hangup/>"])).toEqual({ inside: "<Hangup/>", ticket: undefined });
    expect(sealed).toEqual([]);
  });
});

describe("a URL of 2,000 characters", () => {
  const base = "https://a.example";
  const path = pathOf({ ...AT, block: "chosen" });
  const back = pathOf({ ...AT, block: "back" });

  /** A document whose sealed URLs have `characters` with the host, but for that of `whisper`, which is short. */
  async function linked(pieces: Piece[], characters: number) {
    const { twiml, ticket } = await linkUp(pieces, AT, base, async (one) => {
      const most = characters - base.length - `${one}?t=`.length;
      return `${one}?t=${"T".repeat(one.includes("whisper") ? 1 : most)}`;
    });
    return { inside: inside(twiml), ticket };
  }

  test("has its ticket", async () => {
    const { inside: url, ticket } = await linked([CHOSEN], 2000);
    expect([(base + url).length, ticket]).toEqual([2000, "sealed"]);
  });

  test("has none if it were longer", async () => {
    expect(await linked([CHOSEN], 2001)).toEqual({ inside: path, ticket: "too-large" });
  });

  test("has room for the parameters of another application if it were longer", async () => {
    const { inside: url } = await linked([GIVEN], 2001);
    expect(url).toBe(`?next=${encodeURIComponent(`${base}${back}?t=`)}`);
  });

  test("is too long for the whole document if it is for one of its links", async () => {
    expect((await linked([CHOSEN, WHISPER], 2001)).ticket).toBe("too-large");
    expect((await linked([WHISPER, CHOSEN], 2001)).ticket).toBe("too-large");
    expect((await linked([WHISPER, CHOSEN], 2000)).ticket).toBe("sealed");
  });
});
