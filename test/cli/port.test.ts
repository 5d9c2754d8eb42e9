import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { freePort } from "../../src/cli/local/port.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Listens on a port that the system chooses; on every address if none is named. */
async function occupy(host?: string): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

describe("freePort", () => {
  test.each(["127.0.0.1", "0.0.0.0", "every address"])("continues from a port taken on %s", async (host) => {
    const taken = await occupy(host === "every address" ? undefined : host);
    const free = await freePort(taken);
    expect(free).toBeGreaterThan(taken);
    expect(await freePort(free)).toBe(free);
  });

  test("says so if no nearby port is free", async () => {
    await expect(freePort(65_536)).rejects.toThrow(/No port .* is free.*--port/);
  });
});
