/** The forms of a URL at which a call begins. */
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { createApp } from "../../src/worker/app.ts";
import { get, HOST, type Line, line, webhook } from "./support.ts";

const missing = () => Promise.reject(new Error('No such module "outgoing.js".'));

async function expectMenu(fetch: (request: Request) => Response | Promise<Response>, path: string) {
  for (const request of [webhook(path), get(path)])
    expect(await (await fetch(request)).text()).toContain("Press 1, 2 or 3.");
}

test.each(["/voice/desk", "/voice/desk/", "/voice/desk?line=1", "/voice/desk/?line=1"])(
  "a call begins at %s without the second module",
  (path) => expectMenu(line({ outgoing: missing }).fetch, path),
);

const SERVED: [string, (app: Line) => (request: Request) => Response | Promise<Response>][] = [
  ["the Worker", (app) => app.fetch],
  ["a Hono app that mounts the routes", ({ deps }) => new Hono().route("/", createApp(deps)).fetch],
];

describe.each(SERVED)("in %s, a call begins at", (_, fetchOf) => {
  test.each(["/voice/desk", "/voice/desk?line=1", "/voice/de%73k", "/voic%65/desk"])("%s", (path) =>
    expectMenu(fetchOf(line()), path),
  );

  test.each([
    "//voice/desk",
    "/VOICE/desk",
    "/voice",
    "/voice/",
    "/voice/desk//",
    "/voice/desk/menu",
    "/?x=/voice/desk",
  ])("no other path, such as %s", async (path) => {
    expect((await fetchOf(line())(webhook(path))).status).toBe(404);
  });

  test.each([
    ["HEAD", 403],
    ["PUT", 404],
  ])("such a URL, but not by %s", async (method, status) => {
    const response = await fetchOf(line())(new Request(`${HOST}/voice/desk`, { method }));
    expect(response.status).toBe(status);
  });
});
