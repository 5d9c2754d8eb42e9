/** Flows of Studio that random runs found to go otherwise than in the original, as small as they can be. */

/** After silence, the way back to the question sends a message of its own. After a wrong answer, it is a part of the question. */
export const SILENT = JSON.stringify({
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage", next: "ask" }] },
    {
      name: "ask",
      type: "send-and-wait-for-reply",
      properties: { body: "Are you coming?", timeout: "120" },
      transitions: [
        { event: "incomingMessage", next: "told" },
        { event: "timeout", next: "told" },
      ],
    },
    {
      name: "told",
      type: "split-based-on",
      properties: { input: "{{widgets.ask.inbound.Body}}" },
      transitions: [
        { event: "noMatch", next: "again" },
        {
          event: "match",
          conditions: [{ arguments: ["{{widgets.ask.inbound.Body}}"], type: "equal_to", value: "yes" }],
        },
      ],
    },
    {
      name: "again",
      type: "send-message",
      properties: { body: "Please answer." },
      transitions: [{ event: "sent", next: "ask" }],
    },
  ],
  initial_state: "Trigger",
});

/** A number is compared with a word. */
export const COUNTED = JSON.stringify({
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingCall", next: "ask" }] },
    {
      name: "ask",
      type: "gather-input-on-call",
      properties: { say: "Press a key.", number_of_digits: 1, timeout: 5 },
      transitions: [
        { event: "keypress", next: "taken" },
        { event: "timeout", next: "told" },
      ],
    },
    {
      name: "taken",
      type: "set-variables",
      properties: { variables: [{ key: "n", value: "{{widgets.ask.Digits | size}}" }] },
      transitions: [{ event: "next", next: "told" }],
    },
    {
      name: "told",
      type: "split-based-on",
      properties: { input: "{{flow.variables.n}}" },
      transitions: [
        { event: "noMatch", next: "bye" },
        {
          event: "match",
          conditions: [{ arguments: ["{{flow.variables.n}}"], type: "equal_to", value: "completed" }],
        },
      ],
    },
    {
      name: "bye",
      type: "say-play",
      properties: { say: "Goodbye." },
      transitions: [{ event: "audioComplete" }],
    },
  ],
  initial_state: "Trigger",
});

/** A key is followed by silence at the same question, whose answer is read. */
export const FORGOTTEN = JSON.stringify({
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingCall", next: "ask" }] },
    {
      name: "ask",
      type: "gather-input-on-call",
      properties: { say: "Press a key.", number_of_digits: 1, timeout: 5 },
      transitions: [
        { event: "keypress", next: "ask" },
        { event: "timeout", next: "told" },
      ],
    },
    {
      name: "told",
      type: "say-play",
      properties: { say: "You pressed {{widgets.ask.Digits}}." },
      transitions: [{ event: "audioComplete" }],
    },
  ],
  initial_state: "Trigger",
});

/** Only a picture is an answer, and the words are read after silence. */
export const PICTURED = JSON.stringify({
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage", next: "ask" }] },
    {
      name: "ask",
      type: "send-and-wait-for-reply",
      properties: { body: "A picture, please.", timeout: "120" },
      transitions: [
        { event: "incomingMessage", next: "seen" },
        { event: "timeout", next: "told" },
      ],
    },
    {
      name: "seen",
      type: "split-based-on",
      properties: { input: "{{widgets.ask.inbound.NumMedia}}" },
      transitions: [
        { event: "noMatch", next: "ask" },
        {
          event: "match",
          conditions: [{ arguments: ["{{widgets.ask.inbound.NumMedia}}"], type: "greater_than", value: "0" }],
        },
      ],
    },
    {
      name: "told",
      type: "send-message",
      properties: { body: "You wrote {{widgets.ask.inbound.Body}}." },
      transitions: [{ event: "sent" }],
    },
  ],
  initial_state: "Trigger",
});

/** A counter that nothing has set is empty, and not 0. */
export const UNCOUNTED = JSON.stringify({
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingCall", next: "told" }] },
    {
      name: "told",
      type: "split-based-on",
      properties: { input: "{{flow.variables.n}}" },
      transitions: [
        { event: "noMatch", next: "count" },
        {
          event: "match",
          next: "bye",
          conditions: [{ arguments: ["{{flow.variables.n}}"], type: "is_not_blank", value: "1" }],
        },
      ],
    },
    {
      name: "count",
      type: "set-variables",
      properties: { variables: [{ key: "n", value: "{{flow.variables.n | plus: 1}}" }] },
      transitions: [{ event: "next", next: "again" }],
    },
    {
      name: "again",
      type: "gather-input-on-call",
      properties: { say: "Call {{flow.variables.n}}.", number_of_digits: 1, timeout: 5 },
      transitions: [{ event: "keypress", next: "told" }, { event: "timeout" }],
    },
    {
      name: "bye",
      type: "say-play",
      properties: { say: "Goodbye." },
      transitions: [{ event: "audioComplete" }],
    },
  ],
  initial_state: "Trigger",
});

const waiting = (name: string, timeout: string, silent?: string): object => ({
  name,
  type: "send-and-wait-for-reply",
  properties: { body: `Is this ${name}?`, timeout },
  transitions: [{ event: "incomingMessage" }, { event: "timeout", next: silent }],
});

/** Several questions in a row are not answered: the time for one must not run into that of the next. */
export const WAITING = JSON.stringify({
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage", next: "one" }] },
    waiting("one", "3600", "two"),
    waiting("two", "120", "three"),
    waiting("three", "3600", "four"),
    waiting("four", "120", "five"),
    waiting("five", "3600"),
  ],
  initial_state: "Trigger",
});

/** A word of a service is compared as a number. */
export const WORDED = JSON.stringify({
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingCall", next: "looked" }] },
    {
      name: "looked",
      type: "run-function",
      properties: { url: "https://a-1.twil.io/looked" },
      transitions: [{ event: "success", next: "told" }, { event: "fail" }],
    },
    {
      name: "told",
      type: "split-based-on",
      properties: { input: "{{widgets.looked.parsed.open}}" },
      transitions: [
        { event: "noMatch", next: "bye" },
        {
          event: "match",
          conditions: [
            { arguments: ["{{widgets.looked.parsed.open}}"], type: "not_equal_to", value: "busy" },
          ],
        },
        {
          event: "match",
          conditions: [{ arguments: ["{{widgets.looked.parsed.open}}"], type: "less_than", value: "1" }],
        },
      ],
    },
    {
      name: "bye",
      type: "say-play",
      properties: { say: "Goodbye." },
      transitions: [{ event: "audioComplete" }],
    },
  ],
  initial_state: "Trigger",
});

/** A variable is set before the request whose answer it passes on. */
export const EARLY = JSON.stringify({
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingCall", next: "held" }] },
    {
      name: "held",
      type: "set-variables",
      properties: { variables: [{ key: "b", value: "{{widgets.looked.parsed.open}}" }] },
      transitions: [{ event: "next", next: "looked" }],
    },
    {
      name: "looked",
      type: "run-function",
      properties: { url: "https://a-1.twil.io/looked" },
      transitions: [{ event: "success", next: "told" }, { event: "fail" }],
    },
    {
      name: "told",
      type: "split-based-on",
      properties: { input: "{{flow.variables.b}}" },
      transitions: [
        { event: "noMatch", next: "bye" },
        {
          event: "match",
          conditions: [{ arguments: ["{{flow.variables.b}}"], type: "equal_to", value: "1" }],
        },
      ],
    },
    {
      name: "bye",
      type: "say-play",
      properties: { say: "Goodbye." },
      transitions: [{ event: "audioComplete" }],
    },
  ],
  initial_state: "Trigger",
});

/** A service's answer lacks a value that only a needless split reads. */
export const NEEDLESS = JSON.stringify({
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingCall", next: "looked" }] },
    {
      name: "looked",
      type: "run-function",
      properties: { url: "https://a-1.twil.io/looked" },
      transitions: [
        { event: "success", next: "told" },
        { event: "fail", next: "bye" },
      ],
    },
    {
      name: "told",
      type: "split-based-on",
      properties: { input: "{{widgets.looked.parsed.open}}" },
      transitions: [
        { event: "noMatch" },
        {
          event: "match",
          conditions: [{ arguments: ["{{widgets.looked.parsed.open}}"], type: "is_not_blank", value: "1" }],
        },
      ],
    },
    {
      name: "bye",
      type: "say-play",
      properties: { say: "Goodbye." },
      transitions: [{ event: "audioComplete" }],
    },
  ],
  initial_state: "Trigger",
});

const asks = (name: string, then: object, value: string, other: object): object => ({
  name,
  type: "split-based-on",
  properties: { input: "{{widgets.ask.inbound.Body}}" },
  transitions: [
    { event: "noMatch", ...other },
    {
      event: "match",
      ...then,
      conditions: [{ arguments: ["{{widgets.ask.inbound.Body}}"], type: "equal_to", value }],
    },
  ],
});

/** What a later split compares holds a choice of the menu, which finds it there. */
export const PHRASED = JSON.stringify({
  states: [
    { name: "Trigger", type: "trigger", transitions: [{ event: "incomingMessage", next: "ask" }] },
    {
      name: "ask",
      type: "send-and-wait-for-reply",
      properties: { body: "Are you coming?", timeout: "120" },
      transitions: [{ event: "incomingMessage", next: "told" }, { event: "timeout" }],
    },
    asks("told", { next: "later" }, "yes", {}),
    asks("later", { next: "ask" }, "yes, both", {}),
  ],
  initial_state: "Trigger",
});
