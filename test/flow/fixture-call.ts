/**
 * A call that stands at the end of a fixture, in comments:
 *
 *     # at: 2026-11-23T12:00:00-05:00
 *     # env: BILLING_NUMBER=+14155550199
 *     # > enter CallerName=Ada
 *     #   <Say>Hello.</Say>
 *     #   <Gather action="/menu/answered"/>
 *     # > answered Digits=1
 *     #   <Hangup/>
 *
 *     # > send
 *     # ? GET https://crm.example.com/callers
 *     # < 200 {"name": "Ada"}
 *     #   <Say>Hello Ada.</Say>
 *
 * A line with `>` names the block that is asked and the webhook's parameters; below it is the document. `>>` is the next
 * webhook of what runs beside the call; `> message` is a text message to the number, `> text` the next one of its
 * conversation, `> timeout` the end of the time to answer, `> delivery` Twilio's report on
 * the last message that has a `delivered` or `undelivered`, `> hangup` Twilio's word that the caller has hung up. `?` is what a service is asked, `<` what it answers, `!` a text message that is sent.
 */
import type { Answer } from "../../src/engine/event.ts";
import type { Program } from "../../src/program/program.ts";
import { NOON, TestCall } from "./support.ts";

/** One webhook of a fixture's call. */
export interface Asked {
  asked: string;
  requests: string[];
  answers: string[];
  messages: string[];
  document: string;
}

/** The webhooks that a fixture names, and the documents it expects. */
export function askedIn(text: string): Asked[] {
  const turns: Asked[] = [];
  for (const line of text.split("\n")) {
    const asked = /^# (>>? .*)$/.exec(line)?.[1];
    const document = /^# {3}(.*)$/.exec(line)?.[1];
    const last = turns.at(-1);
    const request = /^# \? (.*)$/.exec(line)?.[1];
    const answer = /^# < (.*)$/.exec(line)?.[1];
    const message = /^# ! (.*)$/.exec(line)?.[1];
    if (asked !== undefined) turns.push({ asked, requests: [], answers: [], messages: [], document: "" });
    else if (request !== undefined && last) last.requests.push(request);
    else if (answer !== undefined && last) last.answers.push(answer);
    else if (message !== undefined && last) last.messages.push(message);
    else if (document !== undefined && last) last.document += document;
  }
  return turns.map((turn) => ({ ...turn, document: inOrder(turn.document) }));
}

/** A document with every element's attributes by name: their order means nothing. */
function inOrder(document: string): string {
  return document.replace(/<(\w+)((?: [\w:-]+="[^"]*")+)/g, (_tag, name, attributes: string) => {
    const sorted = [...attributes.matchAll(/ [\w:-]+="[^"]*"/g)].map(([one]) => one).sort();
    return `<${name}${sorted.join("")}`;
  });
}

/** The webhooks as a fixture writes them, an element on each line. */
export function writtenOut(turns: readonly Asked[]): string {
  const lines = turns.flatMap(({ asked, requests, answers, messages, document }) => [
    asked,
    ...requests.map((request) => `? ${request}`),
    ...answers.map((answer) => `< ${answer}`),
    ...messages.map((message) => `! ${message}`),
    ...(document === "" ? [] : document.split(/(?<=>)(?=<)/).map((element) => `  ${element}`)),
  ]);
  return lines.map((line) => `# ${line}`).join("\n");
}

/** The same webhooks with the documents that the Program answers; `enter` begins a new call. */
export function played(text: string, program: Program): Asked[] {
  const at = /^# at: (.*)$/m.exec(text)?.[1];
  const world = {
    now: at === undefined ? NOON : Date.parse(at),
    env: valuesOf(/^# env: (.*)$/m.exec(text)?.[1]),
  };
  let call = new TestCall(program, world);
  return askedIn(text).map(({ asked, answers }) => {
    const [road = "", block = "", ...values] = asked.split(" ");
    if (block === "enter") call = new TestCall(program, world);
    call.answers = answers.map(answerOf);
    call.asked = [];
    const document = inOrder(take(call, road, block, valuesOf(values.join(" "))));
    const messages = call.sent.map(({ form }) => new URLSearchParams(form).toString());
    return { asked, requests: call.asked, answers, messages, document };
  });
}

function take(call: TestCall, road: string, block: string, params: Record<string, string>): string {
  if (road === ">>") return call.answerBeside(params, block);
  if (block === "message") return call.message(params);
  if (block === "text") return call.text(params);
  if (block === "timeout") return call.timeOut();
  if (block === "delivery") return call.deliver(params);
  if (block === "hangup") {
    call.hangUp();
    return "";
  }
  return call.links().get(block) === "aside" ? call.aside(block, params) : call.answer(params, block);
}

function answerOf(text: string): Answer {
  const [status = "", ...body] = text.split(" ");
  const sent = body.join(" ");
  // Quotes mark a text that is not JSON: the Worker hands it on as null.
  return { status, body: /^([[{\d]|null)/.test(sent) ? JSON.parse(sent) : null, text: sent };
}

/** `a=1&b=2`; a plus is a plus, as numbers have one. */
function valuesOf(text = ""): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text.replaceAll("+", "%2B")));
}
