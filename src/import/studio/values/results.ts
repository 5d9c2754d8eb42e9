/** What each type of widget leaves for later ones, and how a step captures it. */
import type { Widget } from "../definition.ts";
import type { Cel, ExpressionType } from "../liquid/cel.ts";
import { pathText } from "../liquid/tree.ts";
import { subjectOf, variableName } from "../names.ts";

/** Where a step takes a value from: its answer, a path into JSON, a result by its name, or a parameter. */
export interface Save {
  from: "answer" | "path" | "response" | "result" | "parameter";
  name: string;
}

/** A value of a widget: an expression, or a variable that a step saves. */
export type Result =
  | { cel: Cel }
  | { save: Save; wish: string; type: ExpressionType; read?: (variable: string) => Cel };

type Path = readonly (string | number)[];

const text = (cel: string): Result => ({ cel: { cel, type: "string" } });

const RESULTS: Readonly<Record<string, (widget: Widget, path: Path) => Result | undefined>> = {
  "gather-input-on-call": ({ name }, [field]) => {
    if (field === "Confidence") return { cel: { cel: "input.confidence", type: "number" } };
    if (field !== "Digits" && field !== "SpeechResult") return undefined;
    return { save: { from: "answer", name: "" }, wish: subjectOf(name), type: "string" };
  },
  "run-function": responseOf,
  "make-http-request": responseOf,
  "connect-call-to": (_, [field]) => {
    if (field === "DialCallStatus") return result("status", "outcome", "string");
    return field === "DialCallDuration" ? result("seconds", "seconds", "int") : undefined;
  },
  "record-voicemail": ({ name }, [field]) => {
    const read = RECORDING[String(field)];
    if (read === undefined) return undefined;
    const wish = subjectOf(name).replace(/^(?:record_)?voicemail(?:_\d+)?$/, "message");
    return { save: { from: "answer", name: "" }, wish, type: "recording", read };
  },
  "add-twiml-redirect": (_, path) => parameterOf(path),
  "capture-payments": (_, path) => parameterOf(path),
  "run-subflow": (_, path) => {
    const name = variableName(String(path.at(-1) ?? ""));
    return { save: { from: "parameter", name }, wish: name, type: "string" };
  },
  "send-and-wait-for-reply": ({ name }, path) => {
    const field = pathText(path);
    if (field === "inbound.Body")
      return { save: { from: "answer", name: "" }, wish: subjectOf(name), type: "string" };
    if (field === "inbound.From") return text("caller.number");
    return field === "inbound.To" ? text("call.number") : undefined;
  },
};

const RECORDING: Readonly<Record<string, (variable: string) => Cel>> = {
  RecordingUrl: (variable) => ({ cel: variable, type: "recording" }),
  RecordingDuration: (variable) => ({ cel: `${variable}.seconds`, type: "int" }),
  TranscriptionText: (variable) => ({ cel: `${variable}.transcript`, type: "string" }),
};

/** The types of widgets whose values are known. */
export const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(RESULTS),
  "say-play",
  "split-based-on",
  "send-to-flex",
  "send-message",
]);

/** What a widget leaves at a path; undefined if it leaves nothing there. */
export function resultOf(widget: Widget, path: Path): Result | undefined {
  return Object.hasOwn(RESULTS, widget.type) ? RESULTS[widget.type]?.(widget, path) : undefined;
}

function responseOf(_: Widget, [field, ...path]: Path): Result | undefined {
  if (field === "status_code")
    return { save: { from: "response", name: "status" }, wish: "code", type: "string" };
  if (field === "body" || (field === "parsed" && path.length === 0))
    return { save: { from: "response", name: "text" }, wish: "body", type: "string" };
  if (field !== "parsed") return undefined;
  const name = path.join(".");
  const last = path.findLast((key) => typeof key === "string") ?? "value";
  return { save: { from: "path", name }, wish: variableName(String(last)), type: "string" };
}

function result(name: string, wish: string, type: ExpressionType): Result {
  return { save: { from: "result", name }, wish, type };
}

function parameterOf([field]: Path): Result | undefined {
  if (typeof field !== "string") return undefined;
  return { save: { from: "parameter", name: field }, wish: variableName(field), type: "string" };
}
