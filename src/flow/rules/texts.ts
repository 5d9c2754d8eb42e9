/** Texts: their holes are closed, their SSML fits together, and no hole decides where a request goes. */

import { hasScheme } from "../analysis/played.ts";
import type { Mark } from "../language/mark.ts";
import { maskHoles, splitText, wholeHole } from "../language/text.ts";
import { marksOf } from "../model/flow.ts";
import { PICTURE } from "../twiml/prompt.ts";
import { parseSsml } from "../twiml/ssml.ts";
import { locate } from "../yaml/locate.ts";
import type { Rule, RuleContext } from "./rule.ts";

const say = (text: string): string => `steps:\n  greet:\n    say: ${text}\n    next: hangup\n`;
const play = (url: string): string => `steps:\n  jingle:\n    play: ${url}\n    next: hangup\n`;

export const texts: Rule = {
  findings: [
    {
      code: "open-hole",
      severity: "error",
      summary: "A `{{` without its `}}`.",
      bad: say('"Hello {{ caller.name }."'),
      good: say('"Hello {{ caller.name }}."'),
    },
    {
      code: "bad-ssml",
      severity: "error",
      summary: "SSML that does not fit together.",
      bad: say("We are <emphasis>glad."),
      good: say("We are <emphasis>glad</emphasis>."),
    },
    {
      code: "computed-host",
      severity: "error",
      summary: "A hole in the scheme or host of an address: callers must not decide where a request goes.",
      bad: play('"https://{{ caller.country }}.example.com/hello.mp3"'),
      good: play('"https://example.com/{{ caller.country }}/hello.mp3"'),
    },
    {
      code: "bad-url",
      severity: "error",
      summary: "An address that is none.",
      bad: play("htps://example.com/hello.mp3"),
      good: play("https://example.com/hello.mp3"),
    },
    {
      code: "computed-file",
      severity: "error",
      summary:
        "A hole in the name of an audio file beside the flow: which files are played has to be known before a call.",
      bad: play('"audio/{{ caller.country }}.mp3"'),
      good: play('"https://example.com/{{ caller.country }}.mp3"'),
    },
  ],
  check(context) {
    const { flow } = context;
    for (const mark of marksOf(flow)) checkMark(mark, context);
  },
};

type Tell = (code: string, offset: number, length: number, message: string) => void;

function checkMark({ mark, node, value, schema }: Mark, context: RuleContext): void {
  if (node.type !== "scalar" || (typeof value !== "string" && mark !== "value")) return;
  const tell: Tell = (code, offset, length, message) => {
    const start = locate(node, offset, context.flow.text);
    context.report({ code, message, at: { span: { start, end: start + Math.max(1, length) } } });
  };
  const { open } = splitText(node.text);
  if (open !== undefined && mark !== "expression" && mark !== "exit") {
    tell("open-hole", open, 2, "this `{{` has no `}}`; close it behind the expression");
  }
  if (mark === "spoken") {
    const { problem } = parseSsml(maskHoles(node.text));
    if (problem) tell("bad-ssml", problem.at, 1, problem.message);
    if (/^\s+$/.test(node.text)) tell("empty-value", 0, node.text.length, "there is nothing here to be said");
  }
  if (mark === "url" && node.text !== "" && !isTwilios(node.text, schema["x-file"] === true, context)) {
    if (schema["x-file"] && isFileName(node.text)) checkFileName(node.text, tell);
    else if (schema["x-file"] && wholeHole(node.text)) {
      const message =
        "only a recording is played as a whole; write the address out, or save a recording in this variable";
      tell("computed-host", node.text.indexOf("{{"), 2, message);
    } else checkUrl(node.text, schema.pattern !== undefined, tell);
  }
}

/** Whether a text begins as the name of a file beside the flow does; the rule on audio files looks at those. */
function isFileName(text: string): boolean {
  return !hasScheme(text) && !text.startsWith("{{");
}

function checkFileName(text: string, tell: Tell): void {
  const hole = text.indexOf("{{");
  const message = "the name of a file is not computed; take a `branch` to a step for each file";
  if (hole >= 0) tell("computed-file", hole, 2, message);
}

/** Nothing gives a whole address but what Twilio itself keeps: a recording, and a picture that came in. */
function isTwilios(text: string, isPlayed: boolean, { facts }: RuleContext): boolean {
  const expr = wholeHole(text)?.expr ?? "";
  if (!isPlayed && expr === PICTURE) return true;
  const name = /^vars\.(\w+)(?:\.url)?$/.exec(expr)?.[1] ?? "";
  return Object.hasOwn(facts.variables, name) && facts.variables[name]?.type === "recording";
}

function checkUrl(text: string, isShaped: boolean, tell: Tell): void {
  const hole = text.indexOf("{{");
  const host = /^[a-z]*:\/\/[^/?#]*/i.exec(text)?.[0] ?? "";
  if (hole >= 0 && hole < Math.max(host.length, 1)) {
    const message = "a computed part may stand in an address's path or query, not in its scheme or host";
    tell("computed-host", hole, 2, message);
  } else if (!isShaped && !isWebAddress(text.replaceAll(/\{\{.*?\}\}/g, "x"))) {
    tell("bad-url", 0, text.length, `"${text}" is no web address; write one that begins with https://`);
  }
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
