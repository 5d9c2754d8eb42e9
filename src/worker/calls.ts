/**
 * Placing calls. Off unless CALLS_TOKEN is set; its bearer may
 *
 * | request                       | does                                                                |
 * |-------------------------------|---------------------------------------------------------------------|
 * | POST /calls/<flow>            | places a call that begins in the flow                               |
 * | PUT  /calls/<flow>/<CallSid>  | moves a call in progress to the flow, or to a step of it            |
 */
import { convert } from "../engine/values.ts";
import { isMap } from "../program/is-map.ts";
import type { Json, Program } from "../program/program.ts";
import { handOver, readAsked } from "./asked.ts";
import type { Deps } from "./deps.ts";
import { baseOf, MOST_URL } from "./links.ts";
import { currentVersion } from "./publishing.ts";
import { problem } from "./reply.ts";
import { type Start, sealStart } from "./start.ts";
import { redirectCall } from "./twilio.ts";

type Body = { [key: string]: Json };

/** Handles a request; undefined if there is no such path, or no CALLS_TOKEN. */
export async function handleCalls(deps: Deps, request: Request, path: string): Promise<Response | undefined> {
  const [, , flow = "", sid] = path.split("/");
  if (!deps.callsToken || request.method !== (sid ? "PUT" : "POST")) return undefined;
  const asked = await readAsked(deps, request);
  if (asked instanceof Response) return asked;
  const { account, body } = asked;
  const { program } = await currentVersion(deps, flow, String(body.to), Date.now());
  if (!program || program.isPart) return problem(404, "flow", `Unknown flow "${flow}".`);
  const start: Start = { step: textIn(body.step), set: isMap(body.set) ? body.set : {} };
  const fault = faultIn(program, body, sid ? MOVING : PLACING);
  if (fault) return problem(400, fault.field, fault.message);
  const base = baseOf(deps, request);
  const voice = `${base}/voice/${flow}?t=`;
  const url = voice + (await sealStart(deps.sealing, flow, start));
  if (url.length > MOST_URL) return problem(400, "set", "The values of `set` are too long.");
  if (sid) {
    const refused = await redirectCall(deps.web, account, sid, url);
    return refused ? problem(502, `twilio-${refused.code}`, refused.message) : Response.json({ sid });
  }
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
  return handOver(deps, request, flow, "Calls", form);
}

/** What a field of the body may be. */
interface Check {
  accepts(value: Json | undefined, program: Program, body: Body): boolean;
  /** What to say about another value. */
  message(program: Program): string;
}

const textIn = (value: Json | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

const set: Check = {
  accepts: (value = {}, { takes = [], variables }) =>
    isMap(value) &&
    Object.entries(value).every(([name, one]) => {
      const variable = takes.includes(name) && variables[name];
      return variable && convert(variable, one) !== undefined;
    }),
  message: ({ takes = [] }) =>
    takes.length === 0
      ? "This flow takes no variables, so leave out `set`."
      : `\`set\` can have these variables only, with values of their types: ${takes.join(", ")}.`,
};

const MOVING: Readonly<Record<string, Check>> = {
  step: {
    accepts: (value, { steps }) => value === undefined || Object.hasOwn(steps, String(value)),
    message: () => "The value of `step` is not a step of this flow.",
  },
  set,
};

const PLACING: Readonly<Record<string, Check>> = {
  to: {
    accepts: (value, { allow = "(?!)" }) => RegExp(`^(?:${allow})$`).test(String(value)),
    message: ({ allow }) =>
      allow === undefined
        ? "This flow has no `allow`, so it cannot call anyone. List there the countries and numbers that it can call."
        : "The number in `to` does not match the flow's `allow`.",
  },
  from: {
    accepts: (value) => /^\+[1-9]\d{6,14}$/.test(String(value)),
    message: () => "`from` must be a number of the account, such as +14155550100.",
  },
  set,
  machine: {
    accepts: (value = "detect") => value === "detect" || value === "message-end",
    message: () => "`machine` must be `detect` or `message-end`.",
  },
  async: {
    accepts: (value = false, { onMachine }, { machine }) =>
      value === false || (value === true && onMachine !== undefined && machine !== undefined),
    message: ({ onMachine }) =>
      onMachine === undefined
        ? "`async` needs a flow with `onMachine`."
        : "`async` must be true or false, and needs `machine`.",
  },
};

/** The first field that is unknown or has a wrong value, with what to say; undefined if all are right. */
function faultIn(
  program: Program,
  body: Body,
  checks: Readonly<Record<string, Check>>,
): { field: string; message: string } | undefined {
  const unknown = Object.keys(body).find((field) => !Object.hasOwn(checks, field));
  if (unknown !== undefined) return { field: unknown, message: `Unknown field \`${unknown}\`.` };
  const wrong = Object.entries(checks).find(([field, { accepts }]) => !accepts(body[field], program, body));
  return wrong && { field: wrong[0], message: wrong[1].message(program) };
}
