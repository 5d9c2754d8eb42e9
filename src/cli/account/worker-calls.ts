/** The Worker's endpoint that places and moves calls. */
import { isMap } from "../../program/is-map.ts";
import { Problem } from "../problem.ts";
import { workerVariables } from "../project/variables.ts";

/** A request that the Worker has accepted: what it answers. */
export type Answer = Readonly<Record<string, unknown>>;

/** The endpoint of a Worker. */
export interface WorkerCalls {
  url: string;
  /** @throws Problem in the Worker's words, with what to do */
  place(flow: string, body: object, key: string): Promise<Answer>;
  move(flow: string, sid: string, body: object): Promise<Answer>;
}

/**
 * Connects to a Worker.
 * @param to its URL; PUBLIC_URL if omitted
 * @throws Problem if the URL or the token is missing
 */
export async function workerCallsAt(to: string | undefined): Promise<WorkerCalls> {
  const { PUBLIC_URL = "", ...variables } = await workerVariables();
  const url = (to ?? PUBLIC_URL).replace(/\/+$/, "");
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new Problem(
      "Name the Worker with --url https://…, or set PUBLIC_URL in wrangler.toml under [vars].",
    );
  const token = process.env.CALLS_TOKEN ?? variables.CALLS_TOKEN ?? "";
  if (token === "") throw new Problem(NO_TOKEN);
  const ask = asking(url, token);
  return {
    url,
    place: (flow, body, key) => ask("POST", flow, body, key),
    move: (flow, sid, body) => ask("PUT", `${flow}/${sid}`, body),
  };
}

const NO_TOKEN =
  "CALLS_TOKEN is not set here. Choose a long random one, set it for the Worker with `npx wrangler secret put CALLS_TOKEN`, " +
  "and as an environment variable here or in .dev.vars.";

function asking(url: string, token: string) {
  return async (method: string, path: string, body: object, key?: string): Promise<Answer> => {
    const headers = {
      Authorization: `Bearer ${token}`,
      ...(key !== undefined && { "Idempotency-Key": key }),
    };
    const init = { method, headers, body: JSON.stringify(body), signal: AbortSignal.timeout(60_000) };
    const response = await fetch(`${url}/calls/${path}`, init).catch(() => undefined);
    if (!response) throw new Problem(`The Worker at ${url} does not answer.${again(key)}`);
    const text = await response.text();
    const answer: unknown = text.startsWith("{") ? JSON.parse(text) : {};
    if (response.ok && isMap(answer)) return answer;
    if (response.status === 404 && !text.startsWith("{"))
      throw new Problem(`${url} places no calls. ${NO_SECRET}`);
    throw new Problem(
      `The Worker refused: ${wordsOf(answer, response)}${response.status > 400 ? again(key) : ""}`,
    );
  };
}

const NO_SECRET = "Deploy this version, and set its secret: npx wrangler secret put CALLS_TOKEN";

function wordsOf(answer: unknown, { status }: Response): string {
  const error = isMap(answer) && isMap(answer.error) ? answer.error : {};
  return typeof error.message === "string" && error.message !== "" ? error.message : `HTTP ${status}.`;
}

// With the same key, a call that was placed all the same is not placed again.
function again(key: string | undefined): string {
  return key === undefined ? "" : ` To try again without a second call, add --key ${key}`;
}
