/** The Worker's bindings, read at the border: what is set in wrangler.toml, in secrets and in .dev.vars. */
import type { Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import type { VariablesLine } from "./log.ts";
import { indexPrograms, parsePrograms } from "./programs.ts";
import type { Store } from "./store.ts";

/** Bindings of the Worker itself; every other text is a variable that flows may read with `{env:}`. */
const OWN = [
  "TWILIO_AUTH_TOKEN",
  "TWILIO_AUTH_TOKEN_SECONDARY",
  "TWILIO_ACCOUNT_SID",
  "PUBLIC_URL",
  "PRIVATE_HOSTS",
];

/**
 * Makes the app's dependencies from the Worker's bindings.
 * @param programs what `ringflow build` wrote, unread
 * @param later keeps the Worker alive behind the reply
 * @throws Error that names the binding or file that is wrong, and says what to do
 */
export function depsFrom(
  bindings: Readonly<Record<string, unknown>>,
  programs: unknown,
  later: Deps["later"],
): Deps {
  const text = (name: string): string => (typeof bindings[name] === "string" ? bindings[name] : "");
  const flows = parsePrograms(programs);
  const log = (line: object): void => console.log(JSON.stringify(line));
  return {
    programs: indexPrograms(flows),
    tokens: [text("TWILIO_AUTH_TOKEN"), text("TWILIO_AUTH_TOKEN_SECONDARY")].filter((token) => token !== ""),
    ...(text("TWILIO_ACCOUNT_SID") !== "" && { accountSid: text("TWILIO_ACCOUNT_SID") }),
    ...(text("PUBLIC_URL") !== "" && { publicUrl: readPublicUrl(text("PUBLIC_URL")) }),
    store: readStore(bindings.CALLS),
    web: { fetch: (url, init) => fetch(url, init), privateHosts: text("PRIVATE_HOSTS").split(/[\s,]+/) },
    env: checkVariables(flows, readEnv(bindings), log),
    now: Date.now,
    log,
    later,
  };
}

function readPublicUrl(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "")
    return text.replace(/\/+$/, "");
  throw new Error(`PUBLIC_URL is "${text}", and no address such as https://phone.example.com`);
}

function readStore(binding: unknown): Store {
  if (isStore(binding)) return binding;
  throw new Error("There is no KV namespace CALLS in wrangler.toml, under [[kv_namespaces]].");
}

function isStore(binding: unknown): binding is Store {
  return typeof binding === "object" && binding !== null && "get" in binding && "put" in binding;
}

function readEnv(bindings: Readonly<Record<string, unknown>>): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(bindings)) {
    if (typeof value === "string" && !OWN.includes(name)) env[name] = value;
  }
  return env;
}

type Variables = Deps["env"];

const ADVICE = "Set them in wrangler.toml under [vars], or by `npx wrangler secret put`.";

/**
 * Tells of each flow's variables that are not set, or not what they stand for.
 * @returns the variables without the wrong ones: they count as not set
 */
export function checkVariables(
  programs: readonly Program[],
  env: Variables,
  log: (line: VariablesLine) => void,
): Variables {
  const usable = { ...env };
  for (const { flow, hash: version, env: names, wants = {} } of programs) {
    const unset = names.filter((name) => !env[name]);
    const wrong = names.filter((name) => env[name] && wants[name] && !RegExp(wants[name]).test(env[name]));
    for (const name of wrong) delete usable[name];
    if (unset[0] || wrong[0]) log({ event: "variables", flow, version, unset, wrong, error: ADVICE });
  }
  return usable;
}
