/** Makes each state of the page from the one before. Pure. */
import { enteredAt } from "./call/secrets.ts";
import type { FlowView } from "./contract/flow.ts";
import type { PhoneState } from "./contract/state.ts";
import { MASK } from "./contract/value.ts";
import {
  type Action,
  type CallAction,
  type CallView,
  type ConversationLine,
  FIRST,
  type PhoneView,
  type Replay,
  type RequestEntry,
  type SecondPhone,
  type Side,
  type State,
  type Texted,
} from "./state.ts";
import { speakingIn } from "./text/speaking.ts";
import { keepUnchanged } from "./unchanged.ts";

/** What the page shows once something has happened. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "server":
      return served(state, action.state);
    case "connection":
      return { ...state, isConnected: action.isConnected };
    case "setup":
      return chosen({ ...state, setup: { ...state.setup, ...action.setup } }, state.setup.flow);
    case "settings":
      return { ...state, settings: { ...state.settings, ...action.settings } };
    case "tab":
      return { ...state, tab: action.tab };
    case "open":
      return without({ ...state, opened: action.opened }, "selected");
    case "select":
      return action.step === undefined
        ? without(state, "selected")
        : { ...state, selected: action.step, tab: "step" };
    case "clear call":
      return state.call?.ended ? without(without(without(state, "call"), "replay"), "savedTest") : state;
    case "call":
      return begun(state, action);
    case "others":
      return { ...state, others: action.others };
    case "replay":
      return replayed(state, action.replay);
    case "saved test":
      return action.savedTest ? { ...state, savedTest: action.savedTest } : without(state, "savedTest");
    case "texted":
      return texted(state, action);
    default:
      return state.call ? { ...state, call: inCall(heardIn(state.call, state, action), action) } : state;
  }
}

/**
 * The step that is heard, if the caller begins to hear something; none once something is asked, somebody is rung, the
 * caller waits in a queue, or a webhook is answered.
 */
function heardIn(call: CallView, { server }: State, action: CallAction): CallView {
  const isOver =
    action.type === "ended" ||
    (action.type === "waiting" && action.waiting !== undefined) ||
    (action.type === "second" && action.second !== undefined) ||
    (action.type === "request" && !action.entry.turn?.aside) ||
    (action.type === "question" && action.side === "caller" && action.question !== undefined);
  if (isOver) return without(call, "speaking");
  if (action.type !== "line" || action.side !== "caller" || !action.line.isGoing) return call;
  const turns = call.requests.flatMap(({ turn }) => turn ?? []);
  const speaking = speakingIn(action.line.text, turns, call.speaking, server?.flows ?? []);
  return speaking ? { ...call, speaking } : call;
}

/** What happens at one of the two phones. */
type AtPhone = Extract<CallAction, { side: Side }>;

function inCall(call: CallView, action: CallAction): CallView {
  if ("side" in action) return atPhone(call, action.side, (phone) => inPhone(phone, action));
  switch (action.type) {
    case "second":
      return action.second ? { ...call, second: secondPhone(call, action.second) } : without(call, "second");
    case "waiting":
      return action.waiting ? { ...call, waiting: action.waiting } : without(call, "waiting");
    case "request":
      return hideSecret({ ...call, requests: [...call.requests, action.entry] }, action.entry);
    case "spoken":
      return { ...call, spoken: { ...call.spoken, [action.recording]: action.url } };
    case "written":
      return { ...call, script: action.script, transcript: action.transcript };
    case "ended":
      return { ...without(without(call, "second"), "waiting"), ended: action.ended };
  }
}

function inPhone(phone: PhoneView, action: AtPhone): PhoneView {
  switch (action.type) {
    case "line":
      return { ...phone, lines: [...phone.lines, action.line] };
    case "shown":
      return atLine(phone, action.id, (line) => ({ ...line, shown: Math.max(line.shown, action.shown) }));
    case "heard":
      return atLine(phone, action.id, (line) => ({ ...line, shown: line.text.length, isGoing: false }));
    case "hears":
      return action.hears ? { ...phone, hears: action.hears } : without(phone, "hears");
    case "question":
      return action.question ? { ...phone, question: action.question } : without(phone, "question");
  }
}

/** What the caller entered at a sensitive step is hidden as soon as the Worker says so. */
function hideSecret(call: CallView, entry: RequestEntry): CallView {
  if (enteredAt(entry) === undefined) return call;
  // Only a called phone's leg has one that it belongs to.
  const side = entry.params.ParentCallSid === undefined ? "caller" : "callee";
  return atPhone(call, side, (phone) => {
    const last = phone.lines.findLast(({ kind }) => kind === "person");
    return atLine(phone, last?.id, (line) => ({ ...line, text: MASK, shown: MASK.length }));
  });
}

function secondPhone({ second }: CallView, fresh: Omit<SecondPhone, "phone">): SecondPhone {
  return { phone: second?.phone ?? { lines: [] }, ...fresh };
}

function atPhone(call: CallView, side: Side, change: (phone: PhoneView) => PhoneView): CallView {
  if (side === "caller") return { ...call, caller: change(call.caller) };
  return call.second ? { ...call, second: { ...call.second, phone: change(call.second.phone) } } : call;
}

function atLine(
  phone: PhoneView,
  id: number | undefined,
  change: (line: ConversationLine) => ConversationLine,
): PhoneView {
  return { ...phone, lines: phone.lines.map((line) => (line.id === id ? change(line) : line)) };
}

function served(state: State, server: PhoneState): State {
  if (state.server && state.server.revision > server.revision) return state;
  const names = server.flows.map(({ name }) => name);
  const flow = openFlow(state, server);
  const flows = keepUnchanged(server.flows, state.server?.flows ?? []);
  const next = { ...state, server: { ...server, flows }, isConnected: true, setup: { ...state.setup, flow } };
  const opened = state.opened.filter((name) => names.includes(name));
  return chosen({ ...next, opened }, state.setup.flow);
}

/** The flow that was changed last, of those that a number would point at: ones that no other runs as a part. */
function lastChanged({ flows }: PhoneState): FlowView | undefined {
  const parts = new Set(flows.flatMap(({ parts }) => parts));
  const called = flows.filter(({ name }) => !parts.has(name));
  const changedAt = ({ changed = 0 }: FlowView): number => changed;
  return (called.length > 0 ? called : flows).reduce<FlowView | undefined>(
    (last, flow) => (last && changedAt(last) >= changedAt(flow) ? last : flow),
    undefined,
  );
}

/** The flow that is open: the one of the last visit, unless another was changed since. */
function openFlow({ server, setup, seen = 0 }: State, now: PhoneState): string {
  const isThere = now.flows.some(({ name }) => name === setup.flow);
  const last = lastChanged(now);
  const isFresh = !server && (last?.changed ?? 0) > seen;
  return isThere && !isFresh ? setup.flow : (last?.name ?? "");
}

/** Another flow was chosen: its diagram is shown, and its own clock is used. */
function chosen(state: State, before: string): State {
  const { flow, timezone } = state.setup;
  if (flow === before && state.opened.length > 0) return state;
  const hours = state.server?.flows.find(({ name }) => name === flow)?.hours;
  const setup = {
    ...state.setup,
    timezone: hours?.[0]?.timezone ?? timezone,
    standIn: undefined,
    kept: undefined,
  };
  const fresh = without({ ...state, setup, opened: flow === "" ? [] : [flow] }, "selected");
  return flow === before ? fresh : without(fresh, "texted");
}

const NOTHING_TEXTED: Texted = {
  lines: [],
  requests: [],
  setup: FIRST.setup,
  begun: 0,
  script: [],
  before: 0,
};

/** What was written to a sensitive step is hidden as soon as the Worker says so. */
function hideText(lines: ConversationLine[], entry: RequestEntry): ConversationLine[] {
  if (enteredAt(entry) === undefined) return lines;
  const last = lines.findLast(({ kind }) => kind === "person");
  return lines.map((line) => (line === last ? { ...line, text: MASK, shown: MASK.length } : line));
}

function texted(state: State, { flow, texted }: Extract<Action, { type: "texted" }>): State {
  // Another flow may have been chosen since.
  if (flow !== state.setup.flow) return state;
  const { waits: _, ...before } = state.texted ?? NOTHING_TEXTED;
  const { lines, requests } = before;
  const { begins, waits } = texted;
  const own = begins ? { ...before, ...begins, script: [], before: requests.length } : before;
  const next = {
    ...own,
    lines: texted.requests.reduce(hideText, [...lines, ...texted.lines]),
    requests: [...requests, ...texted.requests],
    script: [...own.script, ...texted.script],
    ...(waits && { waits }),
  };
  // What was saved is not this conversation any more.
  return without({ ...state, texted: next }, "savedTest");
}

/** The comparison arrives later. A call begun since drops it, and a tab chosen since stays. */
function replayed(state: State, replay: Replay): State {
  if (!replay.comparison) return { ...state, replay, tab: "replay" };
  return state.replay ? { ...state, replay } : state;
}

function begun(state: State, { setup, since, begun: at }: Extract<Action, { type: "call" }>): State {
  const call: CallView = {
    setup,
    since,
    begun: at,
    caller: { lines: [] },
    requests: [],
    spoken: {},
    script: [],
    transcript: [],
  };
  const fresh = without(without({ ...state, call }, "replay"), "savedTest");
  return { ...fresh, opened: [setup.flow], tab: state.tab === "replay" ? "requests" : state.tab };
}

function without<T extends object, K extends keyof T>(whole: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = whole;
  return rest;
}
