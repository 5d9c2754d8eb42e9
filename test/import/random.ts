/** Random flows of Studio, of the widgets that most flows have. */
import fc from "fast-check";
import { conversation, split, widget } from "./support.ts";

const NAMES = ["ask", "menu", "told", "rung", "looked", "noted", "taken", "held", "bye"];
const next = fc.option(fc.constantFrom(...NAMES), { nil: undefined, freq: 6 });
const text = fc.constantFrom(
  "Hello.",
  "Hello {{flow.variables.a}}.",
  "You pressed {{widgets.ask.Digits}}.",
  "{% if flow.variables.a %}Again {{flow.variables.a}}{% else %}First{% endif %}",
  "{{widgets.looked.parsed.name | default: 'you'}}",
);
const VALUES = [
  "{{widgets.ask.Digits}}",
  "{{widgets.looked.parsed.open}}",
  "{{flow.variables.a}}",
  "{{flow.variables.b}}",
  "{{flow.variables.n}}",
  "{{widgets.rung.DialCallStatus}}",
];
const condition: fc.Arbitrary<readonly [string, string, string | undefined]> = fc.tuple(
  fc.constantFrom("equal_to", "matches_any_of", "not_equal_to", "is_not_blank", "less_than", "contains"),
  fc.constantFrom("1", "2", "true", "completed", "1,2,3", "busy"),
  next,
);

/** A widget of a name, by its type. */
function widgetOf(name: string): fc.Arbitrary<object> {
  const gather = fc
    .record({ keypress: next, timeout: next, say: text, digits: fc.constantFrom(1, 4, undefined) })
    .map(({ say, digits, ...to }) =>
      widget(
        name,
        "gather-input-on-call",
        { say, number_of_digits: digits, timeout: 5, stop_gather: true },
        to,
      ),
    );
  const others = [
    fc
      .tuple(text, next)
      .map(([say, to]) => widget(name, "say-play", { say, loop: 1 }, { audioComplete: to })),
    fc
      .tuple(fc.constantFrom(...VALUES), fc.array(condition, { minLength: 1, maxLength: 3 }), next)
      .map(([value, conditions, to]) => split(name, value, conditions, to)),
    fc
      .tuple(
        fc.constantFrom(
          ["a", "1"],
          ["a", "north"],
          ["n", "{{flow.variables.n | plus: 1}}"],
          ["b", "{{widgets.looked.parsed.open}}"],
          ["n", "{{widgets.ask.Digits | size}}"],
        ),
        next,
      )
      .map(([[key, value], to]) =>
        widget(name, "set-variables", { variables: [{ key, value }] }, { next: to }),
      ),
    fc
      .tuple(next, next)
      .map(([success, fail]) =>
        widget(
          name,
          "run-function",
          { url: `https://a-1.twil.io/${name}`, parameters: [{ key: "k", value: "{{flow.variables.a}}" }] },
          { success, fail },
        ),
      ),
    next.map((to) =>
      widget(
        name,
        "connect-call-to",
        { noun: "number", to: "+14155550100", timeout: 20 },
        { callCompleted: to },
      ),
    ),
    fc
      .tuple(next, next)
      .map(([recordingComplete, noAudio]) =>
        widget(name, "record-voicemail", { timeout: 5, max_length: 60 }, { recordingComplete, noAudio }),
      ),
    next.map((to) =>
      widget(
        name,
        "send-message",
        { body: "A message.", to: "{{contact.channel.address}}" },
        { sent: to, failed: undefined },
      ),
    ),
    fc.constant(
      widget(
        name,
        "send-to-flex",
        { workflow: `WW${"0".repeat(32)}`, attributes: '{"a": "{{trigger.call.From}}"}' },
        {},
      ),
    ),
  ];
  const fixed: Readonly<Record<string, fc.Arbitrary<object> | undefined>> = {
    ask: gather,
    menu: gather,
    looked: others[3],
    rung: others[4],
  };
  return fixed[name] ?? fc.oneof(...others);
}

/** The text of a definition. */
export const randomFlow: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...NAMES), ...NAMES.map(widgetOf))
  .map(([first, ...widgets]) => {
    const trigger = widget("Trigger", "trigger", {}, { incomingCall: first });
    return JSON.stringify({ description: "", states: [trigger, ...widgets], initial_state: "Trigger" });
  });

const TEXTS = fc.constantFrom(
  "Hello.",
  "You wrote {{widgets.ask.inbound.Body}}.",
  "First {{trigger.message.Body}}.",
  "{{widgets.menu.inbound.Body}}, {{widgets.ask.inbound.MediaUrl0}}!",
  "Again {{flow.variables.a}}",
);
const WRITTEN = [
  "{{widgets.ask.inbound.Body}}",
  "{{widgets.menu.inbound.Body}}",
  "{{widgets.menu.inbound.Body | downcase}}",
  "{{flow.variables.a}}",
];
const COUNTED = ["{{widgets.ask.inbound.NumMedia}}", "{{flow.variables.n}}", "{{widgets.menu.inbound.Body}}"];
const written: fc.Arbitrary<readonly [string, string, string | undefined]> = fc.tuple(
  fc.constantFrom("equal_to", "matches_any_of", "not_equal_to", "contains"),
  fc.constantFrom("yes", "no", "yes,no,1", "0", "2", "stop"),
  next,
);
const more: typeof written = fc.tuple(fc.constant("greater_than"), fc.constantFrom("0", "2"), next);

/** A widget of a text conversation. */
function textWidgetOf(name: string): fc.Arbitrary<object> {
  const reply = fc
    .record({
      incomingMessage: name === "ask" ? fc.oneof({ weight: 4, arbitrary: fc.constant("told") }, next) : next,
      timeout: next,
      body: TEXTS,
      seconds: fc.constantFrom("120", "3600", "2592000"),
    })
    .map(({ body, seconds, ...to }) =>
      widget(name, "send-and-wait-for-reply", { body, timeout: seconds }, to),
    );
  const others = [
    fc
      .tuple(TEXTS, next)
      .map(([body, sent]) => widget(name, "send-message", { body }, { sent, failed: undefined })),
    fc
      .tuple(fc.constantFrom(...WRITTEN), fc.array(written, { minLength: 1, maxLength: 3 }), next)
      .map(([value, conditions, to]) => split(name, value, conditions, to)),
    fc
      .tuple(fc.constantFrom(...COUNTED), more, next)
      .map(([value, condition, to]) => split(name, value, [condition], to)),
    fc
      .tuple(
        fc.constantFrom(
          ["a", "{{widgets.ask.inbound.Body}}"],
          ["n", "{{flow.variables.n | plus: 1}}"],
          ["b", "{{widgets.menu.inbound.MediaUrl0}}"],
        ),
        next,
      )
      .map(([[key, value], to]) =>
        widget(name, "set-variables", { variables: [{ key, value }] }, { next: to }),
      ),
  ];
  const menu = fc
    .tuple(fc.constantFrom("", " | downcase"), fc.array(written, { minLength: 1, maxLength: 3 }), next)
    .map(([filter, conditions, to]) => split(name, `{{widgets.ask.inbound.Body${filter}}}`, conditions, to));
  if (name === "told") return menu;
  return name === "ask" || name === "menu" ? reply : fc.oneof(...others);
}

/** The text of a definition that answers text messages. */
export const randomConversation: fc.Arbitrary<string> = fc
  .tuple(...NAMES.map(textWidgetOf))
  .map((widgets) => conversation(...widgets));
