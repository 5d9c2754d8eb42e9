/** A TwiML document, such as a TwiML Bin → steps. */
import { kebab } from "../studio/names.ts";
import { compact, type Exit, HANGUP, Prompt, type PromptItem, type Tree } from "../studio/step.ts";
import { addStep, fullNumber, gapStep, itemOf, spokenThen, type TwimlDraft, withNames } from "./draft.ts";
import { stepsOfUrl } from "./twimlet.ts";

/** An element of TwiML, read and checked. */
export interface TwimlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (string | TwimlElement)[];
}

/** The steps of verbs, one after another; the exit leads to the first. */
export function stepsOfVerbs(draft: TwimlDraft, verbs: readonly TwimlElement[]): Exit {
  const count = verbs.findIndex((verb) => heardIn(draft, verb) === undefined);
  const said = verbs.slice(0, count < 0 ? verbs.length : count);
  const items = said.flatMap((verb) => heardIn(draft, verb) ?? []);
  const [verb, ...rest] = verbs.slice(said.length);
  const after = verb ? stepOf(draft, verb, rest) : HANGUP;
  return spokenThen(draft, "say", items, after);
}

/** What a Say, Play or Pause lets the caller hear; undefined for another verb. */
function heardIn(draft: TwimlDraft, { name, attributes, children }: TwimlElement): PromptItem[] | undefined {
  const text = textIn(children);
  const loop = Number(attributes.loop ?? "1");
  const more = loop > 1 ? { loop } : {};
  if (name === "Say")
    return itemOf(draft, text, attributes.voice, attributes.language).map((item) => ({ ...item, ...more }));
  if (name === "Play" && text.trim() !== "") return [{ play: withNames(draft, text.trim()), ...more }];
  if (name === "Pause") return [{ pause: Number(attributes.length ?? "1") || 1 }];
  return undefined;
}

type Verb = (draft: TwimlDraft, element: TwimlElement, rest: readonly TwimlElement[]) => Exit;

const VERBS: Readonly<Record<string, Verb>> = {
  Gather: gather,
  Dial: dial,
  Record: record,
  Hangup: () => HANGUP,
  Reject: (draft, { attributes }) =>
    addStep(draft, "reject", "reject", compact({ reason: attributes.reason })),
  Redirect: (draft, { children }) => stepsOfUrl(draft, withNames(draft, textIn(children))),
  Enqueue: (draft, { attributes, children }, rest) => {
    const next = stepsOfVerbs(draft, rest);
    const queue = textIn(children).trim();
    const body = compact({
      ...(queue !== "" && { queue }),
      workflowSid: attributes.workflowSid,
      waitUrl: attributes.waitUrl,
      status: { else: next },
    });
    return addStep(draft, "hold", "enqueue", body, { next });
  },
  Sms: message,
  Message: message,
};

function stepOf(draft: TwimlDraft, verb: TwimlElement, rest: readonly TwimlElement[]): Exit {
  const convert = Object.hasOwn(VERBS, verb.name) ? VERBS[verb.name] : undefined;
  if (convert) return convert(draft, verb, rest);
  return gapStep(
    draft,
    kebab(verb.name),
    `<${verb.name}> is not converted. Write what replaces it.`,
    stepsOfVerbs(draft, rest),
  );
}

/** The answer goes to the URL in `action`; without an answer, the next verb follows. */
function gather(
  draft: TwimlDraft,
  { attributes, children }: TwimlElement,
  rest: readonly TwimlElement[],
): Exit {
  const items = children.flatMap((child) => (typeof child === "string" ? [] : (heardIn(draft, child) ?? [])));
  const action = attributes.action ?? "";
  const next =
    action === ""
      ? gapStep(
          draft,
          "answered",
          "the answer went to the document's own URL. Write what to do with {{ vars.digits }}.",
        )
      : addStep(draft, "answered", "redirect", withDigits(action));
  const digits = Number(attributes.numDigits ?? "");
  const seconds = Number(attributes.timeout ?? "");
  const body = compact({
    prompt: items.length === 0 ? undefined : new Prompt(items),
    save: "digits",
    input: /speech/.test(attributes.input ?? "") ? attributes.input : undefined,
    attempts: 1,
    otherwise: stepsOfVerbs(draft, rest),
    numDigits: digits >= 1 ? digits : undefined,
    timeout: seconds >= 1 && seconds !== 5 ? seconds : undefined,
    finishOnKey: attributes.finishOnKey,
  });
  return addStep(draft, "menu", "gather", body, { next });
}

function withDigits(url: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}Digits={{ vars.digits }}`;
}

function dial(
  draft: TwimlDraft,
  { attributes, children }: TwimlElement,
  rest: readonly TwimlElement[],
): Exit {
  const next = attributes.action ? stepsOfUrl(draft, attributes.action) : stepsOfVerbs(draft, rest);
  const nouns = children.flatMap((child) => (typeof child === "string" ? [] : [nounOf(draft, child)]));
  const text = textIn(children.filter((child) => typeof child === "string")).trim();
  const to = text === "" ? nouns : [fullNumber(withNames(draft, text)), ...nouns];
  const [only = "+", more] = to;
  const seconds = Number(attributes.timeout ?? "");
  const target = more === undefined ? only : to;
  const body = compact({
    to: target,
    allow: JSON.stringify(target).includes("{{") ? ["US"] : undefined,
    status: { else: next },
    timeout: seconds >= 5 && seconds !== 30 ? seconds : undefined,
    timeLimit: Number(attributes.timeLimit ?? "") || undefined,
    callerId: attributes.callerId && withNames(draft, attributes.callerId),
    record: attributes.record,
  });
  return addStep(draft, "connect", "dial", body, { next });
}

/** A destination. */
function nounOf(draft: TwimlDraft, { name, children, attributes }: TwimlElement): Tree {
  const text = withNames(draft, textIn(children).trim());
  if (name === "Number") {
    const number = fullNumber(text);
    return attributes.sendDigits ? { number, sendDigits: attributes.sendDigits } : number;
  }
  return { [name === "WhatsApp" ? "whatsApp" : name.toLowerCase()]: text };
}

function record(draft: TwimlDraft, { attributes }: TwimlElement, rest: readonly TwimlElement[]): Exit {
  const next = attributes.action ? stepsOfUrl(draft, attributes.action) : HANGUP;
  const [longest, silence] = [Number(attributes.maxLength ?? ""), Number(attributes.timeout ?? "")];
  const body = compact({
    empty: stepsOfVerbs(draft, rest),
    maxLength: longest >= 2 ? longest : undefined,
    timeout: silence >= 1 && silence !== 5 ? silence : undefined,
    finishOnKey: attributes.finishOnKey || undefined,
    playBeep: attributes.playBeep === "false" ? false : undefined,
    transcribe: attributes.transcribe === "true" ? true : undefined,
    transcribeCallback: attributes.transcribeCallback,
    recordingStatusCallback: attributes.recordingStatusCallback,
  });
  return addStep(draft, "voicemail", "record", body, { next });
}

function message(
  draft: TwimlDraft,
  { attributes, children }: TwimlElement,
  rest: readonly TwimlElement[],
): Exit {
  const to = attributes.to && withNames(draft, attributes.to);
  const body = compact({
    body: withNames(draft, textIn(children).trim()),
    to,
    allow: to?.includes("{{") ? ["US"] : undefined,
  });
  return addStep(draft, "text", "sms", body, { next: stepsOfVerbs(draft, rest) });
}

/** The text in elements, with their markup left out. */
function textIn(children: readonly (string | TwimlElement)[]): string {
  return children.map((child) => (typeof child === "string" ? child : textIn(child.children))).join("");
}
