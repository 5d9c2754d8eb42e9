/** `--env`: a command of an environment of wrangler.toml. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { build } from "../../src/cli/commands/build.ts";
import { deploy } from "../../src/cli/commands/deploy.ts";
import { test } from "../../src/cli/commands/test.ts";
import { ensureToken } from "../../src/cli/local/dev-vars.ts";
import type { Wrangler } from "../../src/cli/local/wrangler.ts";
import { chooseEnvironment, environment, npxRingflow, secretPut } from "../../src/cli/project/environment.ts";
import { buildHere } from "../../src/cli/project/project.ts";
import { deployedVariables, workerVariables } from "../../src/cli/project/variables.ts";
import { DIALS_DESK, enterFolder, terminal, write } from "./folder.ts";
import { ringflow } from "./in-process.ts";

const SETTINGS = `name = "acme"
[vars]
DESK = "+14155550100"
[[kv_namespaces]]
binding = "CALLS"
[env.staging.vars]
DESK = "+14155550199"
[env.unset]
`;

const CALLS = '[[env.unset.kv_namespaces]]\nbinding = "CALLS"\n';

beforeEach(() => enterFolder({ "wrangler.toml": SETTINGS, "flows/desk.yaml": DIALS_DESK }));

afterEach(() => chooseEnvironment(""));

describe("an environment", () => {
  it("has its own variables, and inherits none", async () => {
    expect(await deployedVariables()).toEqual({ DESK: "+14155550100" });
    chooseEnvironment("staging");
    expect(await deployedVariables()).toEqual({ DESK: "+14155550199" });
    chooseEnvironment("unset");
    expect(await deployedVariables()).toEqual({});
  });

  it("can have its own .dev.vars, and has the common one otherwise", async () => {
    await write({ ".dev.vars": "PIN=1\n", ".dev.vars.staging": "PIN=2\n" });
    chooseEnvironment("unset");
    expect(await workerVariables()).toEqual({ PIN: "1" });
    chooseEnvironment("staging");
    expect(await workerVariables()).toEqual({ DESK: "+14155550199", PIN: "2" });
  });

  it("needs a token in its own .dev.vars, if it has that", async () => {
    await write({ ".dev.vars.staging": "PIN=2\n" });
    chooseEnvironment("staging");
    await expect(ensureToken()).rejects.toThrow(".dev.vars.staging has no TWILIO_AUTH_TOKEN");
    chooseEnvironment("unset");
    expect([await ensureToken(), await ensureToken()]).toEqual([true, false]);
  });

  it("is named in advice", async () => {
    chooseEnvironment("unset");
    const [finding] = (await buildHere()).diagnostics;
    expect(finding?.hint).toContain("wrangler.toml under [env.unset.vars]: DESK");
    expect([npxRingflow("deploy"), secretPut("PIN")]).toEqual([
      "npx ringflow deploy --env unset",
      "npx wrangler secret put PIN --env unset",
    ]);
  });

  it("names its unset variables if a test call fails", async () => {
    const script = "    script:\n      - dial: desk\n      - end\n";
    await write({ "flows/desk.test.yaml": `flow: desk\nscenarios:\n  - name: rings\n${script}` });
    chooseEnvironment("unset");
    const { out, read } = terminal();
    expect(await test(["flows"], { out })).toBe(1);
    expect(read()).toContain(
      "read variables that are not set: DESK. Set them in wrangler.toml under [env.unset.vars]",
    );
  });

  it.each([
    ["stagin", 'Did you mean "staging"?'],
    ["production", "It has staging, unset."],
  ])("that is not there is an error: %s", async (name, advice) => {
    const { code, err } = await ringflow("check", "--env", name);
    expect([code, err]).toEqual([2, `wrangler.toml has no environment [env.${name}]. ${advice}\n`]);
  });

  it("is chosen for one command", async () => {
    const chosen = async (...args: string[]) => [(await ringflow("check", ...args)).code, environment()];
    expect(await chosen("--env", "staging")).toEqual([0, "staging"]);
    expect(await chosen()).toEqual([0, ""]);
  });
});

describe("a deploy of an environment", () => {
  const askCloudflare = async (): Promise<string[]> => [];

  it("is refused if it lacks a variable that the settings at the top have", async () => {
    await write({ "wrangler.toml": SETTINGS + CALLS });
    chooseEnvironment("unset");
    const { out, read } = terminal();
    expect(await build({ deploy: true, askCloudflare, out })).toBe(1);
    expect(read()).toMatch(/unset-variable.*DESK, which is not set/);
  });

  it("is refused without a namespace for calls", async () => {
    chooseEnvironment("staging");
    await expect(deploy({ askCloudflare, out: terminal().out })).rejects.toThrow(
      "[env.staging] of wrangler.toml has no KV namespace CALLS, and inherits none.",
    );
  });

  it("runs wrangler with it", async () => {
    await write({ "wrangler.toml": SETTINGS + CALLS.replace("unset", "staging") });
    chooseEnvironment("staging");
    const seen: (string | undefined)[] = [];
    const run: Wrangler = {
      ask: async () => ({ printed: "", complaint: "" }),
      show: async () => {
        seen.push(process.env.CLOUDFLARE_ENV);
        return 0;
      },
    };
    expect(await deploy({ run, askCloudflare, out: terminal().out })).toBe(0);
    expect(seen).toEqual(["staging"]);
  });
});
