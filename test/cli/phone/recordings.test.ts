/** Recordings in development: every one is a tone, for a Worker that has the secret. */
import { expect, test } from "vitest";
import { placedCalls } from "../../../src/cli/phone/placed-calls.ts";
import { answerRest } from "../../../src/cli/phone/rest-api.ts";
import { measure } from "../../../src/cli/project/measure.ts";

const PATH = `/2010-04-01/Accounts/AC${"0".repeat(32)}/Recordings/RE${"1".repeat(32)}`;
const calls = placedCalls({ changed: () => undefined, unanswered: () => undefined });

function ask(path: string, secret: string, method = "GET") {
  const authorization = `Basic ${btoa(`AC1:${secret}`)}`;
  return answerRest(
    { calls, messages: [], secrets: () => ["token"], say: () => undefined },
    { method, path, parameters: {}, authorization },
  );
}

test.each(["", ".mp3", ".wav"])("a recording%s is a second long", async (ending) => {
  const { status, body } = ask(PATH + ending, "token");
  if (!Buffer.isBuffer(body)) throw new Error("this is not a file");
  expect(status).toBe(200);
  expect(await measure(body, "wav")).toMatchObject({ seconds: 1 });
});

test("a recording is not for another secret, and its other resources are not there", () => {
  expect(ask(PATH, "other").status).toBe(401);
  expect(ask(`${PATH}/Transcriptions`, "token").status).toBe(404);
  expect(ask(PATH, "token", "DELETE").status).toBe(404);
});

test.each(["IncomingPhoneNumbers", "Recordings"])("the list of %s is empty", (name) => {
  const { status, body } = ask(`/2010-04-01/Accounts/AC${"0".repeat(32)}/${name}.json`, "token");
  expect({ status, body }).toMatchObject({ status: 200, body: { page: 0, next_page_uri: null } });
  expect(Object.values(body)).toContainEqual([]);
});
