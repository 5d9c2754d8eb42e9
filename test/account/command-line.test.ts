/** The account's commands as a user runs them: options, questions and exit codes; and no secret on either stream. */
import { beforeEach, describe, expect, test } from "vitest";
import { ringflow as inProcess, type Ran } from "../cli/in-process.ts";
import { withAccount } from "./support.ts";
import { hasContract, SECRETS, type TwilioApi } from "./twilio-api.ts";
import { addCall, addNumber } from "./twilio-records.ts";

let api: TwilioApi;

beforeEach(async () => {
  if (hasContract) api = await withAccount();
});

/** Runs a command without a terminal. */
async function ringflow(...args: string[]): Promise<Ran> {
  const isTerminal = process.stdin.isTTY;
  process.stdin.isTTY = false;
  const ran = await inProcess(...args).finally(() => {
    process.stdin.isTTY = isTerminal;
  });
  for (const secret of SECRETS) expect(ran.out + ran.err).not.toContain(secret);
  return ran;
}

describe.runIf(hasContract)("ringflow", () => {
  test("lists numbers as JSON alone on stdout", async () => {
    addNumber(api, "+14155550100");
    const { code, out, err } = await ringflow("numbers", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject([{ number: "+14155550100", voice: { kind: "nothing" } }]);
  });

  test("sends a message only with --yes if there is nobody to ask", async () => {
    const words = ["+14155550111", "We", "are", "closed.", "--from", "+14155550100"];
    const refused = await ringflow("sms", ...words);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("Add --yes to go ahead.") });
    expect(api.messages.size).toBe(0);
    expect((await ringflow("sms", ...words, "--yes")).code).toBe(0);
    expect([...api.messages.values()]).toMatchObject([{ body: "We are closed." }]);
  });

  test("says what is wrong with an option, a SID or the credentials", async () => {
    expect(await ringflow("sms", "+14155550111", "x")).toMatchObject({
      code: 2,
      err: expect.stringContaining("required option '--from <number>' not specified"),
    });
    expect((await ringflow("calls", "--limit", "many")).err).toContain("Write an integer from 1 to 1000.");
    const { sid } = addCall(api, { status: "completed" });
    expect(await ringflow("hangup", sid)).toEqual({
      code: 0,
      out: "The call is over already: completed.\n",
      err: "",
    });
  });
});
