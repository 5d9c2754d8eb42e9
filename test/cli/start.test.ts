/** `ringflow start`: what it prints, what it answers, and how it follows the files. */
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { developmentVariables } from "../../src/cli/variables.ts";
import { saying, write } from "./folder.ts";
import { PATIENCE, type Started, startRingflow, webhook } from "./started.ts";

let other: Server;
let taken: number;
let ringflow: Started;

beforeAll(async () => {
  other = createServer();
  await new Promise<void>((listening) => other.listen(0, listening));
  const address = other.address();
  taken = typeof address === "object" && address ? address.port : 0;
  ringflow = await startRingflow({ "flows/desk.yaml": saying("Hello.") }, taken);
});

afterAll(() => {
  ringflow.process.kill("SIGKILL");
  other.close();
});

describe("ringflow start", () => {
  let url = "";
  let token = "";

  /** The answer to a new call, signed with a token. */
  async function phone(signedWith = token): Promise<{ status: number; text: string }> {
    const params = { AccountSid: "AC1", CallSid: "CA1", From: "+14155550111" };
    const response = await webhook(`${url}/voice/desk`, params, signedWith);
    return { status: response.status, text: await response.text() };
  }

  test("writes a token, says that the port is taken, and tells how to call", {
    timeout: PATIENCE,
  }, async () => {
    await ringflow.hear(/Wrote \.dev\.vars/);
    await ringflow.hear(/Checked 1 flow: no findings\./);
    await ringflow.hear(new RegExp(`Port ${taken} is taken, so this is port \\d+`));
    await ringflow.hear(/Open http:\/\/localhost:\d+\/ and call it\.\n/);
    url =
      (await ringflow.hear(/answers at (http:\/\/localhost:\d+)\n {2}desk {2}version [0-9a-f]{10}\n/))[1] ??
      "";
    await ringflow.hear(new RegExp(`npx ringflow call desk --url ${url}\n`));
    await ringflow.hear(/https:\/\/<your-worker>\/voice\/desk\n/);
    await ringflow.hear(/Ctrl-C stops/);
    token = (await developmentVariables()).TWILIO_AUTH_TOKEN ?? "";
  });

  test("answers a signed webhook and prints the turn; a forged one is refused", async () => {
    expect(await phone()).toMatchObject({ status: 200, text: expect.stringContaining("Hello.") });
    await ringflow.hear(/desk {2}greet {2}start/);
    expect(await phone("another token")).toMatchObject({ status: 403 });
  });

  test("keeps answering while a flow is broken, and hears its repair", { timeout: PATIENCE }, async () => {
    await write({ "flows/desk.yaml": saying("Hello.").replace("hangup", "nowhere") });
    await ringflow.hear(
      /flows\/desk\.yaml:4:11 error unknown-step.*The last good version keeps answering\./s,
    );
    expect((await phone()).text).toContain("Hello.");
    await write({ "flows/desk.yaml": saying("Good day.") });
    await ringflow.hear(/Repaired\.\nThe next call hears desk\/[0-9a-f]{10}/);
    expect((await phone()).text).toContain("Good day.");
  });

  test("ends on Ctrl-C, and workerd with it", { timeout: PATIENCE }, async () => {
    ringflow.process.kill("SIGINT");
    await once(ringflow.process, "exit");
    await vi.waitFor(() => expect(fetch(`${url}/health`)).rejects.toThrow(), { timeout: PATIENCE });
  });
});
