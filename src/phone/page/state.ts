/** All that the page shows, as plain data. `reduce` makes each state from the one before. */
import type {
  Bridged,
  Callee,
  Connected,
  Ended,
  Gathering,
  Interruption,
  Paying,
  QueuePlace,
  Recording,
  Referring,
  Ringing,
  UnansweredStatus,
  Waiting,
} from "../leg/moment.ts";
import type { ScenarioCaller, ScriptStep } from "../script/scenario.ts";
import type { PhoneState, PlacedCall } from "./contract/state.ts";
import type { Refused, SavedTest, Undone } from "./contract/tests.ts";
import type { TurnView } from "./contract/turn.ts";
import type { Comparison } from "./text/diff.ts";
import type { Speaking } from "./text/speaking.ts";

/** Which of the two phones. */
export type Side = "caller" | "callee";

/** Who calls, whom, and when. */
export interface Setup {
  flow: string;
  from: string;
  to: string;
  /** The flow calls: `from` is its number, and `to` that of the person called. */
  direction?: "outbound" | undefined;
  /** What answering machine detection says of an outbound call; nothing if it is off. */
  answeredBy?: string | undefined;
  /** The Worker has placed it, with URLs of its own. */
  placed?: PlacedCall;
  /** Nobody answers it. */
  unanswered?: UnansweredStatus | undefined;
  caller: ScenarioCaller;
  /** The caller's place in every queue, and the queue's size. */
  queue?: QueuePlace | undefined;
  /** Values of persistent variables before the call, as typed, by `VariableView.keep`. */
  kept?: Readonly<Record<string, string>> | undefined;
  /** The test whose answers stand in for those of services first. */
  standIn?: string | undefined;
  /** Parameters of the first webhook, as a query: `dept=sales&floor=2`. */
  parameters?: string;
  /** A chosen moment on the clocks of `timezone`, `2026-11-26T10:00`; empty for now. */
  at: string;
  timezone: string;
}

/** How prompts are heard. */
export interface Settings {
  isMuted: boolean;
  /** 1 as people speak; `Infinity` shows all at once. */
  rate: number;
  /** Silence is not counted: the phone waits for an answer. */
  isPatient: boolean;
  /** Recorded prompts on other hosts are fetched and played. */
  fetchesRecordings: boolean;
  /** Services are really asked, and text messages really sent. */
  asksServices: boolean;
}

/** A line of what is heard, said and done at a phone. */
export interface ConversationLine {
  id: number;
  kind: "voice" | "recording" | "person" | "note" | "problem";
  text: string;
  /** How much of the text was heard, in UTF-16 units. */
  shown: number;
  /** It is being heard now. */
  isGoing: boolean;
  /** Where a recording can be played. */
  url?: string;
}

/** What a phone must answer. `since` and all like it are `performance.now()`. */
export type Question =
  | { kind: "keys"; gathering: Gathering; keys: string; since: number; isCounted: boolean }
  | { kind: "record"; recording: Recording }
  | { kind: "ring"; ringing: Ringing; since: number }
  | { kind: "talk"; bridged: Bridged; since: number }
  | { kind: "connect"; connected: Connected }
  | { kind: "pay"; paying: Paying }
  | { kind: "refer"; referring: Referring }
  | { kind: "echo" };

/** One of the two phones. */
export interface PhoneView {
  lines: ConversationLine[];
  /** Something is being heard, and these would cut it short. */
  hears?: { interruptedBy: readonly Interruption[] };
  question?: Question;
}

/** The phone of a called person. */
export interface SecondPhone {
  callee: Callee;
  state: "listens" | "talks" | "over";
  phone: PhoneView;
}

/** A webhook and its answer. */
export interface RequestEntry {
  id: number;
  method: string;
  url: string;
  params: Readonly<Record<string, string>>;
  status: number;
  milliseconds: number;
  body: string;
  turn?: TurnView;
  /** No webhook: a text message that was waited for has not come. */
  isTimeout?: true;
}

/** A call that is being made, or the last one. */
export interface CallView {
  setup: Setup;
  /** `performance.now()`. */
  since: number;
  /** The moment it was made at, in milliseconds since 1970 on its own clock. */
  begun: number;
  caller: PhoneView;
  second?: SecondPhone;
  waiting?: Waiting;
  /** The step that is being heard; absent while something is asked. */
  speaking?: Speaking;
  /** In the order in which they were sent. */
  requests: RequestEntry[];
  /** Local URLs of the messages that were spoken here, by the URLs that the flow knows. */
  spoken: Readonly<Record<string, string>>;
  ended?: Ended;
  /** Once it has ended: as a script, and line by line. */
  script: readonly ScriptStep[];
  transcript: readonly string[];
}

/** The result of replaying the last call. */
export interface Replay {
  /** The version that it was played against. */
  version: string;
  comparison?: Comparison;
}

/** The tabs of the page. */
export type Tab = "phone" | "flow" | "step" | "requests" | "variables" | "tests" | "findings" | "replay";

/** Where the caller of another tab is. */
export interface Presence {
  place: "queue" | "conference";
  name: string;
  /** The person's number. */
  who: string;
}

/** The page. */
export interface State {
  /** Absent until the server has responded. */
  server?: PhoneState;
  isConnected: boolean;
  /** When the page was looked at last before this visit, in milliseconds since 1970; absent on a first visit. */
  seen?: number;
  setup: Setup;
  settings: Settings;
  call?: CallView;
  tab: Tab;
  /** The flows that are open in the diagram, each run by the one before. */
  opened: string[];
  selected?: string;
  replay?: Replay;
  /** The callers of other tabs who are in a queue or a conference. */
  others?: readonly (Presence & { tab: string })[];
  savedTest?: SavedTest | Undone | Refused;
  /** Text messages to the chosen flow and its replies, with their requests. */
  texted?: Texted;
}

/** Text messages to a flow and what comes back, line by line, with the requests in order. */
export interface Texted {
  lines: ConversationLine[];
  requests: RequestEntry[];
  /** The conversation that is under way, or the last one. */
  setup: Setup;
  begun: number;
  script: ScriptStep[];
  /** How many of the requests come before it. */
  before: number;
  /** The step that waits for a message, and until when if that is known, in milliseconds since 1970. */
  waits?: { step: string; until?: number };
}

/** More of it. */
export interface TextedMore extends Pick<Texted, "lines" | "requests" | "waits"> {
  script: ScriptStep[];
  /** Another conversation begins. */
  begins?: Pick<Texted, "setup" | "begun">;
}

/** Something happened at one of the phones, or a request was made. */
export type CallAction =
  | { type: "line"; side: Side; line: ConversationLine }
  | { type: "shown"; side: Side; id: number; shown: number }
  | { type: "heard"; side: Side; id: number }
  | { type: "hears"; side: Side; hears?: PhoneView["hears"] }
  | { type: "question"; side: Side; question?: Question }
  | { type: "second"; second?: Omit<SecondPhone, "phone"> }
  | { type: "waiting"; waiting?: Waiting }
  | { type: "request"; entry: RequestEntry }
  | { type: "spoken"; recording: string; url: string }
  | { type: "written"; script: readonly ScriptStep[]; transcript: readonly string[] }
  | { type: "ended"; ended: Ended };

/** Something happened to the page around them. */
type PageAction =
  | { type: "server"; state: PhoneState }
  | { type: "connection"; isConnected: boolean }
  | { type: "setup"; setup: Partial<Setup> }
  | { type: "settings"; settings: Partial<Settings> }
  | { type: "tab"; tab: Tab }
  | { type: "open"; opened: string[] }
  | { type: "select"; step?: string }
  | { type: "call"; setup: Setup; since: number; begun: number }
  /** The call that is over leaves the phone. */
  | { type: "clear call" }
  | { type: "replay"; replay: Replay }
  | { type: "others"; others: readonly (Presence & { tab: string })[] }
  | { type: "saved test"; savedTest?: SavedTest | Undone | Refused }
  | { type: "texted"; flow: string; texted: TextedMore };

/** Something happened. */
export type Action = CallAction | PageAction;

/** The page before anything has happened. */
export const FIRST: State = {
  isConnected: true,
  setup: { flow: "", from: "+14155550111", to: "+14155550100", caller: {}, at: "", timezone: "UTC" },
  settings: { isMuted: false, rate: 1, isPatient: false, fetchesRecordings: false, asksServices: false },
  tab: "phone",
  opened: [],
};
