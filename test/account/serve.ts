/** A Worker over HTTP, for commands that ask it. */
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import type { Line } from "../worker/support.ts";

/** Serves a Worker for the running test; returns its URL. */
export async function serve(line: Line): Promise<string> {
  const server = createServer(async (request, response) => {
    const { method = "", headers } = request;
    const body = method === "GET" ? null : await buffer(request);
    const answer = await line.fetch(
      new Request(`http://${headers.host}${request.url}`, {
        method,
        body,
        headers: Object.entries(headers).map(([k, v]) => [k, `${v}`]),
      }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}
