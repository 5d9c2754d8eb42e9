/** A list through the Worker itself, to a Twilio that fails. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { dialList } from "../../../src/cli/commands/account/dial-list.ts";
import { outboundObjects } from "../../worker/outbound-object.ts";
import { lineOf } from "../../worker/support.ts";
import { serve } from "../serve.ts";
import { said, withAccount } from "../support.ts";
import { ACCOUNT, API_KEY, API_SECRET, hasContract, type TwilioApi } from "../twilio-api.ts";
import { CALLS_TOKEN } from "./fake-worker.ts";

const FLOW = `
allow: [US]
takes: [day]
variables:
  day: { type: string, default: some day }
steps:
  tell: { hangup: "See you on {{ vars.day }}." }
`;
const NUMBERS = ["+14155550111", "+14155550112", "+14155550113"] as const;

afterEach(() => void vi.restoreAllMocks());

/** A clock that sleeping moves, for the command and the Worker. */
function skippedTime() {
  const real = Date.now;
  let skipped = 0;
  vi.spyOn(Date, "now").mockImplementation(() => real() + skipped);
  const sleep = async (milliseconds: number): Promise<void> => {
    skipped += milliseconds;
  };
  return { now: () => Date.now(), sleep };
}

async function workerOn(api: TwilioApi): Promise<string> {
  const web = {
    fetch: (to: string, init: RequestInit) => fetch(to, init),
    privateHosts: [],
    wait: async () => undefined,
  };
  const apiKey = { sid: API_KEY, secret: API_SECRET };
  const account = { web, tokens: ["a token of the tests"], apiKey, api: api.url, accountSid: ACCOUNT };
  const { outbound } = outboundObjects({ ...account, limits: { minute: 60, day: 1000 } });
  return serve(lineOf(FLOW, { ...account, callsToken: CALLS_TOKEN, outbound }));
}

describe.runIf(hasContract)("a list", () => {
  test("is called once, although Twilio breaks off after it has placed a call", async () => {
    const rows = NUMBERS.map((to) => `${to},Monday\n`).join("");
    const api = await withAccount({ "flows/desk.yaml": FLOW, "list.csv": `to,day\n${rows}` });
    vi.stubEnv("CALLS_TOKEN", CALLS_TOKEN);
    const url = await workerOn(api);
    api.faults.push({ fails: "half", acts: true });
    const time = skippedTime();
    const fixed = {
      file: "list.csv",
      flow: "desk",
      from: "+14155550100",
      url,
      rate: 1,
      minutes: 1,
      yes: true,
    };
    const { code, text } = await said((out) => dialList({ ...fixed, out, time }));
    vi.unstubAllEnvs();
    expect([code, text]).toEqual([0, expect.stringMatching(/\n3 placed\.\n$/)]);
    expect([...api.calls.values()].map(({ to }) => to).toSorted()).toEqual(NUMBERS);
    for (const sid of api.calls.keys()) expect(text).toContain(sid);
  });
});
