/** Voices and languages: each voice can say what it is given, and Twilio knows them all. */

import { type SpokenText, spokenTexts } from "../analysis/spoken.ts";
import { nearest } from "../language/diagnostic.ts";
import type { Node, ScalarNode } from "../language/node.ts";
import { BY_LANGUAGE } from "../language/schema.ts";
import { maskHoles } from "../language/text.ts";
import { marksOf } from "../model/flow.ts";
import { parseSsml, type SsmlNode } from "../twiml/ssml.ts";
import {
  isKnownLanguage,
  knownVoices,
  localeOf,
  MOST_CHARACTERS,
  nearestLanguage,
  providerOf,
  unspoken,
} from "../twiml/voices.ts";
import { locate } from "../yaml/locate.ts";
import type { Rule, RuleContext } from "./rule.ts";

const say = (text: string, settings: string): string =>
  `${settings}\nsteps:\n  greet:\n    say: ${text}\n    next: hangup\n`;

export const voices: Rule = {
  findings: [
    {
      code: "twilio-13511",
      severity: "error",
      summary:
        "A voice that is nobody's: Twilio's voices begin with `Polly.` or `Google.`, or are `man` and `woman`.",
      bad: say("Hello.", "voice: Joanna"),
      good: say("Hello.", "voice: Polly.Joanna-Neural"),
    },
    {
      code: "unknown-voice",
      severity: "warning",
      summary:
        "A voice that Twilio's SDK does not name. Twilio adds voices faster than its SDK does: it may be new.",
      bad: say("Hello.", "voice: Polly.Johanna-Neural"),
      good: say("Hello.", "voice: Polly.Joanna-Neural"),
    },
    {
      code: "unknown-language",
      severity: "warning",
      summary:
        "A language that Twilio's SDK does not name. Twilio adds languages faster than its SDK does: it may be new.",
      bad: say("Hello.", "language: en-UK"),
      good: say("Hello.", "language: en-GB"),
    },
    {
      code: "twilio-13512",
      severity: "error",
      summary: "A Google voice that has to speak another language than its own.",
      bad: say("Hello.", "voice: Google.en-GB-Neural2-A\nlanguage: en-US"),
      good: say("Hello.", "voice: Google.en-US-Neural2-A\nlanguage: en-US"),
    },
    {
      code: "twilio-13520",
      severity: "error",
      summary:
        "Speech markup with a basic voice (`man`, `woman`, `alice`): only Polly's and Google's speak it.",
      bad: say("Hello <break/> there.", "voice: woman"),
      good: say("Hello <break/> there.", "voice: Polly.Joanna-Neural"),
    },
    {
      code: "unspoken-markup",
      severity: "warning",
      summary:
        "Speech markup that the voice does not speak: `<emphasis>` and `<prosody pitch>` are for Polly's standard voices, and with its neural and generative ones Twilio may say nothing at all (13520).",
      bad: say("We are <emphasis>glad</emphasis> you called.", "voice: Polly.Joanna-Neural"),
      good: say("We are <emphasis>glad</emphasis> you called.", "voice: Polly.Joanna"),
    },
    {
      code: "twilio-13521",
      severity: "error",
      summary:
        "A text that is longer than its voice takes: 3,000 characters of Polly's, 5,000 of Google's, 4,000 of others.",
      good: say("Hello.", "voice: Polly.Joanna-Neural"),
    },
  ],
  check(context) {
    const { flow, facts } = context;
    for (const text of spokenTexts(flow, facts)) checkText(text, context);
    for (const { mark, node } of marksOf(flow)) {
      if ((mark === "tag" || mark === "language") && node.type === "scalar") checkLanguage(node, context);
      if (mark === "variants" && node.type === "map")
        for (const { key } of node.pairs) checkLanguage(key, context);
    }
    for (const node of voiceNodes(context)) checkVoice(node, context);
  },
};

/** Every voice that is written: the flow's own, and those of prompts. */
function voiceNodes({ flow }: RuleContext): ScalarNode[] {
  const maps = [flow.root, ...marksOf(flow).flatMap(({ mark, node }) => (mark === "prompt" ? [node] : []))];
  return maps.flatMap((node) => {
    const voice = node.type === "map" ? node.pairs.find(({ key }) => key.text === "voice")?.value : undefined;
    return voice ? scalarsIn(voice) : [];
  });
}

function scalarsIn(node: Node): ScalarNode[] {
  if (node.type === "scalar") return [node];
  const isEnv = node.type === "map" && node.pairs.some(({ key }) => key.text === "env");
  return node.type === "map" && !isEnv ? node.pairs.flatMap(({ value }) => scalarsIn(value)) : [];
}

function checkVoice(node: ScalarNode, { report }: RuleContext): void {
  const { text } = node;
  if (text.includes("{{") || knownVoices().has(text)) return;
  const near = nearest(text, knownVoices());
  const advice = near ? `; did you mean ${near}?` : "";
  if (providerOf(text) === undefined) {
    const message = `no voice of Twilio's is called ${text}: they begin with Polly. or Google.${advice}`;
    report({ code: "twilio-13511", at: node, message });
  } else {
    const message = `Twilio's SDK knows no voice ${text}; it may be newer than the SDK${advice}`;
    report({ code: "unknown-voice", severity: "warning", at: node, message });
  }
}

const TAG = new RegExp(BY_LANGUAGE);

function checkLanguage(node: ScalarNode, { report }: RuleContext): void {
  const { text } = node;
  // What is no tag at all is told by its shape.
  if (!TAG.test(text) || isKnownLanguage(text)) return;
  const near = nearestLanguage(text);
  const advice = near ? `; did you mean ${near}?` : "";
  const message = `Twilio's SDK knows no language ${text}; it may be newer than the SDK${advice}`;
  report({ code: "unknown-language", severity: "warning", at: node, message });
}

function checkText({ node, said }: SpokenText, context: RuleContext): void {
  const masked = maskHoles(node.text);
  const { nodes } = parseSsml(masked);
  const markup = nodes.findIndex((one) => typeof one !== "string");
  for (const { voice, language } of said) {
    const name = voice?.text.includes("{{") ? undefined : voice?.text;
    const provider = name === undefined ? undefined : providerOf(name);
    checkLength(
      node,
      provider === "Google" ? wordsIn(masked) : nodes.map(wordsOf).join(""),
      provider,
      context,
    );
    if (provider === "basic" && markup >= 0) {
      const before = nodes.slice(0, markup).join("").length;
      const start = locate(node, before, context.flow.text);
      const message = `the voice ${name} speaks no markup; take it out, or take a voice of Polly's or Google's`;
      context.report({ code: "twilio-13520", at: { span: { start, end: start + 1 } }, message });
    }
    if (name !== undefined) checkMarkup(node, nodes, name, context.report);
    const locale = name === undefined ? undefined : localeOf(name);
    if (voice && locale && language && locale.toLowerCase() !== language.toLowerCase()) {
      const message = `${name} speaks ${locale}, and has to say something in ${language}; name a voice for each language`;
      context.report({ code: "twilio-13512", at: voice, message });
    }
  }
}

function checkMarkup(
  at: ScalarNode,
  nodes: readonly SsmlNode[],
  voice: string,
  report: RuleContext["report"],
): void {
  for (const node of nodes) {
    if (typeof node === "string") continue;
    const names = node.attributes.map(([name]) => name);
    const markup = unspoken(voice, node.tag, names);
    const message = `${voice} does not speak ${markup}, and Twilio may say nothing of this text (13520); take it out, or take a standard voice such as ${voice.replace(/-\w+$/, "")}`;
    if (markup !== undefined) report({ code: "unspoken-markup", severity: "warning", at, message });
    checkMarkup(at, node.children, voice, report);
  }
}

// What fills a hole is not known: only the words around it count.
function wordsIn(masked: string): string {
  return masked.replaceAll("\uE000", "");
}

function wordsOf(node: SsmlNode): string {
  return typeof node === "string" ? wordsIn(node) : node.children.map(wordsOf).join("");
}

function checkLength(
  node: ScalarNode,
  words: string,
  provider: ReturnType<typeof providerOf>,
  { report }: RuleContext,
): void {
  const most = MOST_CHARACTERS[provider ?? "basic"];
  if (words.length <= most) return;
  const whose = provider === "Polly" || provider === "Google" ? `a ${provider} voice` : "this voice";
  const message = `${whose} takes ${most} characters, and this text has ${words.length}; make a list of shorter texts of it`;
  report({ code: "twilio-13521", at: node, message });
}
