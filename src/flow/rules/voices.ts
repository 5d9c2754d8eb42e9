/** Voices and languages: Twilio has them, and each voice can speak its text. */

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
import { type Code, FINDINGS } from "./voices-findings.ts";

export const voices: Rule<Code> = {
  name: "voices",
  findings: FINDINGS,
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

/** Every voice in the file: the flow's own, and those of prompts. */
function voiceNodes({ flow }: RuleContext<Code>): ScalarNode[] {
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

function checkVoice(node: ScalarNode, { report }: RuleContext<Code>): void {
  const { text } = node;
  if (text.includes("{{") || knownVoices().has(text)) return;
  const near = nearest(text, knownVoices());
  const advice = near ? `; did you mean ${near}?` : "";
  if (providerOf(text) === undefined) {
    const message = `unknown voice ${text}: Twilio's voices begin with Polly. or Google.${advice}`;
    report({ code: "twilio-13511", at: node, message });
  } else {
    const message = `the voice ${text} is not in Twilio's SDK; it may be newer than the SDK${advice}`;
    report({ code: "unknown-voice", severity: "warning", at: node, message });
  }
}

const TAG = new RegExp(BY_LANGUAGE);

function checkLanguage(node: ScalarNode, { report }: RuleContext<Code>): void {
  const { text } = node;
  // An invalid tag has its own finding.
  if (!TAG.test(text) || isKnownLanguage(text)) return;
  const near = nearestLanguage(text);
  const advice = near ? `; did you mean ${near}?` : "";
  const message = `the language ${text} is not in Twilio's SDK; it may be newer than the SDK${advice}`;
  report({ code: "unknown-language", severity: "warning", at: node, message });
}

function checkText({ node, said }: SpokenText, context: RuleContext<Code>): void {
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
      const message = `the voice ${name} does not support SSML; remove it, or use a Polly or Google voice`;
      context.report({ code: "twilio-13520", at: { span: { start, end: start + 1 } }, message });
    }
    if (name !== undefined) checkMarkup(node, nodes, name, context.report);
    const locale = name === undefined ? undefined : localeOf(name);
    if (voice && locale && language && locale.toLowerCase() !== language.toLowerCase()) {
      const message = `${name} speaks ${locale}, and this text is in ${language}; name a voice for each language`;
      context.report({ code: "twilio-13512", at: voice, message });
    }
  }
}

function checkMarkup(
  at: ScalarNode,
  nodes: readonly SsmlNode[],
  voice: string,
  report: RuleContext<Code>["report"],
): void {
  for (const node of nodes) {
    if (typeof node === "string") continue;
    const names = node.attributes.map(([name]) => name);
    const markup = unspoken(voice, node.tag, names);
    const message = `${voice} does not support ${markup}, and Twilio may not speak this text at all (13520); remove it, or use a standard voice such as ${voice.replace(/-\w+$/, "")}`;
    if (markup !== undefined) report({ code: "unspoken-markup", severity: "warning", at, message });
    checkMarkup(at, node.children, voice, report);
  }
}

// The value of a hole is unknown: only the words around it count.
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
  { report }: RuleContext<Code>,
): void {
  const most = MOST_CHARACTERS[provider ?? "basic"];
  if (words.length <= most) return;
  const whose = provider === "Polly" || provider === "Google" ? `a ${provider} voice` : "this voice";
  const message = `${whose} takes ${most} characters, and this text has ${words.length}; split it into a list of shorter texts`;
  report({ code: "twilio-13521", at: node, message });
}
