/**
 * The admin endpoint, which `ringflow publish` and its siblings use. It is off unless ADMIN_TOKEN is set.
 *
 * | request                              | does                                                             |
 * |--------------------------------------|------------------------------------------------------------------|
 * | GET  /admin/flows/<flow>             | the bundled version, the pointer, its history, calls by version  |
 * | PUT  /admin/flows/<flow>             | moves the pointer, if it is still the one that `expect` names    |
 * | GET  /admin/programs/<flow>/<hash>   | a Program                                                        |
 * | PUT  /admin/programs/<flow>/<hash>   | writes a Program into KV                                         |
 */
import { isHash } from "../program/hash.ts";
import { messageOf } from "../program/message-of.ts";
import type { Program } from "../program/program.ts";
import { findVersion, programKey, readProgram } from "./archive.ts";
import { isAdmin } from "./bearer.ts";
import type { Deps, Publishing } from "./deps.ts";
import type { Move } from "./pointers.ts";
import { refuse } from "./reply.ts";
import { replace } from "./store.ts";
import { NOT_WANTED, readWanted } from "./wanted.ts";

/** Handles a request; undefined if there is no such path, or no ADMIN_TOKEN. */
export async function handleAdmin(deps: Deps, request: Request, path: string): Promise<Response | undefined> {
  const [, , what, flow = "", hash = ""] = path.split("/");
  const isThere = what === "flows" || (what === "programs" && isHash(hash));
  if (!isThere || flow === "" || !deps.adminToken) return undefined;
  if (!isAdmin(deps, request)) return refuse(401, "Send `Authorization: Bearer` with ADMIN_TOKEN.");
  const handle = HANDLERS[`${request.method} ${what}`];
  if (!handle) return refuse(405, "The methods of this path are GET and PUT.");
  const { publishing } = deps;
  if (!publishing)
    return refuse(501, "Publishing needs POINTERS in wrangler.toml, under [[durable_objects.bindings]].");
  try {
    return await handle({ ...deps, publishing }, request, flow, hash);
  } catch (error) {
    return refuse(503, `The Durable Object of the flow "${flow}" does not answer: ${messageOf(error)}.`);
  }
}

type AdminDeps = Deps & { publishing: Publishing };
type Handler = (deps: AdminDeps, request: Request, flow: string, hash: string) => Promise<Response>;

const HANDLERS: Readonly<Record<string, Handler>> = {
  "GET flows": async (deps, _request, flow) => ask(deps, flow),
  "PUT flows": move,
  async "GET programs"(deps, _request, flow, hash) {
    const { program, store } = await findVersion(deps, flow, hash, Date.now());
    return program ? Response.json(program) : unread(flow, hash, store);
  },
  async "PUT programs"(deps, request, flow, hash) {
    const program = readProgram(await request.text(), flow, hash);
    if (!program)
      return refuse(400, "This Worker does not run this Program. Deploy the same version of Ringflow.");
    const missing = program.functions?.find((name) => !deps.functions?.[name]);
    if (missing) return refuse(400, `This Worker has no function ${missing}(). Deploy first.`);
    return (await keep(deps, program)) ?? new Response(null, { status: 204 });
  },
};

async function ask(
  { programs, publishing }: AdminDeps,
  flow: string,
  init?: { method: string; body: string },
): Promise<Response> {
  const answer = await publishing.object(flow).fetch("https://pointers/", init);
  const published: object = await answer.json();
  return Response.json({ bundled: programs.get(flow)?.hash ?? "", ...published }, { status: answer.status });
}

async function move(deps: AdminDeps, request: Request, flow: string): Promise<Response> {
  const wanted = readWanted(await request.text());
  if (!wanted) return refuse(400, NOT_WANTED);
  const { expect, hash, canary, change } = wanted;
  for (const one of new Set([hash, canary?.hash ?? hash])) {
    const { program, store } = await findVersion(deps, flow, one, Date.now());
    if (!program) return unread(flow, one, store);
    const failure = await keep(deps, program);
    if (failure) return failure;
  }
  const over = deps.programs.get(flow)?.hash ?? "";
  const moved: Move = {
    expect,
    pointer: { over, hash, canary },
    change: { ...change, at: new Date().toISOString() },
  };
  const body = JSON.stringify(moved);
  return ask(deps, flow, { method: "PUT", body });
}

// Without an expiry: a published version can be live for longer than KV has those of earlier deploys.
async function keep({ store }: Deps, program: Program): Promise<Response | undefined> {
  const { store: why } = await replace(
    store,
    programKey(program.flow, program.hash),
    JSON.stringify(program),
  );
  return why === undefined ? undefined : refuse(503, why);
}

function unread(flow: string, hash: string, store: string | undefined): Response {
  return refuse(404, store ?? `The version ${hash} of ${flow} is neither bundled nor in KV.`);
}
