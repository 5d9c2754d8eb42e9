/**
 * Keeps a server busy: 16 kept-alive connections, each with one request on its way. Requests are bytes made
 * beforehand and answers are hardly looked at, so that this process costs little beside the server's own work.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

const CONNECTIONS = 16;
const HEAD_END = "\r\n\r\n";

/** An answer: its head, and its body as text. */
export interface Answer {
  head: string;
  body: string;
}

/**
 * Sends requests over and over.
 * @param busy milliseconds
 * @returns answers a second
 * @throws Error where an answer is not 200
 */
export async function requestsPerSecond(
  port: number,
  requests: readonly Buffer[],
  busy: number,
): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => dial(port)));
  const began = performance.now();
  const counts = await Promise.all(
    sockets.map((socket, index) => drive(socket, requests, index, began + busy)),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const socket of sockets) socket.destroy();
  return counts.reduce((sum, count) => sum + count, 0) / seconds;
}

/** Sends one request on a connection of its own. */
export async function ask(port: number, request: Buffer): Promise<Answer> {
  const socket = await dial(port);
  const answer = await exchange(socket, request);
  socket.destroy();
  const end = answer.indexOf(HEAD_END);
  return { head: answer.toString("latin1", 0, end), body: answer.toString("utf8", end + HEAD_END.length) };
}

async function dial(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return socket;
}

async function drive(
  socket: Socket,
  requests: readonly Buffer[],
  first: number,
  until: number,
): Promise<number> {
  let count = 0;
  for (let next = first; performance.now() < until; next++) {
    const request = requests[next % requests.length];
    if (!request) throw new Error("there is nothing to send");
    const answer = await exchange(socket, request);
    if (answer.toString("latin1", 9, 12) !== "200") throw new Error(`answered with ${answer}`);
    count++;
  }
  return count;
}

/** Sends a request and gathers its answer, up to the length that its head tells. */
function exchange(socket: Socket, request: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let answer: Buffer = Buffer.alloc(0);
    const done = (): void => {
      socket.off("data", take).off("error", reject).off("close", lost);
    };
    const take = (chunk: Buffer): void => {
      answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk]);
      if (answer.length < lengthOf(answer)) return;
      done();
      resolve(answer);
    };
    const lost = (): void => reject(new Error("the server closed the connection"));
    socket.on("data", take).on("error", reject).on("close", lost);
    socket.write(request);
  });
}

/** What an answer comes to as a whole, in bytes; Infinity until its head is there. */
function lengthOf(answer: Buffer): number {
  const end = answer.indexOf(HEAD_END);
  if (end < 0) return Number.POSITIVE_INFINITY;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.toString("latin1", 0, end))?.[1];
  if (length === undefined) throw new Error("an answer without a Content-Length");
  return end + HEAD_END.length + Number(length);
}
