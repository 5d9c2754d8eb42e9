/** Waiting, agents, payments, transfers, recordings and side roads: flows, app and carrier together. */
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { test as runTests } from "../../src/cli/commands/test.ts";
import { terminalPhone } from "../../src/cli/terminal/terminal-phone.ts";
import { startCall } from "../../src/phone/carrier.ts";
import { BASE, fakeLine, type Page } from "../phone/support.ts";

test.each([
  ["sessions", "17 of 17 calls went as written", "desk: 22 of 22 exits are taken by a test."],
  ["beside", "7 of 7 calls went as written", "line: 22 of 22 exits are taken by a test."],
])("scripted calls through a flow of %s go as written, and take every exit", async (name, went, taken) => {
  let printed = "";
  const out = new Writable({
    write(chunk, _encoding, done) {
      printed += String(chunk);
      done();
    },
  });
  const folder = fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
  const code = await runTests([folder], { coverage: true, out });
  expect(printed).toContain(went);
  expect(printed).toContain(taken);
  expect(code).toBe(0);
});

/** A call's output at the terminal, with these lines as input. */
async function atTerminal(
  pages: Record<string, Page>,
  lines: string[],
  from = "+14155550111",
): Promise<string> {
  const shown: string[] = [];
  const phone = terminalPhone({ print: (line) => shown.push(line), read: async () => lines.shift() });
  const options = { url: `${BASE}/voice`, from, to: "+14155550122", seed: "test" };
  await startCall(fakeLine({ "/done": "<Say>Goodbye.</Say>", ...pages }), options, phone).ended;
  return shown.join("\n");
}

test("at the terminal a caller waits until somebody answers", async () => {
  const pages = {
    "/voice": '<Enqueue action="/done" waitUrl="/wait">support</Enqueue>',
    "/wait": "<Say>Hold on.</Say>",
  };
  const shown = await atTerminal(pages, ["", "", "what", "answer", "5"]);
  expect(shown).toContain("waits in the queue support");
  expect(shown).toContain("nothing to wait on, answer, full, error, h to hang up");
  expect(shown).toContain('"what" cannot be used here.');
  expect(shown.split("Hold on.")).toHaveLength(3);
  expect(shown).toContain("connected to queue:support");
  expect(shown).toContain("Goodbye.");
});

test("at the terminal an agent hands back, a payment is made, a call is transferred", async () => {
  const connect = '<Connect action="/done"><ConversationRelay url="wss://example.com/agent"/></Connect>';
  expect(await atTerminal({ "/voice": connect }, ["HandoffData=sales"])).toContain("Goodbye.");
  expect(await atTerminal({ "/voice": '<Pay action="/done" chargeAmount="9"/>' }, ["paid"])).toContain(
    "takes a payment of 9 usd",
  );
  const refer = '<Refer action="/done"><Sip>sip:desk@example.com</Sip></Refer>';
  expect(await atTerminal({ "/voice": refer }, ["busy"], "sip:ada@example.com")).toContain(
    "refers the caller to sip:desk@example.com",
  );
});

test("at the terminal the caller hangs up at the end of the input", async () => {
  const shown = await atTerminal({ "/voice": '<Enqueue action="/done">support</Enqueue>' }, []);
  expect(shown).toContain("the caller hung up");
});
