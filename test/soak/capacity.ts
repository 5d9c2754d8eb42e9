/**
 * `npm run capacity`: 100,000 calls in progress at the same time in one process, each with a code that only its caller knows.
 * Measures what the Worker holds for a call that waits, then ends every call and checks that it hears its own code.
 * `--calls` takes another number.
 */
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import { signedText } from "../../src/phone/leg/signature.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import { serve } from "../../src/worker/serve.ts";
import { builtOrThrow } from "../bench/flows.ts";
import { thisMachine } from "../bench/machine.ts";
import { callSid } from "../bench/webhooks.ts";

const HOST = "https://ringflow.test";
const TOKEN = "a token of the capacity test";
const FLOW = `variables:
  code: { type: string, maxLength: 20 }
steps:
  code:
    gather: { prompt: Please enter your code., save: code, numDigits: 10, otherwise: hangup }
    next: sure
  sure:
    gather: { prompt: Press 1 to hear it., choices: { 1: told }, otherwise: hangup }
  told:
    say: Your code is {{ vars.code }}.
    next: hangup
`;

const { values } = parseArgs({
  options: { calls: { type: "string", default: "100000" }, json: { type: "string" } },
});
const calls = Number(values.calls);
let storedBytes = 0;
const fetch = serve({
  programs: indexPrograms(builtOrThrow([{ path: "flows/codes.yaml", text: FLOW }]).programs),
  tokens: [TOKEN],
  sealing: { secrets: [TOKEN], cipher: nodeCipher },
  outgoing: () => Promise.reject(new Error("no call is placed")),
  // KV is not in the Worker: what is written is counted, and read by nobody.
  store: {
    get: () => Promise.reject(new Error("nothing is read from the store")),
    put: async (key, value) => {
      storedBytes += key.length + value.length;
    },
  },
  web: { fetch: () => Promise.reject(new Error("nothing is requested")), privateHosts: [] },
  env: {},
  callTime: Date.now,
  log: () => undefined,
  waitUntil: () => undefined,
});

const began = performance.now();
await post("/voice/codes", callSid(calls));
const before = heap();
const waiting: string[] = [];
for (let call = 0; call < calls; call++) {
  const asks = linkIn(await post("/voice/codes", callSid(call)));
  // A copy as bytes and back: the slice of a document would keep the document.
  waiting.push(Buffer.from(linkIn(await post(asks, callSid(call), codeOf(call)))).toString("latin1"));
}
const inProgress = heap();
const urlBytes = waiting.reduce((sum, url) => sum + url.length, 0);
let lost = 0;
for (const [call, url] of waiting.entries()) {
  const heard = await post(url, callSid(call), "1");
  if (!heard.includes(`Your code is ${codeOf(call)}.`)) lost++;
}
const seconds = (performance.now() - began) / 1000;
const result = {
  machine: thisMachine(),
  calls,
  lost,
  seconds: Math.round(seconds),
  webhooksPerSecond: Math.round((calls * 3) / seconds),
  bytesPerCall: {
    // V8 keeps a text with a header of 12 to 20 bytes, and the list a pointer to it.
    heap: Math.round((inProgress - before) / calls),
    ofItTheUrlThatTwilioKeeps: Math.round(urlBytes / calls),
    writtenToKv: Math.round(storedBytes / calls),
  },
};
console.log(JSON.stringify(result, null, 2));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
if (lost > 0) process.exitCode = 1;

/** Ten digits that belong to one call. */
function codeOf(call: number): string {
  return String(1_000_000_000 + call * 7919);
}

async function post(path: string, CallSid: string, Digits?: string): Promise<string> {
  const params = {
    CallSid,
    From: "+14155550111",
    To: "+14155550100",
    ...(Digits !== undefined && { Digits }),
  };
  const signature = createHmac("sha1", TOKEN)
    .update(signedText(HOST + path, params))
    .digest("base64");
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    "X-Twilio-Signature": signature,
  };
  const body = new URLSearchParams(params).toString();
  const response = await fetch(new Request(HOST + path, { method: "POST", headers, body }));
  if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}`);
  return response.text();
}

function linkIn(twiml: string): string {
  const url = / action="([^"]+)"/.exec(twiml)?.[1];
  if (url === undefined) throw new Error(`the document asks for nothing: ${twiml}`);
  return url;
}

/** Bytes on the heap after all garbage is collected. */
function heap(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}
