/**
 * Placing calls. Off unless CALLS_TOKEN is set; its bearer may
 *
 * | request                       | does                                                                |
 * |-------------------------------|---------------------------------------------------------------------|
 * | POST /calls/<flow>            | places a call that begins in the flow                               |
 * | PUT  /calls/<flow>/<CallSid>  | moves a call in progress to the flow, or to a step of it            |
 */
import { convert, jsonIn } from "../engine/values.ts";
import { isMap } from "../program/is-map.ts";
import type { Json, Program } from "../program/program.ts";
import { bears } from "./bearer.ts";
import type { Deps } from "./deps.ts";
import { MOST_URL, splitUrl } from "./links.ts";
import type { Order } from "./outbound.ts";
import { currentVersion } from "./publishing.ts";
import { problem } from "./reply.ts";
import { type Start, sealStart } from "./start.ts";
import { accountOf, redirectCall } from "./twilio.ts";

type Body = { [key: string]: Json };

/** Handles a request; undefined if there is no such path, or no CALLS_TOKEN. */
export async function handleCalls(deps: Deps, request: Request, path: string): Promise<Response | undefined> {
  const [, , flow = "", sid] = path.split("/");
  const { callsToken, accountSid = "" } = deps;
  if (!callsToken || request.method !== (sid ? "PUT" : "POST")) return undefined;
  if (!bears(callsToken, request))
    return problem(401, "unauthorized", "Send `Authorization: Bearer` with CALLS_TOKEN.");
  const account = accountOf(deps, accountSid);
  if (!accountSid || !account || !deps.outbound)
    return problem(
      501,
      "not-set",
      "Set TWILIO_ACCOUNT_SID, a secret of the account, and OUTBOUND in wrangler.toml.",
    );
  const body = jsonIn(await request.text());
  if (!isMap(body)) return problem(400, "body", "The body must be a JSON object.");
  const { program } = await currentVersion(deps, flow, String(body.to), Date.now());
  if (!program || program.isPart) return problem(404, "flow", `Unknown flow "${flow}".`);
  const start: Start = { step: textIn(body.step), set: isMap(body.set) ? body.set : {} };
  const fault = faultIn(program, body, sid ? MOVING : PLACING);
  if (fault) return problem(400, fault, `The value of \`${fault}\` is not one that this flow takes.`);
  const base = deps.publicUrl ?? splitUrl(request.url)[0];
  const voice = `${base}/voice/${flow}?t=`;
  const url = voice + (await sealStart(deps.sealing, flow, start));
  if (url.length > MOST_URL) return problem(400, "set", "The values of `set` are too long.");
  if (sid) {
    const refused = await redirectCall(deps.web, account, sid, url);
    return refused ? problem(502, `twilio-${refused.code}`, refused.message) : Response.json({ sid });
  }
  const key = request.headers.get("Idempotency-Key") ?? "";
  if (!/^[!-~]{1,255}$/.test(key)) return problem(400, "key", "Send an `Idempotency-Key` of your own.");
  const ticket = url.slice(voice.length);
  const machine = await sealStart(deps.sealing, flow, { ...start, step: program.onMachine });
  const form = new URLSearchParams({
    To: String(body.to),
    From: String(body.from),
    Url: url,
    StatusCallback: `${base}/status/${flow}?t=${ticket}`,
    ...(body.machine && { MachineDetection: body.machine === "detect" ? "Enable" : "DetectMessageEnd" }),
    ...(body.async && { AsyncAmd: "true", AsyncAmdStatusCallback: `${base}/machine/${flow}?t=${machine}` }),
  });
  const order: Order = { key, form: form.toString() };
  return deps.outbound(flow).fetch("https://outbound/", { method: "POST", body: JSON.stringify(order) });
}

type Check = (value: Json | undefined, program: Program, body: Body) => boolean;

const textIn = (value: Json | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

const set: Check = (value = {}, { takes = [], variables }) =>
  isMap(value) &&
  Object.entries(value).every(([name, one]) => {
    const variable = takes.includes(name) && variables[name];
    return variable && convert(variable, one) !== undefined;
  });

const MOVING: Readonly<Record<string, Check>> = {
  step: (value, { steps }) => value === undefined || Object.hasOwn(steps, String(value)),
  set,
};

const PLACING: Readonly<Record<string, Check>> = {
  to: (value, { allow = "(?!)" }) => RegExp(`^(?:${allow})$`).test(String(value)),
  from: (value) => /^\+[1-9]\d{6,14}$/.test(String(value)),
  set,
  machine: (value = "detect") => value === "detect" || value === "message-end",
  async: (value = false, { onMachine }, { machine }) =>
    value === false || (value === true && onMachine !== undefined && machine !== undefined),
};

/** The first field that is unknown or has a wrong value; undefined if all are right. */
function faultIn(program: Program, body: Body, checks: Readonly<Record<string, Check>>): string | undefined {
  return (
    Object.keys(body).find((field) => !Object.hasOwn(checks, field)) ??
    Object.keys(checks).find((field) => !checks[field]?.(body[field], program, body))
  );
}
