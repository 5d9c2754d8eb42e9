/** Reads the Worker's bindings: what wrangler.toml, secrets and .dev.vars set. */
import type { Env } from "../engine/state.ts";
import { isMap } from "../program/is-map.ts";
import type { Program } from "../program/program.ts";
import { toBase64 } from "./base64.ts";
import { webCipher } from "./cipher.ts";
import type { CallState, Deps, ObjectOf } from "./deps.ts";
import type { VariablesLine } from "./log.ts";
import type { OutboundDeps } from "./outbound.ts";
import { indexPrograms, newArchive, parsePrograms } from "./programs.ts";
import type { Queue } from "./queue.ts";
import type { Signer } from "./sign.ts";
import type { Store } from "./store.ts";

/** Bindings of the Worker itself; flows can read every other text with `{env:}`. */
const OWN = [
  "TWILIO_AUTH_TOKEN",
  "TWILIO_AUTH_TOKEN_SECONDARY",
  "TWILIO_SHARED_KEY",
  "TWILIO_SHARED_KEY_SECONDARY",
  "TWILIO_API_KEY",
  "TWILIO_API_SECRET",
  "TICKET_SECRET",
  "TICKET_SECRET_SECONDARY",
  "TWILIO_ACCOUNT_SID",
  "ADMIN_TOKEN",
  "CALLS_TOKEN",
  "CALLS_PER_MINUTE",
  "CALLS_PER_DAY",
  "RECORDINGS_KEEP",
  "PUBLIC_URL",
  "TWILIO_API_URL",
  "PRIVATE_HOSTS",
  "TWILIO_SIGNED_HOSTS",
  "CALL_STATE",
];

/**
 * Makes the app's dependencies from the Worker's bindings.
 * @param programs the output of `ringflow build`, not checked yet
 * @param waitUntil keeps the Worker alive after the reply
 * @throws Error that names the wrong binding or file and says what to do
 */
export function depsFrom(
  bindings: Readonly<Record<string, unknown>>,
  programs: string,
  waitUntil: Deps["waitUntil"],
): Omit<Deps & OutboundDeps, "outgoing"> {
  const text = (name: string): string => (typeof bindings[name] === "string" ? bindings[name] : "");
  const adminToken = text("ADMIN_TOKEN") || undefined;
  const object = adminToken === undefined ? undefined : readObjects(bindings.POINTERS);
  // Without quotes in wrangler.toml, it is a number.
  const count = (name: string, most: number): number => readCount(name, String(bindings[name] ?? ""), most);
  const flows = parsePrograms(programs);
  const log = (line: object): void => console.log(JSON.stringify(line));
  return {
    programs: indexPrograms(flows),
    ...readSecrets(text),
    accountSid: text("TWILIO_ACCOUNT_SID") || undefined,
    adminToken,
    publicUrl: readUrl("PUBLIC_URL", text),
    api: readUrl("TWILIO_API_URL", text),
    store: readStore(bindings.CALLS),
    archive: newArchive(),
    publishing: object && { object, known: new Map() },
    callsToken: text("CALLS_TOKEN") || undefined,
    recordingsKeep: text("RECORDINGS_KEEP") || undefined,
    outbound: readObjects(bindings.OUTBOUND),
    conversations: readObjects(bindings.CONVERSATIONS),
    queue: isQueue(bindings.CALLS_QUEUE) ? bindings.CALLS_QUEUE : undefined,
    limits: { minute: count("CALLS_PER_MINUTE", 60), day: count("CALLS_PER_DAY", 1000) },
    callState: readCallState(text("CALL_STATE")),
    web: {
      fetch: (url, init) => fetch(url, init),
      privateHosts: listIn(text("PRIVATE_HOSTS")),
      signer: signerOf(text("TWILIO_AUTH_TOKEN"), listIn(text("TWILIO_SIGNED_HOSTS"))),
    },
    env: checkVariables(flows, readEnv(bindings), log),
    callTime: Date.now,
    log,
    waitUntil,
  };
}

function listIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((one) => one !== "");
}

/** Signs requests with the auth token, and for no host that is not listed. */
function signerOf(token: string, hosts: readonly string[]): Signer {
  const signsFor = (host: string): boolean => hosts.includes(host);
  if (token === "") return { signsFor };
  const key = new TextEncoder().encode(token);
  const { hmac } = webCipher(crypto.subtle);
  return {
    signsFor,
    hmac: async (text) => toBase64(await hmac("SHA-1", key, text)),
  };
}

/** The secrets by their use: who may post webhooks, who sends text messages, what seals tickets. */
function readSecrets(
  text: (name: string) => string,
): Pick<Deps, "tokens" | "sharedKeys" | "apiKey" | "sealing"> {
  const both = (name: string): string[] =>
    [text(name), text(`${name}_SECONDARY`)].filter((secret) => secret !== "");
  const tokens = both("TWILIO_AUTH_TOKEN");
  const sharedKeys = both("TWILIO_SHARED_KEY");
  const [sid, secret] = [text("TWILIO_API_KEY"), text("TWILIO_API_SECRET")];
  if ((sid === "") !== (secret === "")) throw new Error("TWILIO_API_KEY and TWILIO_API_SECRET go together.");
  // The first one seals. The others open tickets of calls that began before it was set.
  const secrets = [...both("TICKET_SECRET"), ...tokens, ...sharedKeys];
  return {
    tokens,
    sharedKeys,
    apiKey: sid === "" ? undefined : { sid, secret },
    sealing: { secrets, cipher: webCipher(crypto.subtle) },
  };
}

function readUrl(name: string, textOf: (name: string) => string): string | undefined {
  const text = textOf(name);
  if (text === "") return undefined;
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "")
    return text.replace(/\/+$/, "");
  throw new Error(`${name} is "${text}"; expected a URL such as https://phone.example.com`);
}

function readCount(name: string, text: string, most: number): number {
  if (text === "") return most;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`${name} is "${text}"; expected a whole number`);
}

function readCallState(text: string): CallState {
  if (text === "") return "store";
  if (text === "store" || text === "ticket") return text;
  throw new Error(`CALL_STATE is "${text}"; expected "store" or "ticket"`);
}

function readStore(binding: unknown): Store {
  if (isStore(binding)) return binding;
  throw new Error("The KV namespace CALLS is missing in wrangler.toml, under [[kv_namespaces]].");
}

function isStore(binding: unknown): binding is Store {
  return isMap(binding) && "get" in binding && "put" in binding;
}

// Without the Durable Object everything else works.
function readObjects(binding: unknown): ObjectOf | undefined {
  return isObjects(binding) ? (flow) => binding.get(binding.idFromName(flow)) : undefined;
}

interface Objects {
  idFromName(name: string): unknown;
  get(id: unknown): ReturnType<ObjectOf>;
}

function isObjects(binding: unknown): binding is Objects {
  return isMap(binding) && "idFromName" in binding;
}

function isQueue(binding: unknown): binding is Queue {
  return isMap(binding) && "sendBatch" in binding;
}

function readEnv(bindings: Readonly<Record<string, unknown>>): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(bindings)) {
    if (typeof value === "string" && !OWN.includes(name)) env[name] = value;
  }
  return env;
}

const ADVICE = "Set them in wrangler.toml under [vars], or with `npx wrangler secret put`.";

/**
 * Logs each flow's environment variables that are unset or do not match the pattern that the flow wants.
 * @returns the variables without those that do not match: they count as unset
 */
export function checkVariables(
  programs: readonly Program[],
  env: Env,
  log: (line: VariablesLine) => void,
): Env {
  const usable = { ...env };
  for (const { flow, hash: version, env: names, wants = {} } of programs) {
    const unset = names.filter((name) => !env[name]);
    const wrong = names.filter((name) => env[name] && wants[name] && !RegExp(wants[name]).test(env[name]));
    for (const name of wrong) delete usable[name];
    if (unset[0] || wrong[0]) log({ event: "variables", flow, version, unset, wrong, error: ADVICE });
  }
  return usable;
}
