/** The names of Twilio Studio and the filters of Liquid, and what a flow writes for them. */

/** One of Studio's names, or one of Liquid's filters. */
export interface StudioName {
  /** As Studio writes it: an example. */
  studio: string;
  /** What to write here. */
  here: string;
  /** More about it, if it is not the same thing. */
  note?: string;
}

interface Known extends StudioName {
  pattern: RegExp;
  /** `here` for what the pattern has matched; `here` itself if left out. */
  write?: (match: RegExpExecArray) => string;
}

const SAVED = "for the last answer; an earlier one is in the variable that its `save` names";

const REPLIED = "for the last message; an earlier one is in the variable that the `save` of its `ask` names";

/** The first that matches counts. */
const NAMES: readonly Known[] = [
  { studio: "contact.channel.address", here: "caller.number", pattern: /^contact\.channel\.address$/ },
  { studio: "flow.channel.address", here: "call.number", pattern: /^flow\.channel\.address$/ },
  { studio: "flow.sid", here: "call.sid", pattern: /^flow\.sid$/, note: "there is one for each call" },
  {
    studio: "flow.variables.dealer",
    here: "vars.dealer",
    pattern: /^flow\.variables\.(\w+)/,
    write: ([, name]) => `vars.${name}`,
    note: "declared under `variables`, assigned by `set`",
  },
  ...given("flow.data"),
  ...given("trigger.request.parameters"),
  ...given("trigger.parent.parameters"),
  ...fields("call", "From|Caller", "caller.number"),
  ...fields("call", "To|Called", "call.to"),
  ...fields("call", "CallSid", "call.sid"),
  ...fields("call", "CallerName", "caller.name"),
  ...fields("call", "FromCity|CallerCity", "caller.city"),
  ...fields("call", "FromState|CallerState", "caller.state"),
  ...fields("call", "FromZip|CallerZip", "caller.zip"),
  ...fields("call", "FromCountry|CallerCountry", "caller.country"),
  ...fields("call", "Direction", "call.direction"),
  ...fields("call", "ForwardedFrom", "call.forwardedFrom"),
  ...fields("call", "AnsweredBy", "call.answeredBy"),
  ...fields("call", "StirVerstat", "caller.attestation", "`A`, `B`, `C` or empty"),
  ...fields("message", "Body", "message.body"),
  ...fields("message", "From", "caller.number"),
  ...fields("message", "To", "call.number"),
  ...fields("message", "MediaUrl0", "message.media"),
  ...fields("message", "NumMedia", "size(message.attachments)"),
  widget("Digits", "input.digits", SAVED),
  widget("SpeechResult", "input.speech", SAVED),
  widget("Confidence", "input.confidence", "for the last answer"),
  widget("inbound.Body", "message.body", REPLIED),
  widget("inbound.MediaUrl0", "message.media", REPLIED),
  widget("inbound.NumMedia", "size(message.attachments)", REPLIED),
  widget("RecordingUrl", 'link(vars.message, "7d")', "with `save: message` in the `record`"),
  widget("RecordingDuration", "vars.message.seconds", "with `save: message` in the `record`"),
  widget("TranscriptionText", "vars.message.transcript", "in the steps of `notify`"),
  widget(
    "DialCallStatus",
    "the exits in the `status` of the `dial`",
    "or a variable: `save: { outcome: status }`",
  ),
  widget(
    "status_code",
    "the exits in the `status` of the `request`",
    "or a variable: `answer: { code: status }`",
  ),
  widget("body", "vars.text", "with `answer: { text: text }` in the `request`"),
  {
    studio: "widgets.NAME.parsed.customer.name",
    here: "vars.name",
    pattern: /^widgets\.[\w-]+\.parsed\.(?:[\w.[\]]+\.)?(\w+)$/,
    write: (match) =>
      `vars.${match[1]}, with \`save: { ${match[1]}: ${pathIn(match[0])} }\` in the \`request\``,
    note: "with `save: { name: customer.name }` in the `request`",
  },
  {
    studio: "widgets.NAME.dealer",
    here: "vars.dealer",
    pattern: /^widgets\.[\w-]+\.(\w+)$/,
    write: ([, name]) => `vars.${name}`,
    note: "what the widget has set is a variable, assigned by `set` or `save`",
  },
];

/** What a flow is given when it begins. */
function given(prefix: string): Known[] {
  return [
    {
      studio: `${prefix}.dealer`,
      here: "vars.dealer",
      pattern: new RegExp(`^${prefix.replaceAll(".", "\\.")}\\.(\\w+)`),
      write: ([, name]) => `vars.${name}`,
      note: "declared under `variables`, and listed in `takes`",
    },
  ];
}

function fields(of: "call" | "message", names: string, here: string, note?: string): Known[] {
  const [first = ""] = names.split("|");
  const pattern = new RegExp(`^trigger\\.(?:${of}\\.)?(?:${names})$`);
  return [{ studio: `trigger.${of}.${first}`, here, pattern, ...(note === undefined ? {} : { note }) }];
}

function widget(field: string, here: string, note?: string): Known {
  const pattern = new RegExp(`^widgets\\.[\\w-]+\\.${field.replace(".", "\\.")}$`);
  return { studio: `widgets.NAME.${field}`, here, pattern, ...(note === undefined ? {} : { note }) };
}

function pathIn(name: string): string {
  return name.slice(name.indexOf(".parsed.") + ".parsed.".length);
}

/** Liquid's filters: `x` is the value before the bar, `a` and `b` what comes after the colon. */
const FILTERS: Readonly<Record<string, string>> = {
  downcase: "lower(x)",
  upcase: "x.upperAscii()",
  split: "x.split(a)",
  join: "x.join(a)",
  strip: "trim(x)",
  lstrip: "trim(x)",
  rstrip: "trim(x)",
  replace: "replace(x, a, b)",
  remove: 'replace(x, a, "")',
  append: "x + a",
  prepend: "a + x",
  plus: "x + a",
  minus: "x - a",
  times: "x * a",
  divided_by: "x / a",
  modulo: "x % a",
  size: "size(x)",
  slice: "x.substring(a, a + b)",
  first: "x[0]",
  last: "x[size(x) - 1]",
  truncate: "x.substring(0, a)",
  floor: "int(x)",
  round: "round(x)",
  default: 'x != "" ? x : a',
  date: "spokenDate(today()), or a field of now()",
  escape: "x",
  url_encode: "x",
};

/** Filters of Liquid without a counterpart. */
export const UNKNOWN_FILTERS: ReadonlySet<string> = new Set(
  "capitalize sort uniq map abs ceil json to_json strip_html newline_to_br base64_encode".split(" "),
);

/** Tags of Liquid, and the steps for them. */
const TAGS: Readonly<Record<string, string>> = {
  if: "a `branch` step",
  unless: "a `branch` step",
  case: "a `branch` step with `cases`",
  assign: "a `set` step",
  for: "the list function `map`, or a circle of steps",
};

/** Every name, for the page that compares them. */
export const STUDIO_NAMES: readonly StudioName[] = NAMES.map(({ studio, here, note }) => ({
  studio,
  here,
  ...(note === undefined ? {} : { note }),
}));

/** Every filter, for the same page. */
export const LIQUID_FILTERS: readonly StudioName[] = Object.entries(FILTERS).map(([filter, here]) => ({
  studio: `x | ${filter}${/\ba\b/.test(here.replace("a field", "")) ? `: a${/\bb\b/.test(here) ? ", b" : ""}` : ""}`,
  here,
}));

/** Every tag, for the same page. */
export const LIQUID_TAGS: readonly StudioName[] = Object.entries(TAGS).map(([tag, here]) => ({
  studio: `{% ${tag} … %}`,
  here,
}));

/** The roots of Studio's names. */
const ROOT = /^(?:trigger|widgets|contact|flow)\./;

/** The name of Studio's that a text begins with, and what to write for it; undefined if it is none. */
export function studioName(text: string): StudioName | undefined {
  const path = /^[\w.[\]-]*[\w\]]/.exec(text)?.[0] ?? "";
  if (!ROOT.test(path)) return undefined;
  for (const { pattern, here, write } of NAMES) {
    const match = pattern.exec(path);
    if (match) return { studio: path, here: write?.(match) ?? here };
  }
  return undefined;
}

/** Says what to write for a value with one of Liquid's filters; undefined for any other expression. */
export function liquidFilter(expression: string): string | undefined {
  const match = /^\s*([^|]+?)\s*\|\s*(\w+)\s*(?::\s*(.*?))?\s*(?:\|[^|].*)?$/s.exec(expression);
  if (!match) return undefined;
  const [, value = "", filter = "", given = ""] = match;
  const here = Object.hasOwn(FILTERS, filter) ? FILTERS[filter] : undefined;
  if (here === undefined)
    return UNKNOWN_FILTERS.has(filter)
      ? `flows have nothing like Liquid's filter ${filter}; let a service compute it`
      : undefined;
  const [a = "a", b = "b"] = given === "" ? [] : given.split(/\s*,\s*/);
  const x = studioName(value)?.here ?? value;
  const words: Readonly<Record<string, string>> = { x, a, b };
  const written = here === FILTERS.date ? here : here.replace(/\b[xab]\b/g, (name) => words[name] ?? name);
  return `it has a filter of Liquid; write ${written}`;
}

/** What to write for a tag of Liquid such as `{% if … %}`. */
export function liquidTag(tag: string): string | undefined {
  const name = /^\{%-?\s*(?:end|els)?(\w+)/.exec(tag)?.[1] ?? "";
  return Object.hasOwn(TAGS, name) ? TAGS[name] : undefined;
}
