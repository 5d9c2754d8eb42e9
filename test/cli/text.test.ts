import { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { type TextCommand, text } from "../../src/cli/commands/text.ts";
import { TOKEN, worker } from "./stand-in.ts";

async function write(body: string, answer: string, change: Partial<TextCommand> & { flow?: string } = {}) {
  const url = await worker({
    "/sms/front-desk?dept=sales": ({ Body }) => `<Message>sales: ${Body}</Message>`,
    "/sms/front-desk": ({ Body, From }) => answer.replace("$", `${From} wrote ${Body}`),
  });
  const lines: string[] = [];
  const { flow = "front-desk", ...more } = change;
  const from = "+14155550111";
  const print = (line: string) => lines.push(line);
  const command = { url, token: TOKEN, from, to: "+14155550100", print, ...more };
  return { code: await text(flow, body, command), printed: lines.slice(1).join("\n") };
}

test("replies are shown with sender and receiver", async () => {
  const { code, printed } = await write(
    "HOURS",
    "<Message>$</Message><Message to='+14155550177'><Body>Hm.</Body></Message>",
  );
  expect(printed).toBe(
    "+14155550100 to +14155550111: +14155550111 wrote HOURS\n+14155550100 to +14155550177: Hm.",
  );
  expect(code).toBe(0);
});

test("parameters are in the webhook's query", async () => {
  const { printed } = await write("HOURS", "", { parameter: { dept: "sales" } });
  expect(printed).toBe("+14155550100 to +14155550111: sales: HOURS");
});

test("without a reply, the output says how a flow would reply", async () => {
  expect(await write("HOURS", "")).toEqual({ code: 0, printed: expect.stringContaining("onMessage") });
});

test("without a reply to a word of Twilio's, the output says so", async () => {
  expect(await write("Stop", "")).toEqual({ code: 0, printed: 'No reply: Twilio itself acts on "Stop".' });
});

test("a reply that Twilio would reject is reported", async () => {
  expect(await write("HOURS", "<Say>Hello.</Say>")).toEqual({
    code: 1,
    printed: expect.stringContaining("<Say>"),
  });
});

test("a rejected webhook is reported", async () => {
  expect(await write("HOURS", "", { token: "another" })).toEqual({
    code: 1,
    printed: expect.stringMatching(/\/sms\/front-desk returned HTTP 403: The signature does not fit\.$/),
  });
});

test("an unknown flow is reported", async () => {
  const { code, printed } = await write("HOURS", "", { flow: "frontdesk" });
  expect([code, printed]).toEqual([1, ""]);
});

test("without words, each line is a message of one conversation", async () => {
  let timeouts = 0;
  const url = await worker(
    { "/sms/front-desk": ({ Body }) => (Body === "HM" ? "" : `<Message>You wrote ${Body}.</Message>`) },
    ["front-desk"],
    ({ method }) => {
      if (method === "POST") timeouts++;
      const turn = { path: ["day"], messages: [{ to: "+14155550111", body: "Are you there?" }] };
      return {
        now: 0,
        ...(timeouts === 0 && { waits: { step: "day", until: 30 * 60_000 } }),
        timeouts: timeouts > 0 ? [{ id: 1, at: 0, turn }] : [],
      };
    },
  );
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(stripVTControlCharacters(line));
  const input = Readable.from(["Hello\n", "HM\n", "\n"]);
  const command = { url, token: TOKEN, from: "+14155550111", to: "+14155550100", print, input };
  expect(await text("front-desk", "", command)).toBe(0);
  expect(lines.slice(2)).toEqual([
    "+14155550100 to +14155550111: You wrote Hello.",
    "(day waits for 30 min)",
    "no reply",
    "(day waits for 30 min)",
    "+14155550100 to +14155550111: Are you there?",
    "(the conversation is over)",
  ]);
});

test("a Worker that shows no conversations lets no time pass", async () => {
  const url = await worker({ "/sms/front-desk": () => "<Message>Hello.</Message>" });
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(stripVTControlCharacters(line));
  const input = Readable.from(["\n"]);
  const command = { url, token: TOKEN, from: "+14155550111", to: "+14155550100", print, input };
  expect(await text("front-desk", "", command)).toBe(0);
  expect(lines.at(-1)).toBe("Only a Worker of `npx ringflow start` lets the time pass.");
});
