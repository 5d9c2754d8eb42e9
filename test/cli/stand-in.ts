/** A stand-in for a running Worker, over HTTP. */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { onTestFinished } from "vitest";

/** What the stand-in's webhooks are signed with. */
export const TOKEN = "a token of the tests";

/** Answers by path, without the `<Response>` around them. */
export type Pages = Record<string, (params: Record<string, string>) => string>;

/**
 * A stand-in for a Worker: its address. It refuses what TOKEN did not sign.
 * @param conversation what development shows of a conversation; a deployed Worker shows none
 */
export async function worker(
  pages: Pages,
  flows: readonly string[] | null = ["front-desk"],
  conversation?: (request: IncomingMessage) => object,
): Promise<string> {
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    if (url === "/health") {
      response.setHeader("content-type", "application/json");
      const named = flows?.map((flow) => ({ flow, version: "0123456789" }));
      response.end(JSON.stringify({ status: "ok", flows: named }));
      return;
    }
    if (url.startsWith("/conversations/")) {
      response.statusCode = conversation ? 200 : 404;
      response.end(JSON.stringify(conversation?.(request) ?? {}));
      return;
    }
    if (url === "/audio/tone.3f9c1a2b.wav") {
      response.end(readFileSync(new URL("fixtures/audio/tone.wav", import.meta.url)));
      return;
    }
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const params = Object.fromEntries(new URLSearchParams(body));
      const signature = `${request.headers["x-twilio-signature"]}`;
      if (!validateRequest(TOKEN, signature, `http://${request.headers.host}${url}`, params)) {
        response.statusCode = 403;
        response.end("The signature does not fit.");
        return;
      }
      response.setHeader("content-type", "text/xml");
      response.end(`<Response>${pages[url]?.(params) ?? ""}</Response>`);
    });
  });
  return listening(server);
}

/** The address of a server that listens until the test's end. */
export async function listening(server: Server): Promise<string> {
  onTestFinished(() => {
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}
