import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { deploy } from "../../src/cli/commands/deploy.ts";
import type { Wrangler } from "../../src/cli/local/wrangler.ts";
import { enterFolder, saying, terminal, write } from "./folder.ts";

interface Written {
  key: string;
  value: string;
  base64?: boolean;
  expiration_ttl: number;
  metadata?: unknown;
}

/** A wrangler that notes what it is asked; each upload is answered with the next complaint. */
function wranglerNoting(complaints: readonly string[] = [], code = 0) {
  const did: string[] = [];
  const uploads: Written[][] = [];
  const left = [...complaints];
  const run: Wrangler = {
    async ask(args) {
      did.push(args.slice(0, 3).join(" "));
      uploads.push(JSON.parse(await readFile(args[3] ?? "", "utf8")));
      return { printed: "", complaint: left.shift() ?? "" };
    },
    async show(args) {
      did.push(args.join(" "));
      return code;
    },
  };
  return { did, uploads, run };
}

async function deployed(run: Wrangler): Promise<[number, string]> {
  const { out, read } = terminal();
  const code = await deploy({ run, out, askCloudflare: async () => [] });
  return [code, read()];
}

beforeEach(async () => {
  await enterFolder({ "flows/desk.yaml": saying("Hello.") });
});

describe("ringflow deploy", () => {
  test("archives every Program before the Worker goes live", async () => {
    const { did, uploads, run } = wranglerNoting();
    const [code, printed] = await deployed(run);
    expect([code, did]).toEqual([0, ["kv bulk put", "deploy"]]);
    const [program] = JSON.parse(await readFile(".ringflow/programs.txt", "utf8"));
    const [pair] = uploads[0] ?? [];
    expect(pair).toMatchObject({ key: `program:desk/${program.hash}`, expiration_ttl: 30 * 86_400 });
    expect(JSON.parse(pair?.value ?? "")).toEqual(program);
    expect(printed).toContain("Archived 1 flow in KV");
  });

  test("archives the audio that the flows play, with its type", async () => {
    const tone = await readFile(new URL("fixtures/audio/tone.wav", import.meta.url));
    await write({
      "flows/desk.yaml": "steps:\n  a: { play: audio/tone.wav, next: hangup }\n",
      "flows/audio/tone.wav": tone,
    });
    const { uploads, run } = wranglerNoting();
    expect((await deployed(run))[0]).toBe(0);
    expect(uploads[0]?.[1]).toMatchObject({
      key: expect.stringMatching(/^audio:tone\.[0-9a-f]{8}\.wav$/),
      value: tone.toString("base64"),
      base64: true,
      metadata: { type: "audio/wav" },
    });
  });

  test("archives after the first deploy, which makes the namespace", async () => {
    const { did, run } = wranglerNoting(['✘ [ERROR] No KV namespace ID found for binding "CALLS"']);
    expect((await deployed(run))[0]).toBe(0);
    expect(did).toEqual(["kv bulk put", "deploy", "kv bulk put"]);
  });

  test("says so if the first deploy cannot be archived", async () => {
    const { run } = wranglerNoting(["No KV namespace ID found", "✘ [ERROR] Cloudflare is busy"]);
    const [code, printed] = await deployed(run);
    expect(code).toBe(0);
    expect(printed).toContain(
      "Deployed, but not archived: Cannot archive the flows in KV. Cloudflare is busy",
    );
  });

  test("does not deploy what it cannot archive", async () => {
    const { did, run } = wranglerNoting(["✘ [ERROR] Not logged in."]);
    await expect(deployed(run)).rejects.toThrow("Cannot archive the flows in KV. Not logged in.");
    expect(did).toEqual(["kv bulk put"]);
  });

  test("with dryRun, checks and bundles all, and uploads nothing", async () => {
    const { did, run } = wranglerNoting();
    const { out, read } = terminal();
    expect(await deploy({ run, out, askCloudflare: async () => [], dryRun: true })).toBe(0);
    expect(did).toEqual(["deploy --dry-run"]);
    expect(read()).toContain("Built 1 flow");
  });

  test("returns wrangler's exit code", async () => {
    expect((await deployed(wranglerNoting([], 1).run))[0]).toBe(1);
  });

  test.each([
    ["an error", { "flows/desk.yaml": "steps: {}\n" }, "error"],
    [
      "a failing test",
      {
        "flows/desk.test.yaml":
          "flow: desk\nscenarios:\n  - name: greets\n    script:\n      - hear: Goodbye\n      - end\n",
      },
      "Not deployed: a test fails.",
    ],
  ])("writes nothing if there is %s", async (_what, files, says) => {
    await write(files);
    const { did, run } = wranglerNoting();
    const [code, printed] = await deployed(run);
    expect([code, did]).toEqual([1, []]);
    expect(printed).toContain(says);
  });
});
