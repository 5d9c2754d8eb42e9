/** Twimlets, the small applications at twimlets.com → steps. */
import { compact, type Exit, HANGUP, Prompt, RETURN, type Tree } from "../studio/step.ts";
import { addStep, fullNumber, gapStep, itemOf, spokenThen, type TwimlDraft } from "./draft.ts";

/** Whether a URL is a twimlet's. */
export function isTwimlet(url: string): boolean {
  return /^https?:\/\/(?:www\.)?twimlets\.com\/\w/i.test(url);
}

/** The steps of a URL: a twimlet's own, a recording, or a redirect to another application. */
export function stepsOfUrl(draft: TwimlDraft, url: string): Exit {
  const plain = url.trim();
  if (plain === "") return HANGUP;
  const known = draft.urls.get(plain);
  if (known) return known;
  if (!isTwimlet(plain) && /^[^?]*\.(?:mp3|wav)(?:\?|$)/i.test(plain))
    return spokenThen(draft, "recording", [{ play: plain }], HANGUP);
  if (!isTwimlet(plain)) return addStep(draft, "elsewhere", "redirect", plain);
  const { pathname, searchParams } = new URL(plain);
  const name = /^\/(\w+)/.exec(pathname)?.[1]?.toLowerCase() ?? "";
  const convert = Object.hasOwn(TWIMLETS, name) ? TWIMLETS[name] : undefined;
  if (!convert) return addStep(draft, name || "elsewhere", "redirect", plain);
  const exit = convert(draft, searchParams);
  draft.urls.set(plain, exit);
  return exit;
}

type Convert = (draft: TwimlDraft, given: URLSearchParams) => Exit;

const TWIMLETS: Readonly<Record<string, Convert>> = {
  menu,
  forward,
  findme: (draft, given) => ring(draft, given, "find-me", true),
  simulring: (draft, given) => ring(draft, given, "ring-all", false),
  voicemail,
  conference,
  message: (draft, given) =>
    spokenThen(
      draft,
      "message",
      listOf(given, "Message").flatMap((one) => itemOf(draft, one)),
      HANGUP,
    ),
};

/** The values of `Name[0]`, `Name[1]` and so on, or of `Name` itself. */
function listOf(given: URLSearchParams, name: string): string[] {
  const values = [...given].filter(
    ([key, value]) => (key === name || key.startsWith(`${name}[`)) && value.trim() !== "",
  );
  return values.map(([, value]) => value);
}

function menu(draft: TwimlDraft, given: URLSearchParams): Exit {
  const options = [...given].flatMap(([key, url]) => {
    const digits = /^Options\[([0-9*#]+)\]$/.exec(key)?.[1];
    return digits === undefined ? [] : [[` ${digits}`, stepsOfUrl(draft, url)] as const];
  });
  const items = itemOf(draft, given.get("Message") ?? "");
  if (options.length === 0) return spokenThen(draft, "message", items, HANGUP);
  const body = compact({
    prompt: items.length === 0 ? undefined : new Prompt(items),
    choices: Object.fromEntries(options),
    otherwise: HANGUP,
  });
  return addStep(draft, "menu", "gather", body);
}

function forward(draft: TwimlDraft, given: URLSearchParams): Exit {
  const callerId = given.get("CallerId") ?? "";
  const body = compact({
    to: fullNumber(given.get("PhoneNumber") ?? ""),
    status: { else: stepsOfUrl(draft, given.get("FailUrl") ?? "") },
    timeout: timeoutOf(given),
    callerId: callerId === "" ? undefined : fullNumber(callerId),
  });
  const ringing = addStep(draft, "forward", "dial", body, { next: HANGUP });
  const allowed = listOf(given, "AllowedCallers").map(fullNumber);
  if (allowed.length === 0) return ringing;
  const refused = addStep(
    draft,
    "refused",
    "hangup",
    new Prompt(itemOf(draft, "Sorry, you cannot call this number.")),
  );
  const when = `caller.number in [${allowed.map((one) => `"${one}"`).join(", ")}]`;
  return addStep(draft, "who", "branch", [{ when, next: ringing }, { next: refused }]);
}

function timeoutOf(given: URLSearchParams): number | undefined {
  const seconds = Number(given.get("Timeout") ?? "");
  return Number.isInteger(seconds) && seconds >= 5 && seconds <= 600 ? seconds : undefined;
}

/** Rings several phones; the one who picks up presses a key to take the call. */
function ring(draft: TwimlDraft, given: URLSearchParams, name: string, isSequential: boolean): Exit {
  const message = given.get("Message")?.trim() || "You are receiving a call. Press any key to accept.";
  const accept = addStep(draft, "accept", "gather", {
    prompt: new Prompt(itemOf(draft, message)),
    choices: { " 0-9": RETURN, " *": RETURN, " #": RETURN },
    attempts: 1,
    otherwise: HANGUP,
  });
  const numbers = listOf(given, "PhoneNumbers").map(fullNumber);
  const body = compact({
    to: numbers,
    sequential: isSequential ? true : undefined,
    whisper: { step: accept },
    status: { else: stepsOfUrl(draft, given.get("FailUrl") ?? "") },
    timeout: timeoutOf(given),
  });
  return addStep(draft, name, "dial", body, { next: HANGUP });
}

function voicemail(draft: TwimlDraft, given: URLSearchParams): Exit {
  const email = given.get("Email") ?? "";
  draft.variables.set("message", { name: "message", type: "recording" });
  const mail =
    email === ""
      ? undefined
      : gapStep(
          draft,
          "arrived",
          `the twimlet sent ${email} an e-mail. Ask your mail service to, with {{ link(vars.message, '7d') }}, or use \`sms\`.`,
          RETURN,
        );
  const isTranscribed = given.get("Transcribe")?.toLowerCase() !== "false";
  const body = compact({
    prompt: new Prompt(itemOf(draft, given.get("Message") || "Please leave a message after the tone.")),
    save: "message",
    transcribe: isTranscribed ? true : undefined,
    notify: mail,
  });
  const bye = addStep(draft, "goodbye", "hangup", new Prompt(itemOf(draft, "Thank you. Goodbye.")));
  return addStep(draft, "voicemail", "record", body, { next: bye });
}

function conference(draft: TwimlDraft, given: URLSearchParams): Exit {
  const moderators = listOf(given, "Moderators").map(fullNumber);
  const music = given.get("Music") ?? "";
  const join = (wish: string, more: Record<string, Tree>): Exit =>
    addStep(
      draft,
      wish,
      "dial",
      {
        to: compact({ conference: given.get("Name") || "conference", ...more, waitUrl: waitUrlOf(music) }),
        status: { else: HANGUP },
      },
      { next: HANGUP },
    );
  const joined = moderators.length === 0 ? join("conference", {}) : byCaller(draft, moderators, join);
  const welcomed = spokenThen(draft, "welcome", itemOf(draft, given.get("Message") ?? ""), joined);
  const password = given.get("Password") ?? "";
  return password === "" ? welcomed : asking(draft, password, welcomed);
}

function byCaller(
  draft: TwimlDraft,
  moderators: readonly string[],
  join: (wish: string, more: Record<string, Tree>) => Exit,
): Exit {
  const moderator = join("moderator", { startConferenceOnEnter: true });
  const guest = join("guest", { startConferenceOnEnter: false });
  const when = `caller.number in [${moderators.map((one) => `"${one}"`).join(", ")}]`;
  return addStep(draft, "who", "branch", [{ when, next: moderator }, { next: guest }]);
}

/** Twilio's hold music by genre, or a URL. */
function waitUrlOf(music: string): string | undefined {
  if (music === "") return undefined;
  return /^https?:/.test(music) ? music : `https://twimlets.com/holdmusic?Bucket=com.twilio.music.${music}`;
}

function asking(draft: TwimlDraft, password: string, next: Exit): Exit {
  return addStep(
    draft,
    "password",
    "gather",
    {
      prompt: new Prompt(itemOf(draft, "Please enter the conference password, then press pound.")),
      save: "password",
      matches: password.replace(/\D/g, ""),
      noMatch: new Prompt(itemOf(draft, "That is not the password.")),
      otherwise: HANGUP,
      sensitive: true,
    },
    { next },
  );
}
