/** Liquid's filter `date`, as CEL: `'now' | date: "%H:%M"`. */
import { type Cel, type Names, quoted, stringOf } from "./cel.ts";

/** Stretches of a format, longest first, and what gives them of a date. */
const PIECES: readonly [format: string, cel: (date: string) => string][] = [
  ["%Y-%m-%d", (date) => `${date}.date`],
  ["%F", (date) => `${date}.date`],
  ["%H:%M", (date) => `${date}.time`],
  ["%R", (date) => `${date}.time`],
  ["%Y", (date) => `string(${date}.year)`],
  ["%m", (date) => `string(${date}.month)`],
  ["%d", (date) => `string(${date}.day)`],
  ["%e", (date) => `string(${date}.day)`],
  ["%H", (date) => `string(${date}.hour)`],
  ["%M", (date) => `string(${date}.minute)`],
  ["%w", (date) => `string(${date}.weekday)`],
  ["%u", (date) => `string(${date}.weekday == 0 ? 7 : ${date}.weekday)`],
];

/** Parts of a format that a flow has no value for, and the text in their place. */
const FIXED: Readonly<Record<string, string>> = { "%S": "00", "%Z": "UTC", "%z": "+0000" };

/** A date in a format. */
export function dated(value: Cel, [format]: readonly Cel[], names: Names): Cel {
  const date = value.cel === "'now'" || value.cel === "'today'" ? "now()" : `date(${stringOf(value)})`;
  const written = /^'(.*)'$/s.exec(format?.cel ?? "")?.[1];
  if (written === undefined) {
    names.lost("the Liquid filter `date` with a computed format");
    return value;
  }
  const parts = piecesOf(written, date, names);
  return { cel: parts.join(" + "), type: "string", loose: parts.length > 1 };
}

function piecesOf(format: string, date: string, names: Names): string[] {
  const parts: string[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") parts.push(quoted(plain));
    plain = "";
  };
  for (let at = 0; at < format.length; ) {
    const piece = PIECES.find(([one]) => format.startsWith(one, at));
    if (piece) {
      flush();
      parts.push(piece[1](date));
      at += piece[0].length;
      continue;
    }
    const two = format.slice(at, at + 2);
    const fixed = FIXED[two];
    if (two.startsWith("%") && fixed === undefined) names.lost(`\`${two}\` in a date's format`);
    plain += fixed ?? (two.startsWith("%") ? "" : format.charAt(at));
    at += two.startsWith("%") ? 2 : 1;
  }
  flush();
  return parts.length === 0 ? ["''"] : parts;
}
