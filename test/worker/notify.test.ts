/** A recording's `notify`: Twilio's callbacks may come late, twice or never. */
import { describe, expect, test } from "vitest";
import { finish, useFalseTime } from "./false-time.ts";
import { lineOf, linkIn, outside, type Params, post } from "./support.ts";

const EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

useFalseTime();

describe("a recording's `notify`", () => {
  const RECORD = (more: string): string => `
variables:
  message: { type: recording }
steps:
  voicemail:
    record: { save: message, notify: arrived${more} }
    next: bye
  arrived:
    sms: { to: +14155550177, body: "{{ vars.message.seconds }} s, {{ vars.message.url }}: {{ vars.message.transcript }}" }
    next: return
  bye:
    hangup: Goodbye.
`;
  const URL = "https://api.twilio.com/RE1";
  const recording = (seconds: string): Params => ({
    From: "",
    To: "",
    RecordingStatus: "completed",
    RecordingUrl: URL,
    RecordingDuration: seconds,
  });
  const written = (text: string, status = "completed"): Params => ({
    TranscriptionStatus: status,
    TranscriptionText: text,
    RecordingUrl: URL,
  });
  const LINKS = ["recordingStatusCallback", "transcribeCallback"];

  /** The texts that are sent as each callback comes: `0` the recording's, `1` the transcript's. */
  async function sentAfter(more: string, ...callbacks: [link: number, Params][]): Promise<(string | null)[]> {
    const { web, sent } = outside();
    const app = lineOf(RECORD(more), { web });
    const record = await finish(post(app, "/voice/desk"));
    expect(await finish(post(app, linkIn(record), { RecordingUrl: URL, RecordingDuration: "12" }))).toContain(
      "Goodbye.",
    );
    for (const [link, params] of callbacks) {
      expect(await finish(post(app, linkIn(record, LINKS[link]), params))).toBe(EMPTY);
    }
    await finish(app.settle());
    expect(app.lines.flatMap(({ error }) => error ?? [])).toEqual([]);
    return sent.map(({ what }) => new URLSearchParams(what.split(" ")[2]).get("Body"));
  }

  test.each<[string, string, [number, Params][], string[]]>([
    ["once the recording has come", "", [[0, recording("12")]], [`12 s, ${URL}: `]],
    ["never, where none comes", "", [], []],
    [
      "twice, where Twilio tells twice",
      "",
      [
        [0, recording("12")],
        [0, recording("12")],
      ],
      [`12 s, ${URL}: `, `12 s, ${URL}: `],
    ],
    [
      "with the words, once they are written down",
      ", transcribe: true",
      [
        [0, recording("12")],
        [1, written("Hello")],
      ],
      [`12 s, ${URL}: Hello`],
    ],
    [
      "without words, where none could be understood",
      ", transcribe: true",
      [
        [0, recording("12")],
        [1, written("", "failed")],
      ],
      [`12 s, ${URL}: `],
    ],
    [
      "at once, where a recording is too short for words",
      ", transcribe: true",
      [[0, recording("1")]],
      [`1 s, ${URL}: `],
    ],
    [
      "where the recording is told of late, without its length",
      ", transcribe: true",
      [
        [1, written("Hello")],
        [0, recording("12")],
      ],
      [`0 s, ${URL}: Hello`],
    ],
    ["not where nothing was said", "", [[0, recording("0")]], []],
    [
      "not where less was said than counts",
      ", minLength: 5, transcribe: true",
      [
        [0, recording("4")],
        [1, written("Hm")],
      ],
      [],
    ],
    [
      "where as much was said as counts",
      ", minLength: 5, transcribe: true",
      [
        [0, recording("5")],
        [1, written("Hello")],
      ],
      [`5 s, ${URL}: Hello`],
    ],
  ])("runs %s", async (_what, more, callbacks, texts) => {
    expect(await sentAfter(more, ...callbacks)).toEqual(texts);
  });

  test("has one name for what is sent, however often Twilio tells", async () => {
    const { web, sent } = outside();
    const app = lineOf(RECORD(""), { web });
    const link = linkIn(await finish(post(app, "/voice/desk")), LINKS[0]);
    for (const _time of ["once", "again"]) await finish(post(app, link, recording("12")));
    await finish(app.settle());
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
  });
});
