/**
 * The contract between the page and the development server. The page is at `/` of the local Worker; below it are:
 *
 * - `GET /phone/state`: a `PhoneState`, at once
 * - `GET /phone/state?after=<revision>`: the next `PhoneState` as soon as there is a later one, or status 204 after some
 *   seconds without
 * - `POST /phone/calls`: a `PlacedCallReport` as JSON; answers status 200, or 409 if the call does not ring or is over
 * - `POST /phone/keep`: a `SaveTestRequest` as JSON; answers `SavedTest` with status 200, else `Refused`
 * - `POST /phone/rerecord`: a `NamedTest` as JSON; answers as `/phone/keep`
 * - `POST /phone/undo`: `{}`; takes back what was written last, and answers `Undone` with status 200, else `Refused`
 * - `GET /phone/test?flow=<flow>&name=<scenario>`: a `TestDetail`, played anew; answers status 404 if there is no such test
 * - `POST /phone/service`: an `AskedService` as JSON; answers `StandIn`. The Worker in development asks, not the page
 *
 * A webhook goes to `/voice/<flow>` and to the URLs of the answers, signed, as Twilio's do. The page adds the header
 * `NOW_HEADER` to each, and `STAND_INS_HEADER` unless services are really asked; the response of each turn, of the call or
 * of an aside, then has the header `TURN_HEADER`.
 */
import type { Scenario } from "../script/scenario.ts";

/**
 * Of a webhook: the moment that the call is at, in whole milliseconds since 1970, for hours and holidays. Development
 * only: the page sends the time of its own clock, which may be a chosen one.
 */
export const NOW_HEADER = "Ringflow-Now";

/** Of an answer: a `TurnView` as JSON, written with `encodeURIComponent`. */
export const TURN_HEADER = "Ringflow-Turn";

/**
 * Of a webhook: services are not asked, and text messages are not sent. `StandInCall` as JSON, written with
 * `encodeURIComponent`.
 */
export const STAND_INS_HEADER = "Ringflow-Stand-Ins";

/**
 * Of a call's first webhook: values of persistent variables, to be stored before it is handled. By
 * `VariableView.keep`, as JSON, written with `encodeURIComponent`.
 */
export const KEPT_HEADER = "Ringflow-Kept";

/** Replaces a sensitive value. */
export const MASK = "•••";

/** A value that survives JSON. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** Everything that the page shows before a call. */
export interface PhoneState {
  /** A later state has a higher number, also one of a server that was started again. */
  revision: number;
  /** What webhooks are sent for and signed with: the development token, which is worth nothing elsewhere. */
  accountSid: string;
  token: string;
  /** A Twilio account is set: text messages to others are really sent. */
  sendsTexts?: true;
  /** In the order of their names. */
  flows: FlowView[];
  /** Promises or ways of the flows as saved are not known yet. */
  isExploring?: true;
  /** The audio files that the Worker serves, if any: where, what their makers call them, and how long each takes. */
  audio?: { path: string; name: string; seconds: number }[];
  /** Calls that flows have placed here without an account: they ring, or are in progress. The oldest first. */
  placed?: PlacedCall[];
  /** What prevents the whole project from being served, in sentences; absent if nothing does. */
  trouble?: string;
}

/** A call that the Worker has placed through development's own Twilio. URLs are paths with their queries. */
export interface PlacedCall {
  sid: string;
  /** The flow's number, and that of the person called; E.164. */
  from: string;
  to: string;
  flow: string;
  /** The webhook that it begins at. */
  url: string;
  /** The status callback. */
  statusUrl?: string;
  /** Answering machine detection is on: the flow waits for its verdict. */
  isDetected?: true;
  /** It is on, and the flow does not wait: the webhook that gets the verdict. */
  machineUrl?: string;
  /** While nobody has answered: since when, in milliseconds since 1970, and for how long. */
  rings?: { since: number; seconds: number };
  /** The webhooks that it was moved to, the first one first. */
  moves: string[];
}

/** What the page has done with a placed call. */
export interface PlacedCallReport {
  sid: string;
  /** Answered, not answered, or over. */
  status: "in-progress" | "busy" | "no-answer" | "completed";
}

/** One flow: its file as it was saved last, and the version that the next call hears. */
export interface FlowView {
  name: string;
  /** Its path from the project's folder: `flows/desk.yaml`. */
  file: string;
  description: string;
  /** The YAML, as saved. */
  text: string;
  /** The version that the next call hears: the last good one. Absent while there was none. */
  version?: string;
  /**
   * The version of the text above; absent while it has an error. If it differs from `version`, the Worker is about
   * to serve it.
   */
  saved?: string;
  /** In the order of files and lines; errors, warnings and notes of this file. */
  findings: FindingView[];
  /**
   * Where a call begins, and where a failure, a hang-up, a text message, a machine and an unanswered call lead; of the last text that
   * could be read, as all below.
   */
  start?: string;
  onError?: string;
  onHangup?: string;
  onMessage?: string;
  onMachine?: string;
  onUnanswered?: string;
  steps: StepView[];
  edges: EdgeView[];
  /** What its diagram shows: the last version without an error. Absent while there was none. */
  graph?: Graph;
  variables: VariableView[];
  /** Language tags; the flow's own first. */
  languages: readonly string[];
  /** Who can be dialled; the addresses are numbers, or names such as `client:ada`. */
  destinations: { name: string; addresses: string[] }[];
  hours: { name: string; timezone: string }[];
  /** The flows that it runs, directly or through others. */
  parts: string[];
  /** When its file was saved last, in milliseconds since 1970. */
  changed?: number;
  /** Its tests, in the order of the files; absent if there are none. */
  tests?: TestView[];
  /** What changed for callers since the last commit; absent until that is known. */
  changes?: ChangeView[];
  /** What became of its promises, in the order of the file; absent until that is known, or if it makes none. */
  promises?: PromiseView[];
  /** The ways of calls through it; absent until they are known, or if only other flows run it. */
  ways?: WaysView;
}

/** The ways of calls through a flow, as `ringflow paths` puts them. */
export interface WaysView {
  /** How many states, turns and ways there are. */
  counts: string;
  /** When callers can choose first. */
  choice: string;
  /** When somebody is rung first, or callers wait in a queue. */
  person: FoundWay;
  /** The longest calls that do not go in circles. */
  mostAnswers: FoundWay;
  mostSeconds: FoundWay;
  /** Exits that no call takes, and those that calls take and no test does, by the step that they leave. */
  unreached: ExitView[];
  untested: ExitView[];
  /** What was not explored, as sentences. */
  cut: string[];
}

/** A way in words, and a call that takes it, if there is one. */
export interface FoundWay {
  text: string;
  call?: FoundCall;
}

/** An exit of a step, in words. */
export interface ExitView {
  step: string;
  text: string;
}

/** A promise of a flow, and what going through all calls made of it. */
export interface PromiseView {
  /** As the author wrote it, on one line. */
  text: string;
  /** Its line, from 1. */
  line: number;
  is: "kept" | "broken" | "undecided";
  because?: string;
  /** Of a broken promise, the shortest call in words; why it is undecided otherwise. */
  why?: string;
  call?: FoundCall;
}

/** A call that was found by going through all calls, to be played. */
export interface FoundCall {
  /** The flow that is called. */
  flow: string;
  scenario: TestScenario;
}

/** A change for callers, as `ringflow diff` reports it. */
export interface ChangeView {
  kind: string;
  message: string;
  /** The steps at which callers meet it. */
  steps: string[];
}

/** A test of a flow, and how it went when it was played last. */
export interface TestView {
  name: string;
  file: string;
  /** The line of its name, from 1. */
  line: number;
  /** It has answers for services. */
  answers?: true;
  /** Absent until it has been played. A flow with an error holds back its tests. */
  outcome?: "passes" | "fails" | "held back";
  /** Why it fails, or cannot be played. */
  failure?: string;
}

/** A test in detail: its call, line by line, and what it plays. */
export interface TestDetail {
  lines: { text: string; is?: "expected" | "real" | "rest" }[];
  scenario: TestScenario;
}

/** A step, and its first and last line in the flow's text, from 1. */
export interface StepView {
  name: string;
  /** Its kind: `say`, `gather`, `dial` … */
  kind: string;
  from: number;
  to: number;
  /** What it does to the call, for the diagram: its icon and its tint. */
  role: Role;
  /** The first words of what it says, shortened to one line. */
  says?: string;
  /** All texts that it can say, with their holes, and the URLs or files that it can play. */
  speaks?: string[];
  /** The flow that it runs. */
  runs?: string;
}

/**
 * What a step does to the call: it speaks, asks, records, connects to somebody, decides, reaches a service or another
 * person, runs a flow, or ends the call.
 */
export type Role = "speaks" | "asks" | "records" | "connects" | "decides" | "reaches" | "runs" | "ends";

/** What takes an exit: a key, a spoken word, a condition, or the outcome of the step. */
export type Trigger = "key" | "word" | "condition" | "outcome";

/** An exit of a step. */
export interface EdgeView {
  from: string;
  /** A step, or one of `hangup`, `back` and `return`, which name no step. */
  to: string;
  /** How authors would call it: `key 1`, `busy`, `otherwise`; empty for `next`. */
  label: string;
  by: Trigger;
  /** Not an exit: a side road begins here. */
  sideRoad?: true;
}

/** The height of a label's line, and the width reserved for each letter, in pixels. */
export const LABEL_LINE = 18;
export const LABEL_LETTER = 7;
/** The same for the bold letters of a key, and the least width of its cap. */
export const KEY_LETTER = 8.5;
export const KEY_WIDTH = 18;

/** What a diagram shows, before it is laid out. Sizes are in pixels. */
export interface Graph {
  /** Where a call begins. */
  start?: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
}

/** A step, an end of the flow, or a beginning, with its size. */
export type GraphNode = Omit<DrawnNode, "x" | "y">;

/** A line, with the size of its labels. */
export type GraphEdge = Pick<DrawnEdge, "from" | "to" | "labels" | "sideRoad"> & {
  labelWidth: number;
  labelHeight: number;
};

/** The positions of the diagram's pieces, in pixels from its top left corner. */
export interface Drawing {
  width: number;
  height: number;
  nodes: DrawnNode[];
  edges: DrawnEdge[];
  /** The outer ones first. */
  departments: Department[];
}

/** Steps that only one choice of a menu reaches, in a frame of their own. It can be folded. */
export interface Department {
  /** The id of its first step. */
  id: string;
  /** The names of all its steps, folded or not, the first one first. */
  steps: string[];
  isOpen: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A beginning other than the start. */
export type Begins = "error" | "hangup" | "message" | "machine" | "unanswered";

/** What the diagram calls each. */
export const BEGINS: Readonly<Record<Begins, string>> = {
  error: "error",
  hangup: "caller hangs up",
  message: "text message",
  machine: "answering machine",
  unanswered: "not answered",
};

/** A step, an end of the flow, or a beginning other than its start. */
export interface DrawnNode {
  /** A step's name; an end has one of its own: `billing hangup`; a beginning has too: `~hangup`. */
  id: string;
  /** Which end it is; absent for a step. */
  end?: "hangup" | "back" | "return";
  /** Which beginning it is; absent for a step. */
  begins?: Begins;
  /**
   * Stands for this step, which is drawn elsewhere: in a large flow, a step that many others lead to would draw its
   * lines through the whole picture.
   */
  elsewhere?: string;
  /** Of a step to which no line is drawn, this many lead: the small node before it. */
  arrives?: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** All exits of one step that lead to one place, as one line. */
export interface DrawnEdge {
  /** Ids of nodes. */
  from: string;
  to: string;
  /** The exits' labels; `next` has one only next to others. Each takes one line of `LABEL_LINE`. */
  labels: Label[];
  /** A side road of a step, or of the whole call, begins here. */
  sideRoad?: true;
  /** At least two: from the border of the one node to that of the other. */
  points: [x: number, y: number][];
  /** The middle of the space reserved for the labels; absent if there are none. */
  labelAt?: [x: number, y: number];
}

/** The label of an exit, shortened: a key is only its digits. */
export interface Label {
  text: string;
  by: Trigger;
}

/** A finding of `ringflow check`. */
export interface FindingView {
  code: string;
  severity: "error" | "warning" | "note" | "advice";
  /** From 1; columns in UTF-16 units; the end is exclusive. */
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
  hint?: string;
  /** The step that contains it. */
  step?: string;
}

/** A variable that a flow declares or fills. */
export interface VariableView {
  name: string;
  type: string;
  sensitive: boolean;
  /** What it is stored under, if it is kept from call to call: `caller:desk.visits`. */
  keep?: string;
}

/** What one webhook did to the call. */
export interface TurnView {
  /** It was an aside, on another phone or without a phone, and did not move the call. */
  aside?: true;
  /** The entry flow, and the version that this call stays on. */
  flow: string;
  version: string;
  /**
   * The steps gone through, the resumed one first; `hangup` last if the call ended. A part's steps are
   * called `<flow>.<step>`, here and below. A side road of the whole call begins at `~hangup` or `~message`.
   */
  path: string[];
  /** The step that waits for the next webhook; absent if the call ended. */
  next?: string;
  /** The steps that wait for a part to return, the outermost first. */
  waiting: string[];
  /** The variables of each running flow, the entry flow first; each with all that it has. */
  scopes: { flow: string; values: Record<string, Value> }[];
  /** The call's language now. */
  language: string;
  /** What the caller entered here must not be shown: the step that was resumed is sensitive. */
  secret?: true;
  /** Service requests, in order. */
  serviceRequests?: ServiceRequestView[];
  /** Text messages that it sent, in order; a reply to a text message is in the TwiML instead. */
  messages?: MessageView[];
  /** What went wrong. */
  error?: string;
  /** What was cut: variables, to their `maxLength`, and texts that Twilio would not take, by their step. */
  cut?: string[];
  /** Values were left out or shortened here, because they were too long for a header. */
  shortened?: true;
}

/** A service request: one that the flow made. */
export interface ServiceRequestView {
  /** The step that made it, as in the turn's path. */
  step?: string;
  method: string;
  /** As a key of a test's `requests`: a `*` replaces its query, which may contain secrets. */
  url: string;
  milliseconds: number;
  /** What was sent: JSON, a form by its fields, or any other text; absent if nothing was, or if it is too long. */
  body?: Value;
  /** The part of the response that a test can hold. */
  answer: ServiceResponse;
  /** The outcome, if it is not the answer's status: `invalid`. */
  outcome?: string;
  /** Why there is no answer. */
  why?: string;
  /** Nothing was sent: the answer is that of this test, or an example. */
  standIn?: StandIn["from"];
}

/** A call whose services have stand-ins. */
export interface StandInCall {
  /** Any name: the answers of a test are given in order, call by call. */
  call: string;
  /** The scenario whose answers come first, by its name. */
  scenario?: string;
}

/** A request that a stand-in answers. */
export interface AskedService extends StandInCall {
  /** The flow that was called. */
  flow: string;
  step: string;
  url: string;
}

/** What answers in place of a service. */
export interface StandIn {
  answer: ServiceResponse;
  from: { test: string } | "example";
}

/** A text message on its way out. */
export interface MessageView {
  /** As written in the flow, usually E.164. */
  to: string;
  body: string;
}

/** The response of a service. */
export interface ServiceResponse {
  status: number | "timeout" | "failed";
  json?: Value;
  text?: string;
}

/** A scenario as a test file has it: with the responses of services, in order, by `ServiceRequestView.url`. */
export interface TestScenario extends Scenario {
  /** Values of persistent variables before the call. */
  kept?: Record<string, Value>;
  requests?: Record<string, ServiceResponse[]>;
}

/** A call to save in its flow's test file. */
export interface SaveTestRequest {
  flow: string;
  scenario: TestScenario;
}

/** Where a call was saved. */
export interface SavedTest {
  file: string;
  /** The line of its name, from 1. */
  line: number;
  /** The scenario's name, with a number appended if the name was taken. */
  name: string;
  /** Why the scenario fails against the saved flows; absent if it passes. */
  failure?: string;
}

/** A test by its names. */
export interface NamedTest {
  flow: string;
  name: string;
}

/** A file is as it was before a test was written into it; it is gone if there was none. */
export interface Undone {
  undone: string;
}

/** Why nothing was saved, in a sentence. */
export interface Refused {
  problem: string;
}
