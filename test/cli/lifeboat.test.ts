import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { lifeboat } from "../../src/cli/commands/lifeboat.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import { callPages, problemsIn, saidIn } from "../phone/support.ts";
import { line, webhook } from "../worker/support.ts";
import { enterFolder, saying, terminal } from "./folder.ts";

const DESK = `
language: de-DE
voice: Polly.Vicki
apology: Leider gibt es eine Störung. Wir verbinden Sie.
destinations:
  agent: { client: anna }
  secret: { env: NOT_SET }
  desk: { env: DESK }
steps:
  reach:
    dial: { to: desk, status: { else: bye } }
    next: bye
  bye: { hangup: Auf Wiederhören. }
  others:
    dial: { to: [agent, secret], status: { else: bye } }
    next: bye
`;
const FILES = { "flows/desk.yaml": DESK, "wrangler.toml": '[vars]\nDESK = "+4930123456"\n' };

async function write(options: { destination?: string; file?: string } = {}): Promise<string> {
  const { out, read } = terminal();
  await lifeboat(undefined, { out, ...options });
  return read();
}

describe("ringflow lifeboat", () => {
  test("writes the apology in the flow's voice, then the first fixed number, and says which", async () => {
    await enterFolder(FILES);
    expect(await write()).toContain("then desk (+4930123456), the first destination with a fixed number.");
    const document = await readFile("desk.lifeboat.xml", "utf8");
    expect(document).toContain('<Say voice="Polly.Vicki" language="de-DE">Leider gibt es eine Störung.');
    expect(document).toContain("<Dial>+4930123456</Dial></Response>");
  });

  test("refuses if no destination has a fixed number, and says what to add", async () => {
    await enterFolder({ "flows/desk.yaml": saying("Hello.") });
    await expect(write()).rejects.toThrow(/no destination with a fixed number. Add one under `destinations`/);
    await enterFolder(FILES);
    await expect(write({ destination: "agent" })).rejects.toThrow(
      'The destination "agent" of desk has no fixed',
    );
  });

  test("connects a caller when the Worker and KV fail", async () => {
    await enterFolder(FILES);
    await write();
    const document = await readFile("desk.lifeboat.xml", "utf8");
    const down = (): Promise<never> => Promise.reject(new Error("KV is down"));
    const app = line({ programs: indexPrograms([]), store: { get: down, put: down } });
    // Twilio requests the fallback URL after a status other than 2xx.
    expect((await app.fetch(webhook("/voice/desk"))).status).toBe(404);
    const pages = { "/voice": new Response(document, { headers: { "content-type": "text/xml" } }) };
    const call = await callPages(pages, { ring: [{ status: "no-answer" }] });
    expect(problemsIn(call.moments)).toEqual([]);
    expect(saidIn(call.moments)).toEqual(["Leider gibt es eine Störung. Wir verbinden Sie."]);
    expect(JSON.stringify(call.moments)).toContain("+4930123456");
    expect(call.sent.map(({ path }) => path)).toEqual(["/voice"]);
  });
});
