/** Random callers of a Worker that is reached over HTTP, one call after the other. */

import { type Random, randomFrom } from "../../src/cli/play/fuzz/random.ts";
import { startCall } from "../../src/phone/carrier.ts";
import { type Line, simulatedClock } from "../../src/phone/leg/line.ts";
import { webSigner } from "../../src/phone/leg/signature.ts";
import { TEXTS } from "../bench/webhooks.ts";
import { randomCaller } from "../chaos/caller.ts";
import { faultsOf } from "../chaos/checks.ts";
import type { ShippedFlow } from "../chaos/shipped.ts";

/** What the callers have seen. */
export interface Soaked {
  calls: number;
  webhooks: number;
  /** What was wrong, and how often. */
  errors: Map<string, number>;
  /** Milliseconds of each webhook. */
  times: number[];
}

/** Calls until a moment, in milliseconds of `performance.now`. */
export async function callUntil(
  until: number,
  port: number,
  flows: readonly ShippedFlow[],
  seed: string,
  soaked: Soaked,
): Promise<void> {
  const random = randomFrom(seed);
  for (let call = 0; performance.now() < until; call++) {
    const flow = random.any(flows);
    if (!flow) throw new Error("no flows are shipped");
    await callOnce(port, flow, random, `${seed}:${call}`, soaked);
    soaked.calls++;
  }
}

async function callOnce(
  port: number,
  flow: ShippedFlow,
  random: Random,
  seed: string,
  soaked: Soaked,
): Promise<void> {
  const host = `http://127.0.0.1:${port}`;
  const report = (fault: string): void => {
    soaked.errors.set(fault, (soaked.errors.get(fault) ?? 0) + 1);
  };
  const { name } = flow.flow;
  const call = startCall(
    lineTo(host, flow, soaked, report),
    {
      url: `${host}/voice/${name}`,
      statusUrl: `${host}/status/${name}`,
      from: `+1415555${random.int(1000, 9999)}`,
      to: "+14155550100",
      seed,
    },
    randomCaller(random, {
      moment: (moment) => {
        if (moment.kind === "problem") report(`${name}: <${moment.element}>: ${moment.message}`);
      },
      keys: () => undefined,
      hangUp: () => call.hangUp(),
    }),
  );
  await call.ended;
}

function lineTo(host: string, flow: ShippedFlow, soaked: Soaked, report: (fault: string) => void): Line {
  const send: Line["send"] = async (address, init) => {
    const xml = { headers: { "content-type": "text/xml" } };
    if (!address.startsWith(`${host}/`)) return new Response("<Response/>", xml);
    const began = performance.now();
    const response = await fetch(address, init);
    const body = await response.text();
    const took = performance.now() - began;
    soaked.webhooks++;
    soaked.times.push(took);
    const type = response.headers.get("content-type") ?? "";
    const url = new URL(address);
    for (const fault of faultsOf({ url, status: response.status, type, body, took }, flow)) report(fault);
    const { status } = response;
    return new Response(status === 204 ? null : body, { ...xml, status });
  };
  return {
    send,
    sign: webSigner(TEXTS.TWILIO_AUTH_TOKEN),
    accountSid: `AC${"0".repeat(32)}`,
    clock: simulatedClock(Date.now()),
  };
}
