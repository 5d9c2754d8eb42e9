/** A port to listen on. */
import { createServer } from "node:net";
import { Problem } from "../problem.ts";

/** The default port of `npm start` and `ringflow call`. */
export const PORT = 8787;

/** How many ports are tried. */
const TRIES = 20;

// Another program may listen on one of these addresses only, and some systems then let two programs share a port.
const ADDRESSES = ["127.0.0.1", "::1", "0.0.0.0", "::"];

/**
 * The first free port from `wanted` on.
 * @throws Problem if there is none nearby, or the system does not allow it
 */
export async function freePort(wanted: number): Promise<number> {
  const last = Math.min(wanted + TRIES - 1, 65_535);
  for (let port = wanted; port <= last; port++) {
    if (await isFree(port)) return port;
  }
  throw new Problem(
    `No port from ${wanted} to ${last} is free. Choose another: npx ringflow start --port 9000`,
  );
}

async function isFree(port: number): Promise<boolean> {
  for (const address of ADDRESSES) {
    const code = await tryToListen(port, address);
    if (code === "EACCES")
      throw new Problem(`Port ${port} needs administrator rights. Choose one above 1023.`);
    if (code === "EADDRINUSE") return false;
  }
  return true;
}

/** Listens for a moment. Resolves with the error's code if that failed, such as EADDRINUSE. */
function tryToListen(port: number, address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    server.listen({ port, host: address, ipv6Only: address === "::" }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}
