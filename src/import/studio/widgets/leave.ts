/** Widgets that hand the call to something else: Add TwiML Redirect, Run Subflow, Capture Payments, Fork Stream. */
import { type Conversion, exitOn, textFor } from "../conversion.ts";
import { pairsIn, textIn, transitionOf, type Widget, wholeIn } from "../definition.ts";
import { urlOf } from "../environment.ts";
import { kebab, variableName } from "../names.ts";
import { noteOnce } from "../notes.ts";
import { compact, type Step, type Tree, type TreeMap } from "../step.ts";
import { stepFor } from "./widget.ts";

/** Converts an Add TwiML Redirect. */
export function convertRedirect(c: Conversion, widget: Widget): Step[] {
  const body = compact({
    url: urlOf(c, widget, textIn(widget, "url")),
    method: textIn(widget, "method").toUpperCase() === "GET" ? "GET" : undefined,
    back: exitOn(c, widget, "return"),
  });
  for (const event of ["timeout", "fail"]) {
    if (transitionOf(widget, event).next === undefined) continue;
    c.notes.changedExits.add(`${widget.name} ${event}`);
  }
  c.notes.changed.push({
    widget: widget.name,
    was: "the application came back by a request with `FlowEvent=return`; a time-out and a failure had exits",
    is: "it redirects to the URL in its own parameter `back`; failures take `onError`",
  });
  return [stepFor(widget, { kind: "redirect", body })];
}

/** Converts a Run Subflow. */
export function convertSubflow(c: Conversion, widget: Widget): Step[] {
  const sid = textIn(widget, "flow_sid");
  const pairs = pairsIn(widget, "parameters");
  const key = c.flows.has(sid) ? sid : `${sid} ${pairs.map(([name]) => name).join()}`;
  const part = c.parts.get(key) ?? {
    sid,
    name: c.flows.get(sid) ?? kebab(widget.name),
    takes: new Set<string>(),
    gives: new Set<string>(),
  };
  c.parts.set(key, part);
  const given = pairs.map(([name, value]): [string, Tree] => {
    part.takes.add(variableName(name));
    return [variableName(name), textFor(c, widget, value).text];
  });
  if (transitionOf(widget, "failed").next !== undefined) {
    c.notes.changedExits.add(`${widget.name} failed`);
    c.notes.changed.push({
      widget: widget.name,
      was: "a sub-flow that failed had an exit",
      is: "it takes its own `onError`",
    });
  }
  if (!c.flows.has(sid))
    noteOnce(c.notes.left, {
      widget: widget.name,
      text: `the sub-flow ${sid}, which is not in this file: \`${part.name}.yaml\` only returns. Import it, or import the whole account`,
    });
  const body = compact({ flow: part.name, with: given.length === 0 ? undefined : Object.fromEntries(given) });
  return [stepFor(widget, { kind: "run", body, next: exitOn(c, widget, "completed") })];
}

/** Converts a Capture Payments. */
export function convertPay(c: Conversion, widget: Widget): Step[] {
  const status: TreeMap = compact({
    "too-many-failed-attempts": exitOn(c, widget, "maxFailedAttempts"),
    "payment-connector-error": exitOn(c, widget, "providerError"),
    else: exitOn(c, widget, "payInterrupted"),
  });
  const attempts = wholeIn(widget, "max_attempts");
  const body = compact({
    chargeAmount: textFor(c, widget, textIn(widget, "payment_amount")).text || undefined,
    currency: textIn(widget, "currency") || undefined,
    description: textFor(c, widget, textIn(widget, "description")).text || undefined,
    paymentConnector: textIn(widget, "payment_connector") || undefined,
    maxAttempts: attempts,
    status,
  });
  return [stepFor(widget, { kind: "pay", body, next: exitOn(c, widget, "success") })];
}

/** Converts a Fork Stream. */
export function convertStream(c: Conversion, widget: Widget): Step[] {
  const next = exitOn(c, widget, "next");
  const name = kebab(textIn(widget, "stream_name") || "stream");
  if (textIn(widget, "stream_action") === "stop")
    return [stepFor(widget, { kind: "stop", body: name, next })];
  const url = textFor(c, widget, textIn(widget, "stream_url")).text;
  return [stepFor(widget, { kind: "start", body: { stream: { name, url } }, next })];
}
