/** A recording's file that comes slowly, or not to its end. */
import { readdir, readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { download } from "../../src/cli/account/download.ts";
import { enterFolder, terminal } from "../cli/folder.ts";
import { listening } from "../cli/stand-in.ts";

beforeEach(() => enterFolder({}));

async function served(answer: (response: ServerResponse) => Promise<void>): Promise<Response> {
  return fetch(await listening(createServer((_, response) => void answer(response))));
}

test("shows its progress after a second", async () => {
  const { out, read } = terminal();
  const response = await served(async (slow) => {
    slow.writeHead(200, { "Content-Length": 3_000_000 });
    slow.write(Buffer.alloc(1_500_000));
    await sleep(1700);
    slow.end(Buffer.alloc(1_500_000));
  });
  expect(await download(response, "a.wav", out, 5000)).toBe(3_000_000);
  expect(read()).toMatch(/^(\r\d\.\d of 3\.0 MB)+\n$/);
  expect(await readFile("a.wav")).toHaveLength(3_000_000);
});

test("ends if nothing comes any more, and leaves no file", async () => {
  const { out, read } = terminal();
  const response = await served(async (silent) => {
    silent.writeHead(200, { "Content-Length": 100 });
    silent.write("half");
  });
  await expect(download(response, "a.wav", out, 100)).rejects.toThrow(
    "The file broke off, and a.wav was not written.",
  );
  expect(read()).toBe("");
  expect(await readdir(".")).toEqual([]);
});

test("says why a file cannot be written", async () => {
  const { out } = terminal();
  const response = await served(async (quick) => void quick.end("sound"));
  await expect(download(response, "nowhere/a.wav", out, 100)).rejects.toThrow(
    "Cannot write nowhere/a.wav: ENOENT.",
  );
});
