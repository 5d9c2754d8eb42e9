/**
 * The beginnings of a phone-number pattern, as the library's metadata writes it: `900[2-9]\d{6}` begins with 9002 to
 * 9009, and at least six more digits follow.
 */

/** What numbers begin with, and how many digits follow at least. */
export interface Beginning {
  digits: string;
  rest: number;
}

/** Where a pattern is read, and all ways of beginning it up to there. */
interface Way extends Beginning {
  /** Whether a free digit came: all that follow are only counted. */
  isOpen: boolean;
}

/** What the numbers of a pattern begin with, up to the first free digit. */
export function beginnings(pattern: string): Beginning[] {
  return new Reader(pattern).alternatives([{ digits: "", rest: 0, isOpen: true }]);
}

const DIGITS = [..."0123456789"];

function append(ways: readonly Way[], digits: readonly string[]): Way[] {
  return ways.flatMap((way) =>
    way.isOpen
      ? digits.map((digit) => ({ ...way, digits: way.digits + digit }))
      : [{ ...way, rest: way.rest + 1 }],
  );
}

/** Reads digits, classes, `\d`, groups, and how often each stands: the metadata has nothing else. */
class Reader {
  #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  alternatives(before: readonly Way[]): Way[] {
    const all = this.#sequence(before);
    while (this.#take("|")) all.push(...this.#sequence(before));
    return all;
  }

  #sequence(before: readonly Way[]): Way[] {
    let ways = [...before];
    while (this.#at < this.#text.length && !/[|)]/.test(this.#text[this.#at] ?? ""))
      ways = this.#repeated(ways);
    return ways;
  }

  #repeated(before: Way[]): Way[] {
    const start = this.#at;
    let ways = this.#atom(before);
    const [least, most] = this.#times();
    const end = this.#at;
    const all = least === 0 ? [...before] : [];
    for (let time = 1; time <= most; time++) {
      if (time >= least) all.push(...ways);
      this.#at = start;
      if (time < most) ways = this.#atom(ways);
    }
    this.#at = end;
    return all;
  }

  #atom(before: readonly Way[]): Way[] {
    if (this.#take("(?:")) {
      const inside = this.alternatives(before);
      this.#take(")");
      return inside;
    }
    if (this.#take("\\d")) return before.map((way) => ({ ...way, rest: way.rest + 1, isOpen: false }));
    return append(before, this.#digits());
  }

  /** A class's digits, or the single one. */
  #digits(): string[] {
    const written = /^\[[\d-]+\]|^\d/.exec(this.#text.slice(this.#at))?.[0];
    if (written === undefined) throw new Error(`the pattern ${this.#text} has something new at ${this.#at}`);
    this.#at += written.length;
    const known = new RegExp(written);
    return DIGITS.filter((digit) => known.test(digit));
  }

  #times(): [least: number, most: number] {
    if (this.#take("?")) return [0, 1];
    const [all = "", least = "1", most = least] =
      /^\{(\d+)(?:,(\d+))?\}/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += all.length;
    return [Number(least), Number(most)];
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}
