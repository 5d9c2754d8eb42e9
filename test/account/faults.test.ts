/** Every command of the account while Twilio fails: a sentence, an exit code, nothing done twice, and no secret. */
import { beforeEach, describe, expect, test } from "vitest";
import { calls, hangup } from "../../src/cli/commands/account/calls.ts";
import { connect } from "../../src/cli/commands/account/connect.ts";
import { disconnect } from "../../src/cli/commands/account/disconnect.ts";
import { doctor } from "../../src/cli/commands/account/doctor.ts";
import { numbers } from "../../src/cli/commands/account/numbers.ts";
import {
  getRecordings,
  listRecordings,
  removeRecordings,
} from "../../src/cli/commands/account/recordings.ts";
import { sms } from "../../src/cli/commands/account/sms.ts";
import { saying } from "../cli/folder.ts";
import { worker } from "../cli/stand-in.ts";
import { said, withAccount } from "./support.ts";
import { type Fault, hasContract, type TwilioApi } from "./twilio-api.ts";
import { addCall, addNumber, addRecording } from "./twilio-records.ts";

const NUMBER = "+14155550100";
const ANSWER = 150;
const patience = { answer: ANSWER, pauses: [5, 5, 5], longest: 20 };
const yes = true;

let api: TwilioApi;
let url: string;
let call: string;
let recording: string;

beforeEach(async () => {
  if (!hasContract) return;
  patience.answer = ANSWER;
  api = await withAccount({ "flows/desk.yaml": saying("Hello.") });
  url = await worker({});
  addNumber(api, NUMBER, { voice_url: "https://ringflow.example.com/voice/desk" });
  call = addCall(api, { from: NUMBER, to: "+14155550111", status: "in-progress" }).sid;
  recording = addRecording(api, Buffer.from("sound")).sid;
});

type Command = (out: NodeJS.WritableStream) => Promise<number>;

/** Each command, the requests that it makes before it changes something, and what failing exits with. */
const COMMANDS: readonly [name: string, command: Command, reads: number, code: number][] = [
  ["numbers", (out) => numbers({ out, patience }), 0, 2],
  ["connect", (out) => connect(NUMBER, "desk", { out, patience, url, yes }), 2, 2],
  ["disconnect", (out) => disconnect(NUMBER, { out, patience, yes }), 2, 2],
  ["doctor", (out) => doctor({ out, patience, url }), 0, 1],
  ["calls", (out) => calls({ out, patience, live: true }), 0, 2],
  ["hangup", (out) => hangup(call, { out, patience, yes }), 1, 2],
  ["sms", (out) => sms("+14155550111", "Hello.", { out, patience, from: NUMBER, yes }), 1, 2],
  ["recordings list", (out) => listRecordings({ out, patience }), 0, 2],
  ["recordings get", (out) => getRecordings([recording], { out, patience, format: "mp3" }), 0, 2],
  ["recordings rm", (out) => removeRecordings([recording], { out, patience, yes }), 1, 2],
];

const FAULTS: readonly [string, Fault][] = [
  ["answers 429", { fails: "status", status: 429, retryAfter: 0 }],
  ["answers 503", { fails: "status", status: 503 }],
  ["is silent", { fails: "hang" }],
  ["breaks off", { fails: "half" }],
  ["is another server", { fails: "not-json" }],
];

const writes = (): number => api.requests.filter(({ method }) => method !== "GET").length;

describe.runIf(hasContract).each(FAULTS)("if Twilio %s", (_, fault) => {
  test.each(COMMANDS)("ringflow %s ends in a sentence", async (_name, command, _reads, code) => {
    api.faults.push(...Array<Fault>(60).fill(fault));
    // Nothing will come, so nothing is lost by waiting less.
    if (fault.fails === "hang") patience.answer = 20;
    const result = await said(command);
    expect(result.code).toBe(code);
    expect(result.text.trimEnd()).toMatch(/[.)]$|\d{5}$/);
    expect(result.text).not.toMatch(/undefined|\[object|\n\s+at /);
    expect(writes()).toBe(0);
  });

  const changing = COMMANDS.filter(([, , reads]) => reads > 0);

  test.each(changing)("ringflow %s changes nothing a second time", async (_name, command, reads) => {
    const acting: Fault = fault.fails === "status" ? fault : { ...fault, acts: true };
    api.faults.push(...Array<undefined>(reads).fill(undefined), acting);
    await said(command);
    expect(writes()).toBe(1);
    expect(api.messages.size).toBeLessThanOrEqual(1);
  });
});
