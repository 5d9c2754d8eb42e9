/** Messages that were spoken into the page, and the URLs by which a flow plays them back. */
import { expect, test } from "vitest";
import { newVoiceMessages } from "../../../src/phone/page/call/messages.ts";

const SID = `RE${"0a".repeat(16)}`;
const TWILIOS = `https://api.twilio.com/2010-04-01/Accounts/AC${"0".repeat(32)}/Recordings/${SID}`;

test.each([
  TWILIOS,
  `${TWILIOS}.mp3`,
  `${TWILIOS}.wav`,
  `http://localhost:8787/recordings/${SID}?key=abc`,
  `http://localhost:8787/recordings/${SID}.wav?key=abc`,
])("a spoken message is played for %s", (url) => {
  const messages = newVoiceMessages();
  messages.spoken("blob:1");
  expect(messages.named(TWILIOS)).toBe("blob:1");
  expect(messages.find(url)).toBe("blob:1");
  expect(messages.find(url.replace("RE0a", "RE0b"))).toBe(url.replace("RE0a", "RE0b"));
});
