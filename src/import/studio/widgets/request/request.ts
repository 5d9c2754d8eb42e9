/** Run Function and Make HTTP Request → `request`. */
import { type Conversion, exitTo, textFor } from "../../conversion.ts";
import { pairsIn, textIn, transitionOf, type Widget } from "../../definition.ts";
import { urlOf } from "../../environment.ts";
import { jsonTree } from "../../json-text.ts";
import { noteOnce } from "../../notes.ts";
import { compact, isTreeMap, type Step, type Tree, type TreeMap } from "../../step.ts";
import type { Saved } from "../../values/declared.ts";
import { stepFor } from "../widget.ts";
import { outcomesOf } from "./outcomes.ts";

/** Converts a Run Function: a POST with a form, signed as Twilio signs. */
export function convertFunction(c: Conversion, widget: Widget): Step[] {
  const url = textIn(widget, "url");
  noteOnce(c.notes.functions, { widget: widget.name, text: url });
  const form = formOf(c, widget, pairsIn(widget, "parameters"));
  return requestStep(
    c,
    widget,
    {
      url: urlOf(c, widget, url),
      ...(form === undefined ? { method: "POST" } : { form }),
      sign: "twilio",
    },
    "fail",
  );
}

/** Converts a Make HTTP Request. */
export function convertHttp(c: Conversion, widget: Widget): Step[] {
  const url = textIn(widget, "url");
  const method = textIn(widget, "method").toUpperCase() || "GET";
  const isSigned = /^https:\/\/[\w-]+\.twil\.io\//.test(url);
  if (isSigned) noteOnce(c.notes.functions, { widget: widget.name, text: url });
  const body = method === "GET" ? {} : bodyOf(c, widget);
  const isAssumed =
    method === "GET" ? Object.keys(body).length === 0 : method === "POST" && Object.keys(body).length > 0;
  const query = method === "GET" ? formOf(c, widget, pairsIn(widget, "parameters")) : undefined;
  const request = compact({
    url: urlOf(c, widget, url),
    method: isAssumed ? undefined : method,
    query,
    ...body,
    sign: isSigned ? "twilio" : undefined,
  });
  return requestStep(c, widget, request, "failed");
}

function requestStep(c: Conversion, widget: Widget, request: TreeMap, failure: "fail" | "failed"): Step[] {
  const failed = transitionOf(widget, failure).next;
  const { meanwhile, retries, status, widgets, next } = outcomesOf(c, widget, failed);
  const tries = retries + 1;
  const body = compact({
    ...request,
    timeout: Math.max(2, Math.floor(10 / tries)),
    retries: retries === 0 ? undefined : retries,
    idempotent: retries > 0 ? true : undefined,
    meanwhile,
    status,
  });
  return [
    stepFor(widget, { kind: "request", body, widgets: [widget.name, ...widgets], next: exitTo(c, next) }),
  ];
}

function formOf(c: Conversion, widget: Widget, pairs: readonly [string, string][]): TreeMap | undefined {
  if (pairs.length === 0) return undefined;
  return Object.fromEntries(pairs.map(([key, value]) => [key, textFor(c, widget, value).text]));
}

function bodyOf(c: Conversion, widget: Widget): TreeMap {
  const source = textIn(widget, "body");
  if (/urlencoded/.test(textIn(widget, "content_type"))) {
    const pairs = pairsIn(widget, "parameters");
    const form = formOf(c, widget, pairs.length > 0 ? pairs : pairsOf(source));
    return form === undefined ? {} : { form };
  }
  if (source.trim() === "") return {};
  const json = jsonTree(c, widget, source);
  if (json !== undefined) return { json };
  noteOnce(c.notes.left, { widget: widget.name, text: "a body that is neither JSON nor a form" });
  return {};
}

function pairsOf(source: string): [string, string][] {
  return source.split("&").flatMap((pair): [string, string][] => {
    const [, key = "", value = ""] = /^([^=]+)=?([\s\S]*)$/.exec(pair) ?? [];
    return key === "" ? [] : [[decoded(key), /\{[{%]/.test(value) ? value : decoded(value)]];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** Adds what later steps read: paths into the answer, its status, or its text. */
export function saveResponse(body: Tree, saved: readonly Saved[]): Tree {
  const paths = saved.filter(({ save }) => save.from === "path");
  const others = saved.filter(({ save }) => save.from === "response");
  const mapOf = (some: readonly Saved[]): TreeMap | undefined =>
    some.length === 0
      ? undefined
      : Object.fromEntries(some.map(({ variable, save }) => [variable.name, save.name]));
  if (!isTreeMap(body)) return body;
  return compact({ ...body, save: mapOf(paths), answer: mapOf(others) });
}
