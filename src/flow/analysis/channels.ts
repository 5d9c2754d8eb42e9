/** Conditions on `call.channel`: they tell calls from text messages, so that flows can answer both with the same steps. */
import { CHANNELS } from "../../program/channels.ts";
import type { Medium } from "../language/side-roads.ts";

/** The media on which a condition is only true, and only false; undefined if both can be. */
interface ByMedium {
  yes: Medium | undefined;
  no: Medium | undefined;
}

const FIELD = "call.channel";
const VOICE = "voice";
const TEXT_CHANNELS: readonly string[] = CHANNELS.filter((channel) => channel !== VOICE);
const EQUALS = /^call\.channel\s*([!=])=\s*(["'])(\w+)\2$/;
const AMONG = /^call\.channel\s+in\s+\[([\w\s,"']*)\]$/;

/** What a condition says about the medium. */
export function mediumOf(condition: string): ByMedium {
  const text = condition.trim();
  const [, sign, , channel] = EQUALS.exec(text) ?? [];
  if (channel !== undefined) {
    const { yes, no } = among([channel]);
    return sign === "!" ? { yes: no, no: yes } : { yes, no };
  }
  const list = AMONG.exec(text)?.[1];
  return list === undefined ? { yes: undefined, no: undefined } : among(list.match(/\w+/g) ?? []);
}

/** What a look-up of a value says about the medium: `yes` for one of its cases, `no` for all other values. */
export function mediumOfCases(on: string, cases: readonly string[]): ByMedium {
  return on.trim() === FIELD ? among(cases) : { yes: undefined, no: undefined };
}

function among(channels: readonly string[]): ByMedium {
  const hasVoice = channels.includes(VOICE);
  const texts = TEXT_CHANNELS.filter((one) => channels.includes(one)).length;
  return {
    yes: hasVoice ? (texts === 0 ? "voice" : undefined) : "text",
    no: hasVoice ? "text" : texts === TEXT_CHANNELS.length ? "voice" : undefined,
  };
}
