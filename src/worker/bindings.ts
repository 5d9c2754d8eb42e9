/** The Worker's bindings, read at the border: what is set in wrangler.toml, in secrets and in .dev.vars. */
import type { Deps } from "./deps.ts";
import { indexPrograms, parsePrograms } from "./programs.ts";
import type { Store } from "./store.ts";
import { checkVariables } from "./variables.ts";

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
