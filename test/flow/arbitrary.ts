/** Random flows: of every kind that is there, with exits all over the flow, and always right. */
import fc from "fast-check";
import { anyCharacters } from "../any-characters.ts";

/** What a generated step is, as it stands in the file. */
type Body = Record<string, unknown>;
/** Numbers to draw exits and texts from; each step has its own. */
type Draw = () => number;

const WORDS = [
  "Hello.",
  "Fish & chips",
  "a < b > c",
  'the "best" one',
  "it's",
  "Größe",
  "日本",
  "😀",
  "{ # 5 } }}",
  "C: and D:",
  '<break time="1s"/>',
  "<emphasis>now</emphasis>",
  "{{ caller.name }}",
  "{{ vars.text }}",
  "{{ vars.count + 1 }}",
  "{{ caller.city != '' ? 'from ' + caller.city : '' }}",
  "{{ digits(input.digits) }}",
  "{{ vars.message.seconds }}",
  "{{ random(6) }}",
];
const URLS = [
  "https://example.com/a.mp3",
  "https://example.com/{{ caller.country }}/b.mp3?n={{ caller.name }}&x=1",
  "{{ vars.message.url }}",
  "{{ link(vars.message, '7d') }}",
];
const CONDITIONS = [
  'caller.country == "US"',
  "vars.count > 2",
  'isOpen("office")',
  "vars.ok",
  "input.confidence < 0.5",
];
const DESTINATIONS = ["desk", "team", "nested", "env", "mixed", "+14155550199", "{{ vars.text }}"];
/** What stands alone in a dial, and takes no `accept`. */
const PLACES = [
  { conference: "standup", wait: "Please wait, {{ caller.name }}.", muted: true, beep: "onEnter" },
  { conference: "standup", wait: { step: "room-0" } },
  { queue: "support" },
  { client: "ada", parameter: { name: "{{ caller.name }}" } },
  { sip: [{ uri: "sip:desk@example.com", priority: "1" }], headers: { "X-From": "{{ caller.number }}" } },
];

const SETTINGS = {
  onError: "s0",
  onHangup: "silent-0",
  onMessage: "message-0",
  allow: ["US"],
  onMachine: "s0",
  onUnanswered: { step: "silent-0", retry: { after: ["10m", "2h"], until: "20:00" } },
  apology: "Sorry, {{ caller.name }}.",
  language: "en-US",
  destinations: {
    desk: "+14155550100",
    team: ["+14155550101", "+14155550102"],
    nested: ["team", "desk", { number: "+14155550103", sendDigits: "ww1" }],
    env: { env: "BILLING_NUMBER" },
    mixed: [{ sip: "sip:desk@example.com" }, { client: "agent" }, { env: "BILLING_NUMBER" }],
  },
  timezone: "America/New_York",
  hours: {
    office: {
      open: { daily: "08:00-18:00" },
      closed: ["4th thu nov+1", "easter", "12-24..01-02"],
      special: { "last mon may": "closed", "2028-02-29": ["08:00-09:00"] },
    },
  },
  variables: {
    text: { type: "string", maxLength: 20 },
    count: { type: "int", default: 1 },
    ok: { type: "bool" },
    message: { type: "recording" },
    calls: { type: "int", keep: "caller" },
    note: { type: "string", keep: "flow", maxLength: 30 },
    told: { type: "recording" },
  },
};

function pick<T>(list: readonly T[], draw: Draw): T {
  const one = list[draw() % list.length];
  if (one === undefined) throw new Error("there is nothing to pick from");
  return one;
}

function words(draw: Draw): string {
  return Array.from({ length: 1 + (draw() % 4) }, () => pick(WORDS, draw)).join(" ");
}

function prompt(draw: Draw): unknown {
  const parts = [
    () => words(draw),
    () => ({ say: words(draw), voice: "Polly.Lupe-Neural", language: "es-US", loop: 2 }),
    () => ({ play: pick(URLS, draw) }),
    () => ({ pause: 1 + (draw() % 5) }),
    () => ({ "en-US": words(draw), "es-US": words(draw) }),
    () => ({ env: "GREETING" }),
  ];
  return draw() % 3 === 0 ? [pick(parts, draw)(), pick(parts, draw)()] : pick(parts, draw)();
}

/** Exits of a step: those of one that asks lead anywhere, those of the others only on, so that nothing goes round. */
interface Exits {
  on(): string;
  anyExit(): unknown;
}

const KINDS: Record<string, (draw: Draw, exits: Exits) => Body> = {
  say: (draw, { on }) => ({ say: prompt(draw), next: on() }),
  play: (draw, { on }) => ({
    play: pick([pick(URLS, draw), { url: pick(URLS, draw), loop: 1 }, { digits: "12w#" }], draw),
    next: on(),
  }),
  pause: (draw, { on }) => ({ pause: 1 + (draw() % 600), next: on() }),
  menu: (draw, { anyExit }) => ({
    gather: {
      prompt: prompt(draw),
      choices: {
        1: { next: anyExit(), speech: ["one", { "en-US": "first", "es-US": "primero" }] },
        2: { next: anyExit(), language: pick(["en-US", "es-US"], draw) },
        "3-7": anyExit(),
        "*": anyExit(),
      },
      attempts: 1 + (draw() % 4),
      noInput: [prompt(draw), prompt(draw)],
      noMatch: words(draw),
      ...(draw() % 2 ? { reprompt: [words(draw)] } : {}),
      otherwise: anyExit(),
    },
  }),
  ask: (draw, { anyExit }) => ({
    gather: {
      prompt: prompt(draw),
      save: pick(["text", "count", "ok"], draw),
      ...(draw() % 2 ? { matches: "[0-9]{1,3}|true" } : {}),
      input: pick(["dtmf", "speech", "dtmf speech"], draw),
      otherwise: anyExit(),
    },
    next: anyExit(),
  }),
  branch: (draw, { on }) => ({
    branch:
      draw() % 2
        ? [
            { when: pick(CONDITIONS, draw), next: on() },
            { when: pick(CONDITIONS, draw), next: on() },
            { next: on() },
          ]
        : {
            ...pick<Body>(
              [
                { on: "caller.country", cases: { US: on(), 1: on(), true: on() } },
                { on: "vars.count", cases: { 1: on(), 2: on() } },
                { on: "vars.ok", cases: { true: on() } },
              ],
              draw,
            ),
            else: on(),
          },
  }),
  record: (draw, { anyExit }) => ({
    record: {
      prompt: prompt(draw),
      save: "message",
      minLength: 1 + (draw() % 5),
      ...(draw() % 2 ? { empty: anyExit() } : {}),
      ...(draw() % 2 ? { notify: "silent-0", transcribe: draw() % 2 === 0, maxLength: 60 } : {}),
    },
    next: anyExit(),
  }),
  dial: (draw, { anyExit }) => ({
    dial: {
      to: pick(DESTINATIONS, draw),
      sequential: draw() % 2 === 0,
      allow: ["+1415*"],
      ...pick<Body>(
        [{ whisper: prompt(draw), accept: "1" }, { whisper: words(draw) }, { whisper: { step: "asked-0" } }],
        draw,
      ),
      status:
        draw() % 2 ? { else: anyExit() } : { busy: anyExit(), "no-answer": anyExit(), declined: anyExit() },
    },
    next: anyExit(),
  }),
  place: (draw, { anyExit }) => ({
    dial: { to: pick<unknown>(PLACES, draw), whisper: words(draw), status: { else: anyExit() } },
    next: anyExit(),
  }),
  enqueue: (draw, { anyExit }) => ({
    enqueue: {
      ...pick<Body>(
        [
          { queue: "support", wait: prompt(draw) },
          { queue: "support", wait: { step: "queue-0" } },
          { workflowSid: "WW1", task: { json: { name: words(draw) } } },
        ],
        draw,
      ),
      status:
        draw() % 2 ? { leave: anyExit(), "queue-full": anyExit(), hangup: anyExit() } : { else: anyExit() },
    },
    next: anyExit(),
  }),
  connect: (draw, { anyExit }) => ({
    connect: {
      ...pick<Body>(
        [
          {
            conversationRelay: {
              url: "wss://example.com/agent",
              welcomeGreeting: words(draw),
              language: [{ code: "en-US" }],
            },
            handoff: {
              "live-agent": anyExit(),
              sales: anyExit(),
              ...(draw() % 2 ? { else: anyExit() } : {}),
            },
          },
          { stream: { url: "wss://example.com/{{ caller.country }}", parameter: { said: words(draw) } } },
          { room: { name: "standup" } },
        ],
        draw,
      ),
      save: { text: "HandoffData.reason", count: "SessionDuration" },
      status: draw() % 2 ? { failed: anyExit() } : { else: anyExit() },
    },
    next: anyExit(),
  }),
  start: (draw, { on }) => ({
    start: { recording: { name: "all", channels: "dual" }, transcription: { name: words(draw) } },
    next: on(),
  }),
  stop: (_draw, { on }) => ({ stop: { recording: { name: "all" } }, next: on() }),
  pay: (draw, { anyExit }) => ({
    pay: {
      chargeAmount: pick(["20.45", "{{ vars.count }}"], draw),
      prompts: [{ for: "payment-card-number", attempt: [1, 2], errorType: "timeout", prompt: words(draw) }],
      save: { text: "PaymentConfirmationCode" },
      status: draw() % 2 ? { else: anyExit() } : { "too-many-failed-attempts": anyExit() },
    },
    next: anyExit(),
  }),
  refer: (draw, { anyExit }) => ({
    refer: {
      sip: "sip:desk@example.com?X-Name={{ caller.name }}",
      status: draw() % 2 ? { else: anyExit() } : { busy: anyExit() },
    },
    next: anyExit(),
  }),
  echo: () => ({ echo: null }),
  set: (draw, { on }) => ({
    set: pick<Body>(
      [
        { text: words(draw) },
        { count: "{{ vars.count + 1 }}", ok: true },
        { text: "{{ input.speech }}", language: "es-US" },
        { count: "{{ number(input.digits, 0) }}" },
        { count: "{{ 10 / vars.count }}" },
        { calls: "{{ vars.calls + 1 }}", note: words(draw) },
      ],
      draw,
    ),
    next: on(),
  }),
  redirect: (draw) => ({
    redirect: pick([URLS[0], { url: URLS[1], method: "GET" }, { env: "OTHER_URL" }], draw),
  }),
  hangup: (draw) => ({ hangup: draw() % 2 ? prompt(draw) : null }),
};

/** A generated step: its kind, and the numbers that its texts and exits are drawn from. */
const Seed = fc.record({
  kind: fc.constantFrom(...Object.keys(KINDS)),
  numbers: fc.array(fc.nat(10_000), { minLength: 20, maxLength: 20 }),
});

interface SeedStep {
  kind: string;
  numbers: number[];
}

function stepOf({ kind, numbers }: SeedStep, index: number, seeds: readonly SeedStep[]): Body {
  let drawn = 0;
  const draw = (): number => (numbers[drawn++ % numbers.length] ?? 0) + drawn;
  const gathers = seeds.flatMap((seed, i) => (seed.kind === "menu" || seed.kind === "ask" ? [`s${i}`] : []));
  const names = seeds.map((_, i) => `s${i}`);
  const exits: Exits = {
    on: () => pick([...names.slice(index + 1), "hangup"], draw),
    anyExit: () => pick([...names, "hangup", "repeat", "back", ...gathers.map((retry) => ({ retry }))], draw),
  };
  return KINDS[kind]?.(draw, exits) ?? {};
}

/** What a side road may hold besides what it may do in silence. */
const SIDE_ROADS: Record<string, readonly string[]> = {
  silent: [],
  message: ["reply", "question"],
  room: ["say", "play", "pause"],
  asked: ["say", "play", "pause", "menu", "ask", "hangup"],
  queue: ["say", "play", "pause", "menu", "ask", "hangup", "leave", "place"],
};
const SILENT = ["set", "branch", "sms", "request"];

/** Kinds as they stand on a side road: `return` ends it. */
const BESIDE: Record<string, (draw: Draw, on: () => string) => Body> = {
  menu: (draw, on) => ({
    gather: { prompt: prompt(draw), choices: { 1: on(), "2-9": "repeat" }, attempts: 2, otherwise: on() },
  }),
  ask: (draw, on) => ({
    gather: { prompt: words(draw), save: pick(["text", "count", "note"], draw), otherwise: on() },
    next: on(),
  }),
  leave: () => ({ leave: null }),
  place: (_draw, on) => ({ say: "You are number {{ queue.position }} of {{ queue.size }}.", next: on() }),
  reply: (_draw, on) => ({ sms: { body: "You wrote {{ message.body }}, {{ vars.note }}" }, next: on() }),
  question: (draw, on) => {
    const isMenu = draw() % 2 === 0;
    const ask = {
      prompt: pick(
        [`A ${words(draw)}`, { "en-US": "How many?", "es-US": "¿Cuántos?" }, "{{ vars.text }}"],
        draw,
      ),
      ...(draw() % 2 ? { mediaUrl: "https://example.com/{{ caller.country }}.jpg" } : {}),
      ...(isMenu ? { choices: { one: on(), "2": { next: on(), words: ["zwei"], language: "es-US" } } } : {}),
      ...(draw() % 2 ? { picture: on() } : {}),
      save: pick(["text", "count", "note"], draw),
      attempts: 1 + (draw() % 3),
      noMatch: ["Once more?", `A ${words(draw)}`],
      otherwise: { silence: on(), else: on() },
    };
    return { ask, ...(isMenu ? {} : { next: on() }) };
  },
  sms: (draw, on) => ({ sms: { to: "+14155550177", body: `A ${words(draw)}` }, next: on() }),
  request: (draw, on) => ({
    request: {
      url: "https://crm.example.com/{{ caller.number }}",
      json: { said: words(draw) },
      save: { note: "name" },
      status: { 404: on(), else: on() },
    },
    next: on(),
  }),
};

/** The steps of one side road, each leading on to later ones or to `return`. */
function sideRoad(road: string, kinds: readonly string[], draw: Draw): Record<string, Body> {
  const may = [...SILENT, ...(SIDE_ROADS[road] ?? [])];
  const names = kinds.map((_, index) => `${road}-${index}`);
  const steps = kinds.map((kind, index) => {
    const on = (): string => pick([...names.slice(index + 1), "return"], draw);
    const of = may.includes(kind) ? kind : pick(may, draw);
    return BESIDE[of]?.(draw, on) ?? KINDS[of]?.(draw, { on, anyExit: on }) ?? {};
  });
  return Object.fromEntries(steps.map((step, index) => [`${road}-${index}`, step]));
}

const Sides = fc.record({
  kinds: fc.array(fc.constantFrom(...SILENT, ...Object.values(SIDE_ROADS).flat()), {
    minLength: 1,
    maxLength: 4,
  }),
  numbers: fc.array(fc.nat(10_000), { minLength: 20, maxLength: 20 }),
});

function sideRoads({ kinds, numbers }: { kinds: string[]; numbers: number[] }): Record<string, Body> {
  let drawn = 0;
  const draw = (): number => (numbers[drawn++ % numbers.length] ?? 0) + drawn;
  return Object.assign({}, ...Object.keys(SIDE_ROADS).map((road) => sideRoad(road, kinds, draw)));
}

/** The text of a flow; JSON is YAML. The first step of some may refuse the call. */
export const anyFlow: fc.Arbitrary<string> = fc
  .tuple(fc.array(Seed, { minLength: 1, maxLength: 12 }), fc.boolean(), Sides)
  .map(([seeds, screens, beside]) => {
    const main = Object.fromEntries(seeds.map((seed, index) => [`s${index}`, stepOf(seed, index, seeds)]));
    const steps = { ...main, ...sideRoads(beside) };
    const screening = {
      screen: { branch: [{ when: 'caller.number == "anonymous"', next: "refuse" }, { next: "s0" }] },
      refuse: { reject: "busy" },
    };
    return JSON.stringify({ ...SETTINGS, steps: screens ? { ...screening, ...steps } : steps }, null, 1);
  });

const text = fc.oneof(
  fc.constantFrom(
    "",
    "1",
    "2",
    "5",
    "*",
    "#",
    "42",
    "one",
    "primero, por favor",
    "+14155550123",
    "true",
    "..",
    "desk",
  ),
  anyCharacters({ maxLength: 300 }),
);

/** What a webhook may bring, in any combination: the engine cannot choose what it is asked. */
export const anyParams: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    Digits: text,
    SpeechResult: text,
    Confidence: fc.constantFrom("0.9", "", "high"),
    CallerName: text,
    FromCity: text,
    FromCountry: fc.constantFrom("US", "DE", "../.."),
    From: fc.constantFrom("+14155550111", "anonymous", "client:joe"),
    RecordingUrl: fc.constantFrom("", "https://api.example.com/RE1?a=1&b=2"),
    RecordingDuration: fc.constantFrom("0", "1", "12", ""),
    DialCallStatus: fc.constantFrom(
      "completed",
      "busy",
      "no-answer",
      "failed",
      "canceled",
      "answered",
      "constructor",
    ),
    DialBridged: fc.constantFrom("true", "false"),
    QueueResult: fc.constantFrom("bridged", "leave", "hangup", "queue-full", "error", "constructor"),
    SessionStatus: fc.constantFrom("ended", "failed"),
    HandoffData: fc.oneof(
      text,
      fc.json({ maxDepth: 2 }),
      fc.constant('{"reasonCode": "sales", "reason": "a"}'),
    ),
    Result: fc.constantFrom("success", "too-many-failed-attempts", "caller-hung-up", "constructor"),
    CallStatus: fc.constantFrom("in-progress", "completed"),
    QueuePosition: fc.constantFrom("1", "", "first", "1e400"),
    CurrentQueueSize: fc.constantFrom("12", "-1"),
    Body: text,
    TranscriptionText: text,
    TranscriptionStatus: fc.constantFrom("completed", "failed", ""),
    ReferCallStatus: fc.constantFrom("in-progress", "busy", "failed", "canceled", ""),
  },
  { requiredKeys: [] },
);
