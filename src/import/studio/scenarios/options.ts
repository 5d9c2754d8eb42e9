/** What can happen at a widget of the original: what the caller does, what a service answers, how a call ends. */

import { textIn, transitionOf, type Widget, wholeIn } from "../definition.ts";
import { findsMore } from "../notes.ts";
import { valuesOf } from "../values/compared.ts";
import type { Values } from "../values/values.ts";
import { replies } from "./replies.ts";
import type { Option, World } from "./world.ts";

type Path = readonly (string | number)[];

/** A number that a service answers with. */
const PHONE = "+14155550123";

/** The options of a widget, the most usual first; undefined if the original cannot be played here. */
export function optionsOf(world: World, widget: Widget): Option[] | undefined {
  return Object.hasOwn(OPTIONS, widget.type) ? OPTIONS[widget.type]?.(world, widget) : undefined;
}

const OPTIONS: Readonly<Record<string, (world: World, widget: Widget) => Option[] | undefined>> = {
  "gather-input-on-call": answers,
  "run-function": (world, widget) => responses(world, widget, "fail"),
  "make-http-request": (world, widget) => responses(world, widget, "failed"),
  "connect-call-to": dials,
  "record-voicemail": (_, widget) => [
    { label: "a message", event: "recordingComplete", leaves: { RecordingDuration: 5 }, line: { record: 5 } },
    ...(transitionOf(widget, "noAudio").next === transitionOf(widget, "recordingComplete").next
      ? []
      : [{ label: "no message", event: "noAudio", leaves: {}, line: { record: "silence" } }]),
  ],
  "send-and-wait-for-reply": replies,
  "send-to-flex": queue,
  "enqueue-call": queue,
  "add-twiml-redirect": returns,
  "run-subflow": () => [{ label: "", event: "completed", leaves: {} }],
};

function queue(): Option[] {
  return [{ label: "", event: "callComplete", leaves: {}, line: { wait: 5 } }];
}

/** What callers press and say. */
function answers({ values, notes }: World, widget: Widget): Option[] {
  const pressed = transitionOf(widget, "keypress").next;
  const said = notes.changedExits.has(`${widget.name} speech`)
    ? undefined
    : transitionOf(widget, "speech").next;
  const options: Option[] = [];
  if (pressed !== undefined)
    for (const digits of digitsFor(values, widget)) options.push(pressing(widget, digits));
  if (said !== undefined)
    for (const words of wordsFor(values, widget))
      if (!findsMore(notes, widget.name, words)) options.push(saying(words));
  if (!notes.changedExits.has(`${widget.name} timeout`))
    options.push({ label: "silence", event: "timeout", leaves: {}, line: "silence" });
  return options;
}

function pressing(widget: Widget, digits: string): Option {
  const most = wholeIn(widget, "number_of_digits") ?? 0;
  const key = textIn(widget, "stop_gather") === "false" ? "" : textIn(widget, "finish_on_key") || "#";
  const isWhole = most === digits.length || digits === key;
  return {
    label: `key${digits.length > 1 ? "s" : ""} ${digits}`,
    event: "keypress",
    leaves: { Digits: digits },
    line: { press: isWhole ? digits : `${digits}${key}` },
  };
}

function saying(words: string): Option {
  return { label: words, event: "speech", leaves: { SpeechResult: words }, line: { say: words } };
}

function digitsFor(values: Values, widget: Widget): string[] {
  const compared = values.sources.comparedWith(["widgets", widget.name, "Digits"]);
  const most = wholeIn(widget, "number_of_digits") ?? 5;
  const named = compared.flatMap(valuesOf).filter((one) => /^[0-9*#]+$/.test(one));
  if (named.length === 0)
    return most > 2 && most < 12 ? ["1234567890".repeat(2).slice(0, most), "12"] : ["1"];
  const wrong = [..."5678904321"].find((key) => !named.includes(key));
  return [...new Set([...named, ...(wrong === undefined ? [] : [wrong])])];
}

function wordsFor(values: Values, widget: Widget): string[] {
  const compared = values.sources.comparedWith(["widgets", widget.name, "SpeechResult"]);
  const named = compared.flatMap((one) => valuesOf(one).slice(0, 1));
  return [...new Set([...named, named.length === 0 ? "a large pizza" : "something else"])];
}

/** A service answers, or fails. */
function responses(world: World, widget: Widget, failure: string): Option[] {
  const under = world.paths.filter(([root, name]) => root === "widgets" && name === widget.name);
  const parsed = under.filter(([, , field, key]) => field === "parsed" && key !== undefined);
  const failed: Option = {
    label: `${widget.name} fails`,
    event: failure,
    leaves: { status_code: 500 },
    answer: { status: 500 },
  };
  if (parsed.length === 0 && under.some(([, , field]) => field === "body")) {
    const text = world.dialled.has(`widgets.${widget.name}.body`) ? PHONE : "an answer";
    return [
      { label: "", event: "success", leaves: { body: text, status_code: 200 }, answer: { text } },
      failed,
    ];
  }
  const lists = parsed.map((path) => ({ path: path.slice(3), values: candidates(world, path) }));
  const first = new Map(lists.map(({ path, values: [value] }) => [path, value]));
  const others = lists.flatMap(({ path, values: [, ...more] }) =>
    more.map((value) => new Map(first).set(path, value)),
  );
  const made = [first, ...others].map((values, index): Option => {
    const json = jsonOf(values);
    const changed = index === 0 ? "" : describe(values, first);
    return {
      label: changed,
      event: "success",
      leaves: { parsed: json, status_code: 200, body: JSON.stringify(json) },
      answer: { json },
    };
  });
  return [...made, failed];
}

/** The values that a path of an answer can have; undefined is a value that is missing. */
function candidates({ values, dialled }: World, path: Path): unknown[] {
  const compared = values.sources.comparedWith(path);
  if (dialled.has(path.join("."))) return [PHONE];
  const named = [...new Set(compared.flatMap((one) => (/blank/.test(one.type) ? [] : valuesOf(one))))].map(
    typed,
  );
  if (compared.length === 0) return [`the ${String(path.at(-1))}`];
  if (named.length === 0) return [`the ${String(path.at(-1))}`, undefined];
  return named.every((one) => typeof one === "boolean")
    ? [...new Set([...named, ...(named.length === 1 ? [named[0] !== true] : [undefined])])]
    : [...named, "something else"];
}

function typed(text: string): unknown {
  return text === "true" ? true : text === "false" ? false : text;
}

function jsonOf(values: ReadonlyMap<Path, unknown>): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  const sorted = [...values].toSorted(([a], [b]) => b.length - a.length);
  const missing = sorted.filter(([, value]) => value === undefined).map(([path]) => path.join("."));
  for (const [path, value] of sorted) {
    if (value === undefined || missing.some((one) => path.join(".").startsWith(one))) continue;
    put(json, path, value);
  }
  return json;
}

function put(json: Record<string, unknown>, [key, ...rest]: Path, value: unknown): void {
  const name = String(key);
  const inner = json[name];
  if (rest.length === 0) json[name] ??= value;
  else {
    const map: Record<string, unknown> = typeof inner === "object" && inner !== null ? { ...inner } : {};
    put(map, rest, value);
    json[name] = map;
  }
}

function describe(values: ReadonlyMap<Path, unknown>, first: ReadonlyMap<Path, unknown>): string {
  const [path, value] = [...values].find(([key, one]) => first.get(key) !== one) ?? [[], ""];
  return value === undefined ? `without ${path.join(".")}` : `${path.join(".")} is ${String(value)}`;
}

function dials(world: World, widget: Widget): Option[] {
  const compared = world.values.sources
    .comparedWith(["widgets", widget.name, "DialCallStatus"])
    .flatMap(valuesOf);
  const wanted = new Set(["completed", ...compared, "no-answer"]);
  return ["completed", "busy", "no-answer", "failed"]
    .filter((status) => wanted.has(status))
    .map((status) => ({
      label: status === "completed" ? "" : status,
      event: "callCompleted",
      leaves: { DialCallStatus: status },
      line: status === "completed" ? {} : { status },
    }));
}

function returns({ paths, values }: World, widget: Widget): Option[] {
  const own = paths.filter(([root, name]) => root === "widgets" && name === widget.name);
  const [path] = own;
  const named = path === undefined ? [] : values.sources.comparedWith(path).flatMap(valuesOf);
  const wanted = path === undefined ? [""] : [...new Set([...named, "something-else"])];
  return wanted.map((value) => {
    const leaves = path === undefined ? {} : { [String(path[2])]: value };
    const query = path === undefined ? "" : `&amp;${String(path[2])}=${encodeURIComponent(value)}`;
    return {
      label: value,
      event: "return",
      leaves,
      answer: { text: `<Response><Redirect>{{ back }}${query}</Redirect></Response>` },
    };
  });
}
