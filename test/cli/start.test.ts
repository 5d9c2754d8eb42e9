/** `ringflow start`: what it prints, what it answers, and how it follows the files. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer as createService, type ServerResponse } from "node:http";
import { createServer, type Server } from "node:net";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { developmentVariables } from "../../src/cli/project/variables.ts";
import { KEY_HEADER, PROGRAMS_PATH } from "../../src/dev/page-server.ts";
import { enterFolder, saying, write } from "./folder.ts";
import { PATIENCE, type Started, startRingflow, webhook } from "./started.ts";

const project = resolve(".");
const tone = (ending: string) => readFile(resolve(project, `test/cli/fixtures/audio/tone.${ending}`));

let other: Server;
let taken: number;
/** Answers requests when a test does. */
const service = createService();
let ringflow: Started;

beforeAll(async () => {
  other = createServer();
  for (const server of [other, service]) await once(server.listen(0), "listening");
  taken = portOf(other);
  const folder = await enterFolder({
    "flows/desk.yaml": saying("Hello."),
    "flows/sketch.yaml": saying("Not yet.").replace("hangup", "nowhere"),
    "flows/tune.yaml": "steps:\n  play:\n    play: audio/tone.wav\n    next: hangup\n",
    "flows/audio/tone.wav": await tone("wav"),
  });
  ringflow = await startRingflow(folder, taken);
});

afterAll(() => {
  ringflow.process.kill("SIGKILL");
  other.close();
  service.close();
});

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

/** A flow that requests the service, which the Worker may do once it has the variable PRIVATE_HOSTS, and then says a text. */
const asking = (text: string): string => `steps:
  ask:
    request: { url: "http://127.0.0.1:${portOf(service)}/", status: { else: greet } }
    next: greet
  greet:
    say: ${text}
    next: hangup
`;

describe("ringflow start", () => {
  let url = "";
  let token = "";

  /** The answer to a new call, signed with a token. */
  async function phone(signedWith = token, flow = "desk"): Promise<{ status: number; text: string }> {
    const params = { AccountSid: "AC1", CallSid: "CA1", From: "+14155550111" };
    const response = await webhook(`${url}/voice/${flow}`, params, signedWith);
    return { status: response.status, text: await response.text() };
  }

  test("writes a token, reports the taken port, and says how to call", {
    timeout: PATIENCE,
  }, async () => {
    await ringflow.hear(/Wrote \.dev\.vars/);
    await ringflow.hear(/flows\/sketch\.yaml:4:11 error unknown-step/);
    await ringflow.hear(/Checked 3 flows: 1 error\.\nsketch cannot be called until it is fixed\.\n/);
    await ringflow.hear(new RegExp(`Port ${taken} is taken; using port \\d+`));
    await ringflow.hear(/Open http:\/\/localhost:\d+\/ to call it in the browser\.\n/);
    url =
      (await ringflow.hear(/answers at (http:\/\/localhost:\d+)\n {2}desk {2}version [0-9a-f]{10}\n/))[1] ??
      "";
    await ringflow.hear(new RegExp(`npx ringflow call desk --url ${url}\n`));
    await ringflow.hear(/https:\/\/<your-worker>\/voice\/desk\n/);
    await ringflow.hear(/Ctrl-C stops/);
    token = (await developmentVariables()).TWILIO_AUTH_TOKEN ?? "";
  });

  test("serves a flow that had an error at the start, once it is fixed", {
    timeout: PATIENCE,
  }, async () => {
    expect((await phone(token, "sketch")).text).toContain('Unknown flow "sketch"');
    await write({ "flows/sketch.yaml": saying("Now.") });
    await ringflow.hear(/Fixed\.\nThe next call hears sketch\//);
    expect((await phone(token, "sketch")).text).toContain("Now.");
  });

  test("answers a signed webhook and prints the turn; rejects a forged one", async () => {
    expect(await phone()).toMatchObject({ status: 200, text: expect.stringContaining("Hello.") });
    await ringflow.hear(/desk {2}greet {2}start/);
    expect(await phone("another token")).toMatchObject({ status: 403 });
  });

  test("keeps answering while a flow is broken, and serves the fix", { timeout: PATIENCE }, async () => {
    await write({ "flows/desk.yaml": saying("Hello.").replace("hangup", "nowhere") });
    await ringflow.hear(
      /flows\/desk\.yaml:4:11 error unknown-step.*The last good version of desk keeps answering\./s,
    );
    expect((await phone()).text).toContain("Hello.");
    await write({ "flows/desk.yaml": saying("Good day.") });
    await ringflow.hear(/Fixed\.\nThe next call hears desk\/[0-9a-f]{10}/);
    expect((await phone()).text).toContain("Good day.");
  });

  test("answers again once a variable that the Worker cannot run with is fixed", {
    timeout: PATIENCE,
  }, async () => {
    const secret = `TWILIO_AUTH_TOKEN=${token}\n`;
    await write({ ".dev.vars": `${secret}PUBLIC_URL=nonsense\n` });
    await ringflow.hear(/The Worker does not answer until this is fixed\./);
    await write({ ".dev.vars": `${secret}PRIVATE_HOSTS=127.0.0.1:${portOf(service)}\n` });
    await ringflow.hear(/The Worker answers again\./);
    expect((await phone()).text).toContain("Good day.");
  });

  test("does not interrupt a turn that waits for a service while the Programs change", {
    timeout: PATIENCE,
  }, async () => {
    const answering = new Promise<ServerResponse>((resolve) =>
      service.once("request", (_, response) => resolve(response)),
    );
    await write({ "flows/slow.yaml": asking("Before.") });
    await ringflow.hear(/The next call hears slow\//);
    const waiting = phone(token, "slow");
    const response = await answering;
    await write({ "flows/slow.yaml": asking("After.") });
    await ringflow.hear(/The next call hears slow\//);
    response.end();
    expect((await waiting).text).toContain("Before.");
  });

  test("takes Programs from nobody without the key", async () => {
    for (const key of ["", "a key"]) {
      const request = { method: "PUT", headers: { [KEY_HEADER]: key }, body: "[]" };
      expect((await fetch(url + PROGRAMS_PATH, request)).status).toBe(404);
    }
    expect((await phone()).text).toContain("Good day.");
  });

  test("serves audio files as immutable, and a changed one under another name", {
    timeout: PATIENCE,
  }, async () => {
    const fetchPlayed = async (): Promise<Response> => {
      const { text } = await phone(token, "tune");
      return fetch(url + (/<Play>(.*)<\/Play>/.exec(text)?.[1] ?? ""));
    };
    const first = await fetchPlayed();
    expect(first.headers.get("content-type")).toBe("audio/wav");
    expect(first.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(first.headers.get("etag")).toMatch(/"/);
    expect(Buffer.from(await first.arrayBuffer())).toEqual(await tone("wav"));
    const changed = (await tone("wav")).subarray(0, 2058);
    await write({ "flows/audio/tone.wav": changed });
    await ringflow.hear(/The next call hears tune\/[0-9a-f]{10}/);
    expect(Buffer.from(await (await fetchPlayed()).arrayBuffer())).toEqual(changed);
    expect((await fetch(first.url)).status).toBe(200);
    expect((await fetch(`${url}/audio/nothing.mp3`)).status).toBe(404);
  });

  test("ends on Ctrl-C, and workerd with it", { timeout: PATIENCE }, async () => {
    ringflow.process.kill("SIGINT");
    await once(ringflow.process, "exit");
    await vi.waitFor(() => expect(fetch(`${url}/health`)).rejects.toThrow(), { timeout: PATIENCE });
  });
});
