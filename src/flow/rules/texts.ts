/** Texts: holes are closed, SSML is well-formed, and no hole decides the host of a request. */

import { isPrivateHost } from "../../program/private-host.ts";
import { hasScheme } from "../analysis/played.ts";
import type { Severity } from "../language/diagnostic.ts";
import type { JsonSchema, Mark } from "../language/mark.ts";
import { maskHoles, splitText, wholeHole } from "../language/text.ts";
import { marksOf } from "../model/flow.ts";
import { PICTURE } from "../twiml/marked-url.ts";
import { parseSsml } from "../twiml/ssml.ts";
import { locate } from "../yaml/locate.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { type Code, FINDINGS } from "./texts-findings.ts";

export const texts: Rule<Code, "empty-value"> = {
  name: "texts",
  findings: FINDINGS,
  check(context) {
    const { flow } = context;
    for (const mark of marksOf(flow)) checkMark(mark, context);
  },
};

type ReportAt = (
  code: Code | "empty-value",
  offset: number,
  length: number,
  message: string,
  severity?: Severity,
) => void;

function checkMark({ mark, node, value, schema }: Mark, context: RuleContext<Code | "empty-value">): void {
  if (node.type !== "scalar" || (typeof value !== "string" && mark !== "value")) return;
  const report: ReportAt = (code, offset, length, message, severity = "error") => {
    const start = locate(node, offset, context.flow.text);
    context.report({ code, severity, message, at: { span: { start, end: start + Math.max(1, length) } } });
  };
  const { open } = splitText(node.text);
  if (open !== undefined && mark !== "expression" && mark !== "exit") {
    report("open-hole", open, 2, "this `{{` has no `}}`; add it after the expression");
  }
  if (mark === "spoken") {
    const { problem } = parseSsml(maskHoles(node.text));
    if (problem) report("bad-ssml", problem.at, 1, problem.message);
    if (/^\s+$/.test(node.text))
      report("empty-value", 0, node.text.length, "this text is blank; write what to say");
  }
  if (mark === "url" && node.text !== "" && !isTwilios(node.text, schema["x-file"] === true, context)) {
    if (schema["x-file"] && isFileName(node.text)) checkFileName(node.text, report);
    else if (schema["x-file"] && wholeHole(node.text)) {
      const message =
        "only a recording can be played from a variable; write the URL out, or save a recording in this variable";
      report("computed-host", node.text.indexOf("{{"), 2, message);
    } else checkUrl(node.text, schema, report);
  }
}

/** Whether a text is a file path rather than a URL; `audio.ts` checks the files. */
function isFileName(text: string): boolean {
  return !hasScheme(text) && !text.startsWith("{{");
}

function checkFileName(text: string, report: ReportAt): void {
  const hole = text.indexOf("{{");
  const message = "the name of a file cannot be computed; use a `branch` with a step for each file";
  if (hole >= 0) report("computed-file", hole, 2, message);
}

const RECORDING = /^vars\.(\w+)(?:\.url)?$/;
const LINK = /^link\(\s*vars\.(\w+)\s*,\s*(["'])\w+\2\s*\)$/;
const ATTACHMENT = /^message\.attachments\[\d\]\.url$/;

/** Only Twilio's own media can be a whole URL: a recording, by itself or by a link, or a picture that came in. */
function isTwilios(text: string, isPlayed: boolean, { facts }: RuleContext<Code | "empty-value">): boolean {
  const expr = wholeHole(text)?.expr ?? "";
  if (!isPlayed && (expr === PICTURE || ATTACHMENT.test(expr))) return true;
  const name = (RECORDING.exec(expr) ?? LINK.exec(expr))?.[1] ?? "";
  return Object.hasOwn(facts.variables, name) && facts.variables[name]?.type === "recording";
}

function checkUrl(text: string, { pattern, "x-worker": byWorker }: JsonSchema, report: ReportAt): void {
  const hole = text.indexOf("{{");
  const host = /^[a-z]*:\/\/[^/?#]*/i.exec(text)?.[0] ?? "";
  if (hole >= 0 && hole < Math.max(host.length, 1)) {
    const message = "a computed part can be in a URL's path or query, not in its scheme or host";
    report("computed-host", hole, 2, message);
    return;
  }
  const url = text.replaceAll(/\{\{.*?\}\}/g, "x");
  if (pattern === undefined && !isWebAddress(url)) {
    report("bad-url", 0, text.length, `"${text}" is not a URL; write one that begins with https://`);
  } else if (URL.canParse(url) && isPrivateHost(new URL(url).hostname)) {
    const [scheme = ""] = /^[a-z]*:\/\//i.exec(text) ?? [];
    const name = host.slice(scheme.length);
    const who = byWorker ? "the Worker does not send requests to" : "Twilio cannot reach";
    const unless = byWorker ? ", or list it in the environment variable `PRIVATE_HOSTS`" : "";
    const message = `${who} "${name}", which is a private host; write a public one${unless}`;
    report("private-host", scheme.length, name.length, message, "warning");
  }
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
