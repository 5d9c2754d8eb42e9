/** Signed webhooks as bytes on the wire, made before anything is measured. */
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";

/** The auth token that signs them. */
const TOKEN = "a token of the benchmarks";
/** The Worker's text variables that go with it. */
export const TEXTS = {
  TWILIO_AUTH_TOKEN: TOKEN,
  BILLING_NUMBER: "+14155550120",
  TECHNICIAN_NUMBER: "+14155550131",
  SUPERVISOR_NUMBER: "+14155550132",
};
/** The Worker is told this name in the Host header, whatever port it has. */
const HOST = "phone.example.com";

const STANDARD = {
  AccountSid: "AC00000000000000000000000000000001",
  ApiVersion: "2010-04-01",
  Called: "+14155550100",
  CalledCity: "SAN FRANCISCO",
  CalledCountry: "US",
  CalledState: "CA",
  CalledZip: "94105",
  Caller: "+14155550111",
  CallerCity: "OAKLAND",
  CallerCountry: "US",
  CallerState: "CA",
  CallerZip: "94601",
  CallStatus: "in-progress",
  Direction: "inbound",
  From: "+14155550111",
  FromCity: "OAKLAND",
  FromCountry: "US",
  FromState: "CA",
  FromZip: "94601",
  To: "+14155550100",
  ToCity: "SAN FRANCISCO",
  ToCountry: "US",
  ToState: "CA",
  ToZip: "94105",
};

/** A webhook of a call, from the request line to the last parameter. */
export function webhook(path: string, call: string, params: Readonly<Record<string, string>> = {}): Buffer {
  const all = { CallSid: call, ...STANDARD, ...params };
  const body = new URLSearchParams(all).toString();
  const lines = [
    `POST ${path} HTTP/1.1`,
    `Host: ${HOST}`,
    "User-Agent: TwilioProxy/1.1",
    "Accept: */*",
    "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Twilio-Signature: ${getExpectedTwilioSignature(TOKEN, `http://${HOST}${path}`, all)}`,
    "I-Twilio-Idempotency-Token: 1c2d3e4f-0000-4000-8000-000000000001",
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`);
}

/** The n-th call's CallSid. */
export function callSid(n: number): string {
  return `CA${n.toString(16).padStart(32, "0")}`;
}
