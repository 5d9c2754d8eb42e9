/** A small interpreter of Studio's definitions: the judge of what a call or a text conversation of the original would have said. */
import { Liquid } from "liquidjs";
import type { Outcome } from "../../src/cli/play/outcome.ts";
import type { WrittenScenario } from "../../src/flow/scenarios/scenarios.ts";

interface State {
  name: string;
  type: string;
  properties: Record<string, unknown> & { variables?: { key: string; value: string }[] };
  transitions: {
    event: string;
    next?: string;
    conditions?: { arguments: string[]; type: string; value: string }[];
  }[];
}

const liquid = new Liquid();
const [CALLER, LINE] = ["+14155550111", "+14155550100"];

/** What was heard, without spaces and markup. */
function plain(texts: readonly string[]): string {
  return texts
    .join(" ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, "");
}

/** What the caller heard, from the transcript of a scenario. The URL of a recording of the call is left out. */
function heardBy(transcript: readonly string[]): string {
  return plain(
    transcript.flatMap((line) => {
      const said = /^(?:voice|alice|[A-Za-z]+\.[\w.-]+): (.*?)(?: \[[^\]]*interrupts\])?$/s.exec(line)?.[1];
      const played = /^plays (\S+)/.exec(line)?.[1] ?? "";
      return said !== undefined ? [said] : played === "" || played.includes("ringflow.test") ? [] : [played];
    }),
  );
}

/** What a scenario has let its caller hear, or what was sent in its text conversation. */
export function saidBy({ transcript, written: { scenario } }: Outcome): string {
  return textOf(scenario) === undefined ? heardBy(transcript) : sentBy(transcript);
}

/** The text message that a scenario begins with. */
function textOf({ script: [first] }: WrittenScenario["scenario"]): string | undefined {
  return typeof first === "object" && "text" in first ? first.text : undefined;
}

/** What was sent to the person of a text conversation, from the transcript of a scenario. */
function sentBy(transcript: readonly string[]): string {
  return plain(transcript.flatMap((line) => /^texts \S+: (.*)$/s.exec(line)?.[1] ?? []));
}

/** What the original lets the caller of a scenario hear: its script is what the caller does, its requests what is answered. */
export function playedBy(text: string, scenario: WrittenScenario["scenario"]): string {
  const { script, requests = {} } = scenario;
  const { states, initial_state: first }: { states: State[]; initial_state: string } = JSON.parse(text);
  const lines = script.filter((line) => typeof line === "string" || !("hear" in line || "sms" in line));
  const written = textOf(scenario);
  if (written !== undefined) lines.shift();
  const used = new Map<string, number>();
  const widgets: Record<string, Record<string, unknown>> = {};
  const variables: Record<string, string> = {};
  const heard: string[] = [];
  const scope = {
    widgets,
    flow: { variables, channel: { address: LINE } },
    contact: { channel: { address: CALLER } },
    trigger: {
      From: CALLER,
      To: LINE,
      call: { From: CALLER, To: LINE },
      message: { From: CALLER, To: LINE, Body: written },
    },
  };
  const render = (source: unknown): string => String(liquid.parseAndRenderSync(String(source ?? ""), scope));
  const answer = (url: string) => {
    const path = url.replace(/^https?:\/\/[^/]*/, "");
    const [key, list] = Object.entries(requests).find(([pattern]) =>
      pattern.replace(/\*/g, "").endsWith(path),
    ) ?? ["", []];
    const index = used.get(key) ?? 0;
    used.set(key, index + 1);
    return list[Math.min(index, list.length - 1)];
  };
  const say = (properties: Record<string, unknown>): void =>
    void heard.push(render(properties.play ?? properties.say));

  /** The event that a widget ends with. */
  function run({ name, type, properties }: State): string {
    switch (type) {
      case "trigger":
        return written === undefined ? "incomingCall" : "incomingMessage";
      case "say-play":
        say(properties);
        return "audioComplete";
      case "gather-input-on-call": {
        say(properties);
        const line = lines.shift();
        if (typeof line === "object" && "press" in line) {
          const digits = line.press.length > 1 ? line.press.replace(/#$/, "") : line.press;
          widgets[name] = { Digits: digits };
          return "keypress";
        }
        if (typeof line === "object" && "say" in line) {
          widgets[name] = { SpeechResult: line.say };
          return "speech";
        }
        return "timeout";
      }
      case "set-variables":
        for (const { key, value } of properties.variables ?? []) {
          variables[key] = render(value).trim();
          widgets[name] = { ...widgets[name], [key]: variables[key] };
        }
        return "next";
      case "run-function":
      case "make-http-request": {
        const given = answer(String(properties.url));
        const isGood = typeof given?.status !== "number" || given.status < 300;
        widgets[name] = {
          parsed: given?.json ?? {},
          body: given?.text ?? "",
          status_code: isGood ? 200 : given?.status,
        };
        return isGood ? "success" : type === "run-function" ? "fail" : "failed";
      }
      case "connect-call-to": {
        const line = lines.shift();
        const status = typeof line === "object" && "dial" in line ? (line.status ?? "completed") : "failed";
        widgets[name] = { DialCallStatus: status };
        return "callCompleted";
      }
      case "record-voicemail": {
        const line = lines.shift();
        return typeof line === "object" && "record" in line && line.record !== "silence"
          ? "recordingComplete"
          : "noAudio";
      }
      case "send-to-flex":
        lines.shift();
        return "callComplete";
      case "add-twiml-redirect": {
        const [, key = "", value = ""] =
          /&amp;(\w+)=([\w-]*)/.exec(answer(String(properties.url))?.text ?? "") ?? [];
        widgets[name] = { [key]: value };
        return "return";
      }
      case "run-subflow":
        return "completed";
      case "send-message":
        if (written !== undefined) heard.push(render(properties.body));
        return "sent";
      case "send-and-wait-for-reply": {
        heard.push(render(properties.body));
        const line = lines.shift();
        if (typeof line !== "object" || !("text" in line)) return "timeout";
        const { text: Body, media = [] } = line;
        widgets[name] = { inbound: { Body, NumMedia: String(media.length), MediaUrl0: media[0] } };
        return "incomingMessage";
      }
      default:
        throw new Error(`The reference does not play ${type}.`);
    }
  }

  function matches({
    arguments: [argument],
    type,
    value,
  }: {
    arguments: string[];
    type: string;
    value: string;
  }): boolean {
    const text = render(argument).trim();
    if (type === "equal_to") return text === value;
    if (type === "matches_any_of") return value.split(",").some((one) => one.trim() === text);
    if (type === "contains") return text.includes(value);
    if (type === "not_equal_to") return text !== value;
    if (type === "greater_than") return Number(text) > Number(value);
    if (type === "less_than") return Number(text) < Number(value);
    if (type === "is_not_blank") return text !== "";
    throw new Error(`The reference does not know ${type}.`);
  }

  for (let state = states.find(({ name }) => name === first), count = 0; state && count < 100; count++) {
    const { transitions } = state;
    const match = transitions.find(
      ({ event, conditions }) => event === "match" && conditions?.every(matches),
    );
    const event = state.type === "split-based-on" ? "noMatch" : run(state);
    const taken = match ?? transitions.find((one) => one.event === event);
    state = states.find(({ name }) => name === taken?.next);
  }
  return plain(heard);
}
