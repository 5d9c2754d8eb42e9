/** The filters of Liquid, as CEL. An index is guarded: where Liquid gives nothing, CEL would fail. */
import { type Cel, type Names, numberOf, quoted, stringOf, tight } from "./cel.ts";
import { dated } from "./dates.ts";

type Filter = (value: Cel, given: readonly Cel[], names: Names) => Cel;

const EMPTY: Cel = { cel: "''", type: "string" };
const ZERO: Cel = { cel: "0", type: "int" };

const text = (cel: string, loose = false): Cel => ({ cel, type: "string", ...(loose && { loose }) });
const method =
  (write: (value: string) => string): Filter =>
  (value) =>
    text(write(stringOf(value)));
const sum =
  (operator: string): Filter =>
  (value, [by = ZERO]) => ({
    cel: `${numberOf(value)} ${operator} ${numberOf(by)}`,
    type: value.type === "number" || by.type === "number" ? "number" : "int",
    loose: true,
  });
const same: Filter = (value) => value;

const FILTERS: Readonly<Record<string, Filter>> = {
  downcase: method((value) => `lower(${value})`),
  upcase: method((value) => `${value}.upperAscii()`),
  strip: method((value) => `trim(${value})`),
  lstrip: method((value) => `trim(${value})`),
  rstrip: method((value) => `trim(${value})`),
  replace: (value, [from = EMPTY, to = EMPTY]) =>
    text(`replace(${stringOf(value)}, ${stringOf(from)}, ${stringOf(to)})`),
  remove: (value, [from = EMPTY]) => text(`replace(${stringOf(value)}, ${stringOf(from)}, '')`),
  append: (value, [added = EMPTY]) =>
    text(`${tight({ ...value, cel: stringOf(value) })} + ${stringOf(added)}`, true),
  prepend: (value, [added = EMPTY]) =>
    text(`${stringOf(added)} + ${tight({ ...value, cel: stringOf(value) })}`, true),
  plus: sum("+"),
  minus: sum("-"),
  times: sum("*"),
  divided_by: sum("/"),
  modulo: sum("%"),
  size: (value) => ({ cel: `size(${value.type === "list" ? value.cel : stringOf(value)})`, type: "int" }),
  slice: (value, [from = ZERO, length = { cel: "1", type: "int" }]) =>
    sliced(stringOf(value), from.cel, length.cel),
  truncate: (value, [length = { cel: "50", type: "int" }]) => sliced(stringOf(value), "0", length.cel),
  split: (value, [at = EMPTY]) => ({
    cel: `${tight({ ...value, cel: stringOf(value) })}.split(${stringOf(at)})`,
    type: "list",
  }),
  join: (value, [between = { cel: "' '", type: "string" }]) =>
    text(`${tight(value)}.join(${stringOf(between)})`),
  first: (value) => entry(value, "0"),
  last: (value) => entry(value, `size(${value.cel}) - 1`),
  floor: (value) => ({ cel: `int(${numberOf(value)})`, type: "int" }),
  round: (value, [places]) =>
    places === undefined
      ? { cel: `round(${numberOf(value)})`, type: "int" }
      : { cel: `round(${numberOf(value)}, ${places.cel})`, type: "number" },
  default: (value, [otherwise = EMPTY]) => {
    if (value.type !== "string") return value;
    return text(`${tight(value)} != '' ? ${tight(value)} : ${stringOf(otherwise)}`, true);
  },
  date: dated,
  escape: same,
  escape_once: same,
  url_encode: same,
  strip_html: same,
  strip_newlines: same,
  newline_to_br: same,
  to_integer: (value) => ({ cel: numberOf(value), type: "int" }),
};

/** A value after one more filter. One without a counterpart leaves the value as it is. */
export function filtered(value: Cel, name: string, given: readonly Cel[], names: Names): Cel {
  const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  if (filter !== undefined) return filter(value, given, names);
  names.lost(`the Liquid filter \`${name}\``);
  return value;
}

function sliced(value: string, from: string, length: string): Cel {
  const end =
    from === "0"
      ? length
      : /^\d+$/.test(from + length)
        ? String(Number(from) + Number(length))
        : `${from} + ${length}`;
  const rest = from === "0" ? value : `${value}.substring(${from})`;
  const guard = from === "0" ? "" : `size(${value}) <= ${from} ? '' : `;
  return text(`${guard}size(${value}) < ${end} ? ${rest} : ${value}.substring(${from}, ${end})`, true);
}

function entry(value: Cel, index: string): Cel {
  if (value.type === "string") return sliced(value.cel, index === "0" ? "0" : `size(${value.cel}) - 1`, "1");
  return text(`size(${value.cel}) > 0 ? ${tight(value)}[${index}] : ${quoted("")}`, true);
}
