import { expect, test } from "vitest";
import { text } from "../../src/cli/commands/text.ts";
import { TOKEN, worker } from "./stand-in.ts";

async function write(body: string, answer: string, change: { token?: string; flow?: string } = {}) {
  const url = await worker({
    "/sms/front-desk": ({ Body, From }) => answer.replace("$", `${From} wrote ${Body}`),
  });
  const lines: string[] = [];
  const { flow = "front-desk", token = TOKEN } = change;
  const from = "+14155550111";
  const command = { url, token, from, to: "+14155550100", print: (line: string) => lines.push(line) };
  return { code: await text(flow, body, command), told: lines.slice(1).join("\n") };
}

test("what is written back is shown, with who writes to whom", async () => {
  const { code, told } = await write(
    "HOURS",
    "<Message>$</Message><Message to='+14155550177'><Body>Hm.</Body></Message>",
  );
  expect(told).toBe(
    "+14155550100 to +14155550111: +14155550111 wrote HOURS\n+14155550100 to +14155550177: Hm.",
  );
  expect(code).toBe(0);
});

test("no answer is told, and how a flow would answer", async () => {
  expect(await write("HOURS", "")).toEqual({ code: 0, told: expect.stringContaining("onMessage") });
});

test("an answer that Twilio would not take is told", async () => {
  expect(await write("HOURS", "<Say>Hello.</Say>")).toEqual({
    code: 1,
    told: expect.stringContaining("<Say>"),
  });
});

test("a webhook that is refused is told", async () => {
  expect(await write("HOURS", "", { token: "another" })).toEqual({
    code: 1,
    told: expect.stringContaining("403"),
  });
});

test("a flow that is not there is told, with those that are", async () => {
  const { code, told } = await write("HOURS", "", { flow: "frontdesk" });
  expect([code, told]).toEqual([1, ""]);
});
