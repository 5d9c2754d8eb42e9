/** From what is asked for a call to the order that places it: the flow's version, the fields, and Twilio's form. */
import { isMap } from "../program/is-map.ts";
import type { Json } from "../program/json.ts";
import type { Program } from "../program/program.ts";
import { toBase64Url } from "./base64.ts";
import { type Body, faultIn, PLACING } from "./call-fields.ts";
import type { Deps } from "./deps.ts";
import type { Order } from "./journal.ts";
import { MOST_URL } from "./links.ts";
import { currentVersion } from "./publishing.ts";
import { problem } from "./reply.ts";
import { MOVED, type Start, sealStart } from "./start.ts";

/** The order of a call without its key; or what is wrong with what is asked. */
export async function callOrder(
  deps: Deps,
  base: string,
  flow: string,
  body: Body,
): Promise<Omit<Order, "key"> | Response> {
  const program = await programOf(deps, flow, body);
  if (program instanceof Response) return program;
  const fault = faultIn(program, body, PLACING);
  if (fault) return problem(400, fault.field, fault.message);
  const start: Start = { set: setIn(body) };
  const ticket = await sealStart(deps.sealing, flow, start);
  const url = `${base}/voice/${flow}?t=${ticket}`;
  if (url.length > MOST_URL) return tooLong();
  const machine = await sealStart(deps.sealing, flow, {
    ...start,
    step: program.onMachine,
    rev: MOVED,
  });
  const form = new URLSearchParams({
    To: String(body.to),
    From: String(body.from),
    Url: url,
    StatusCallback: `${base}/status/${flow}?t=${ticket}`,
    ...(body.machine && { MachineDetection: body.machine === "detect" ? "Enable" : "DetectMessageEnd" }),
    ...(body.async && { AsyncAmd: "true", AsyncAmdStatusCallback: `${base}/machine/${flow}?t=${machine}` }),
  });
  return { resource: "Calls", form: form.toString(), asked: await askedFor(flow, body) };
}

/** The version that answers the number, or what is wrong with the flow. */
export async function programOf(deps: Deps, flow: string, { to }: Body): Promise<Program | Response> {
  const { program } = await currentVersion(deps, flow, String(to), Date.now());
  return program && !program.isPart ? program : problem(404, "flow", `Unknown flow "${flow}".`);
}

/** The values of variables. */
export const setIn = ({ set }: Body): Body => (isMap(set) ? set : {});

/** Says that no URL holds these values. */
export function tooLong(): Response {
  return problem(400, "set", "The values of `set` are too long.");
}

/**
 * A digest of what was asked, to know the same request again. The form does not serve for it: another secret seals the
 * same values into another ticket.
 */
async function askedFor(flow: string, body: Body): Promise<string> {
  const { to, from, machine = "", async = false } = body;
  const set = Object.entries(setIn(body)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const asked: Json = [flow, to ?? "", from ?? "", machine, async, set];
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(asked)));
  return toBase64Url(new Uint8Array(digest));
}
