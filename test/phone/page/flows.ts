/** Flows that the browser's tests call. */

/** Asks for keys or words, rings a desk that has to accept, takes a message. */
export const DESK = `description: The desk
destinations:
  ada: +14155550133
variables:
  wish: { type: string }
  message: { type: recording }
steps:
  greet:
    say: Welcome to the desk.
    next: menu
  menu:
    gather:
      prompt: For Ada, press 1 or say Ada. To leave a message, press 2.
      choices:
        1: { next: ring, speech: [ada] }
        2: message
      noMatch: That is no choice.
      attempts: 2
      otherwise: bye
  ring:
    dial:
      to: ada
      timeout: 20
      whisper: A call from the desk. Press 1 to take it.
      accept: 1
      status: { busy: taken, else: nobody }
    next: bye
  taken: { say: Ada is talking to somebody else., next: hangup }
  nobody: { say: Ada does not answer., next: hangup }
  message:
    record: { prompt: Speak after the tone., maxLength: 60, save: message, empty: bye }
    next: bye
  bye: { hangup: Goodbye. }
`;

/** With a step that nothing leads to, so that there is something to be found. */
export const LOST = `${DESK}  lost: { hangup: Nobody comes here. }\n`;

/** Runs another flow as a part of it. */
export const MEMBERS = `variables:
  code: { type: string, sensitive: true }
steps:
  check:
    run: { flow: pin, save: { code: code } }
    next: bye
  bye: { hangup: Welcome and goodbye. }
`;

/** The part: asks for a code, which nobody else is to see. */
export const PIN = `gives: [code]
variables:
  code: { type: string, sensitive: true }
steps:
  ask:
    gather: { prompt: Your four digits., save: code, numDigits: 4, sensitive: true, otherwise: return }
    next: return
`;

/** Waits in a queue, and plays a recording of another host. */
export const HOLD = `steps:
  hold:
    enqueue:
      queue: support
      wait:
        - say: Please hold.
        - play: https://music.example.com/hold.mp3
      status: { else: sorry }
    next: hangup
  sorry: { hangup: Nobody can come. }
`;

/** Takes the callers who wait. */
export const AGENT = `destinations:
  callers: { queue: support }
steps:
  take: { dial: { to: callers, status: { else: nobody } }, next: bye }
  nobody: { hangup: Nobody waits. }
  bye: { hangup: That was one. }
`;

/** Asks a service, whose failure leads to the same step as its success. */
export const LOOK_UP = `description: Asks who is calling
variables:
  name: { type: string, default: nobody }
steps:
  ask:
    request:
      url: "https://crm.example.com/callers"
      json: { number: "{{ caller.number }}" }
      save: { name: customer.name }
      status: { 404: greet, else: sorry }
    next: greet
  greet: { hangup: "Hello {{ vars.name }}." }
  sorry: { hangup: We do not know. }
`;

/** Its tests, one of which fails. */
export const LOOK_UP_TESTS = `flow: look-up
scenarios:
  - name: a customer
    requests: { "https://crm.example.com/callers": [{ json: { customer: { name: Ada } } }] }
    script: [{ hear: Hello Ada }, end]
  - name: a stranger
    requests: { "https://crm.example.com/callers": [{ status: 404, json: { why: unknown } }] }
    script: [{ hear: Hello stranger }, end]
`;

/** Two promises: one is kept, and one is broken by a key and an answer of a service. */
export const PROMISES = `description: Promises two things
promises:
  - never: apology
  - never: sorry
    because: callers should always get an answer
steps:
  menu:
    gather: { prompt: "For opening hours, press 1.", choices: { 1: ask }, otherwise: bye }
  ask:
    request:
      url: "https://crm.example.com/hours"
      status: { 404: sorry, else: bye }
    next: bye
  sorry: { hangup: We do not know. }
  bye: { hangup: Goodbye. }
`;

/** Everything that wants no keys of the caller: an agent, a payment, a transfer, an echo, a conference. */
export const SESSIONS = `destinations:
  room: { conference: standup, wait: Please wait for the others. }
variables:
  code: { type: string }
  reason: { type: string }
steps:
  menu:
    gather:
      prompt: Which of them?
      choices: { 1: agent, 2: pay, 3: refer, 4: mirror, 5: meet }
      otherwise: bye
  agent:
    connect:
      conversationRelay: { url: "wss://example.com/agent" }
      save: { reason: HandoffData }
      status: { failed: sorry }
    next: told
  told: { say: "The agent says {{ vars.reason }}.", next: menu }
  pay:
    pay:
      chargeAmount: 20.45
      save: { code: PaymentConfirmationCode }
      status: { else: sorry }
    next: paid
  paid: { say: "Your code is {{ vars.code }}.", next: menu }
  refer: { refer: { sip: "sip:desk@example.com", status: { else: sorry } }, next: bye }
  mirror: { echo: }
  meet: { dial: { to: room, status: { else: sorry } }, next: menu }
  sorry: { say: That did not work., next: menu }
  bye: { hangup: Goodbye. }
`;

/** Steps that run beside a call: while somebody is rung, when the caller has hung up, when a text message comes in. */
export const SIDES = `onHangup: gave-up
onMessage: texted
destinations:
  ada: +14155550133
variables:
  wish: { type: string, default: nothing }
steps:
  ring:
    dial: { to: ada, whisper: { step: who }, status: { else: bye } }
    next: menu
  who:
    gather: { prompt: Press 1 to take it., choices: { 1: taken }, attempts: 1, otherwise: hangup }
  taken: { set: { wish: taken }, next: return }
  menu: { gather: { prompt: More?, choices: { 1: bye }, otherwise: bye } }
  bye: { hangup: Goodbye. }
  gave-up: { sms: { to: +14155550177, body: "Gave up: {{ vars.wish }}" }, next: return }
  texted: { sms: { body: "You wrote {{ message.body }}." }, next: return }
`;

/** Says who is called by whom, and for whom: what the form before a call decides. */
export const REMINDER = `onMessage: texted
takes: [patient, visit]
variables:
  patient: { type: string, default: nobody }
  visit: { type: string, default: "?" }
steps:
  remind:
    hangup: "{{ call.direction }} to {{ caller.number }} from {{ call.number }} for {{ vars.patient }}, {{ vars.visit }} by [{{ call.answeredBy }}]"
  texted: { sms: { body: "{{ vars.patient }} wrote {{ message.body }}" }, next: return }
`;

/** Holds a conversation by text messages, which waits for each answer. */
export const TABLE = `onMessage: welcome
variables:
  guests: { type: int }
  photo: { type: string }
steps:
  greet: { hangup: Please send us a text message. }
  welcome:
    ask:
      prompt: For English reply EN.
      choices: { EN: guests }
      timeout: 30m
      otherwise: { silence: reminder, else: return }
  guests:
    ask: { prompt: How many are you?, save: guests }
    next: photo
  photo:
    ask: { prompt: A photo of your group?, picture: thanks, save: photo }
    next: thanks
  thanks: { sms: { body: "Table for {{ vars.guests }}." }, next: return }
  reminder: { sms: { body: Are you still there? }, next: welcome }
`;

/** Calls people, with a machine and with nobody at the other end. */
export const VISIT = `allow: [US]
takes: [name]
variables:
  name: { type: string, default: nobody }
onMachine: leave-word
onUnanswered: missed
steps:
  ask:
    gather:
      prompt: "{{ call.direction }} for {{ vars.name }} by [{{ call.answeredBy }}]. Press 1 to confirm."
      choices: { 1: thanks }
      otherwise: hangup
  thanks: { hangup: Thank you. }
  leave-word: { hangup: "A word for {{ vars.name }} after the {{ call.answeredBy }}." }
  missed: { sms: { body: "We could not reach {{ vars.name }}." }, next: return }
`;

/** A chain of steps as long as you like, each with a menu of two. */
export function longFlow(steps: number): string {
  const lines = ["steps:"];
  for (let step = 1; step < steps; step++) {
    const next = `step-${step + 1}`;
    const far = `step-${Math.min(steps, step + 7)}`;
    lines.push(`  step-${step}:`, `    gather:`, `      prompt: This is step ${step}.`);
    lines.push(`      choices: { 1: ${next}, 2: ${far} }`, `      otherwise: hangup`);
  }
  return `${[...lines, `  step-${steps}: { hangup: This is the end. }`].join("\n")}\n`;
}
