/** Send To Flex and Enqueue Call → `enqueue`; on the road of a text message, a task by TaskRouter's API. */
import { type Conversion, exitOn, textFor } from "../conversion.ts";
import { textIn, type Widget, wholeIn } from "../definition.ts";
import { sidOf, wholeUrlOf } from "../environment.ts";
import { jsonTree } from "../json-text.ts";
import { kebab } from "../names.ts";
import { noteOnce, require } from "../notes.ts";
import { compact, type Step, type Tree } from "../step.ts";
import { stepFor } from "./widget.ts";

/** Converts a Send To Flex. */
export function convertFlex(c: Conversion, widget: Widget): Step[] {
  const workflow = sidOf(c, widget, textIn(widget, "workflow"), "WW", "WORKFLOW_SID");
  return c.road === "text" ? taskFor(c, widget, workflow) : [enqueue(c, widget, { workflowSid: workflow })];
}

/** Converts an Enqueue Call. */
export function convertEnqueue(c: Conversion, widget: Widget): Step[] | undefined {
  if (c.road === "text") return undefined;
  const workflow = textIn(widget, "workflow_sid");
  if (workflow !== "")
    return [enqueue(c, widget, { workflowSid: sidOf(c, widget, workflow, "WW", "WORKFLOW_SID") })];
  return [enqueue(c, widget, { queue: textFor(c, widget, textIn(widget, "queue_name")).text || "support" })];
}

function enqueue(c: Conversion, widget: Widget, to: Record<string, Tree>): Step {
  const url = textIn(widget, "waitUrl") || textIn(widget, "wait_url");
  const method = (textIn(widget, "waitUrlMethod") || textIn(widget, "wait_url_method")).toUpperCase();
  const body = compact({
    ...to,
    task: taskOf(c, widget),
    waitUrl: url === "" ? undefined : wholeUrlOf(c, widget, url, `${kebab(widget.name)}_wait_url`),
    waitUrlMethod: url !== "" && method === "GET" ? "GET" : undefined,
    status: { else: exitOn(c, widget, "failedToEnqueue") },
  });
  return stepFor(widget, { kind: "enqueue", body, next: exitOn(c, widget, "callComplete") });
}

/** The task's attributes, priority and time-out; Studio's own defaults are left out. */
function taskOf(c: Conversion, widget: Widget): Tree | undefined {
  const [priority, timeout] = [wholeIn(widget, "priority"), wholeIn(widget, "timeout")];
  const task = compact({ json: attributesOf(c, widget), priority: priority || undefined, timeout });
  return Object.keys(task).length === 0 ? undefined : task;
}

function attributesOf(c: Conversion, widget: Widget): Tree | undefined {
  const source = textIn(widget, "attributes") || textIn(widget, "task_attributes");
  if (source.trim() === "") return undefined;
  const tree = jsonTree(c, widget, source);
  if (tree === undefined)
    noteOnce(c.notes.mistakes, { widget: widget.name, text: "the attributes of its task are not JSON" });
  return tree;
}

/** A text message has no call that could wait: a task is created for it. */
function taskFor(c: Conversion, widget: Widget, workflow: Tree): Step[] {
  require(c.notes, {
    kind: "env",
    name: "TASKROUTER_URL",
    why: "the workspace's URL: https://taskrouter.twilio.com/v1/Workspaces/WS…",
  });
  require(c.notes, {
    kind: "secret",
    name: "TWILIO_BASIC_AUTH",
    why: "an API key and its secret, as `SK…:secret` in base64",
  });
  c.notes.changed.push({
    widget: widget.name,
    was: "the chat channel was handed to Flex",
    is: "a task is created; Flex answers by its own channel",
  });
  const channel = textIn(widget, "channel");
  const form = compact({
    WorkflowSid: workflow,
    TaskChannel: /^TC\w{32}$/.test(channel) ? channel : undefined,
    Attributes: textFor(c, widget, textIn(widget, "attributes")).text || undefined,
  });
  const body = {
    url: { env: "TASKROUTER_URL", path: "/Tasks" },
    headers: { Authorization: "Basic {{ secrets.TWILIO_BASIC_AUTH }}" },
    form,
    timeout: 10,
    status: { else: exitOn(c, widget, "failedToEnqueue") },
  };
  return [stepFor(widget, { kind: "request", body, next: exitOn(c, widget, "callComplete") })];
}
