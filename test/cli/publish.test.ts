/** Publishing, through the Worker's own admin endpoint in this process. */
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { abort, promote, publish, rollback } from "../../src/cli/commands/publish.ts";
import { versions } from "../../src/cli/commands/versions.ts";
import type { Wrangler } from "../../src/cli/local/wrangler.ts";
import { indexPrograms, newArchive } from "../../src/worker/programs.ts";
import { programOf } from "../flow/support.ts";
import { pointerObjects } from "../worker/pointer-object.ts";
import { HOST, line } from "../worker/support.ts";
import { enterFolder, saying, terminal, write } from "./folder.ts";

const bundled = programOf(saying("First."), "flows/desk.yaml");
const second = programOf(saying("Second."), "flows/desk.yaml");

beforeEach(async () => {
  await enterFolder({ "flows/desk.yaml": saying("Second."), ".dev.vars": "ADMIN_TOKEN=secret\n" });
  const kept = new Map<string, string>();
  const app = line({
    programs: indexPrograms([bundled]),
    archive: newArchive(),
    publishing: pointerObjects().isolate(),
    adminToken: "secret",
    store: {
      get: async (key) => kept.get(key) ?? null,
      put: async (key, value) => void kept.set(key, value),
    },
  });
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => app.fetch(new Request(url, init)));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

type Command = (flow: string | undefined, options: Parameters<typeof publish>[1]) => Promise<number>;

async function run(
  command: Command,
  options: { canary?: number; note?: string } = {},
): Promise<[number, string]> {
  const { out, read } = terminal();
  const code = await command(undefined, { to: HOST, out, askCloudflare: async () => [], ...options });
  return [code, read()];
}

const back: Command = (flow, options) => rollback(flow, undefined, options);

describe("ringflow publish", () => {
  test("shows what changes, and makes the version live", async () => {
    const [code, printed] = await run(publish, { note: "new greeting" });
    expect(code).toBe(0);
    expect(printed).toContain(`Changes against desk/${bundled.hash}:\n  ~ greet\n`);
    expect(printed).toContain(`desk/${second.hash} is live for new calls within ten seconds.`);
    const [, listed] = await run(versions);
    expect(listed).toContain(`desk/${second.hash} is live.\ndesk/${bundled.hash} is deployed.\n`);
    expect(listed).toMatch(/\d\d:\d\d {2}publish {2}[0-9a-f]{10} {2}\S+ {2}0 calls {2}new greeting\n$/);
    expect((await run(publish))[1]).toContain("is live already");
  });

  test("publishes nothing if a flow has an error", async () => {
    await write({ "flows/desk.yaml": "steps: {}\n" });
    expect((await run(publish))[0]).toBe(1);
    await write({ "flows/desk.yaml": saying("Second.") });
    expect((await run(versions))[1]).toContain(`desk/${bundled.hash} is live, from the deploy.`);
  });

  test("refuses without a token, and says how to set one", async () => {
    await write({ ".dev.vars": "" });
    await expect(run(publish)).rejects.toThrow(/ADMIN_TOKEN is not set here.*wrangler secret put/);
    await write({ ".dev.vars": "ADMIN_TOKEN=wrong\n" });
    await expect(run(publish)).rejects.toThrow(/The Worker refused: Send `Authorization/);
  });
});

test("ringflow rollback returns to the version before", async () => {
  await run(publish);
  expect((await run(back))[1]).toContain(`desk/${bundled.hash} is live for new calls`);
  expect((await run(back))[1]).toContain(`desk/${second.hash} is live for new calls`);
});

test("ringflow versions --prune deletes the versions that no call can be in", async () => {
  const day = 24 * 3600;
  const expiring = (hash: string, age: number) => ({
    name: `program:desk/${hash}`,
    expiration: Math.floor(Date.now() / 1000) + (30 - age) * day,
  });
  // Replaced five days ago, half a day ago, and not at all.
  const keys = [
    expiring("aaaaaaaaaa", 9),
    expiring("bbbbbbbbbb", 5),
    expiring("cccccccccc", 0.5),
    expiring(bundled.hash, 0.1),
  ];
  let deleted: unknown;
  const wrangler: Wrangler = {
    async ask(args) {
      if (args[2] === "delete") deleted = JSON.parse(await readFile(args[3] ?? "", "utf8"));
      return { printed: JSON.stringify(keys), complaint: "" };
    },
    show: async () => 1,
  };
  const { out, read } = terminal();
  expect(await versions("desk", { to: HOST, out, prune: true, run: wrangler })).toBe(0);
  expect(deleted).toEqual(["program:desk/aaaaaaaaaa"]);
  expect(read()).toContain("Deleted from KV: aaaaaaaaaa.");
});

test("a canary is promoted or aborted", async () => {
  expect((await run(publish, { canary: 10 }))[1]).toContain(`10 % of the callers get desk/${second.hash}`);
  expect((await run(versions))[1]).toContain(`desk/${second.hash} is a canary for 10 %`);
  expect((await run(abort))[1]).toContain(`All new calls get desk/${bundled.hash}`);
  await expect(run(promote)).rejects.toThrow("desk has no canary");
  await expect(run(back)).rejects.toThrow("desk has no earlier version here");
  await run(publish, { canary: 10 });
  expect((await run(promote))[1]).toContain(`desk/${second.hash} is live for all`);
});
