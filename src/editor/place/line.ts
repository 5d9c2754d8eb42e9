/** What is open at a place of a line: brackets, a quoted text, a `{{ }}`. The line can be half-written. */

/** The state of a line at its end. */
export interface LineState {
  /** The brackets that are open, outermost first. */
  brackets: ("{" | "[")[];
  /** The quotation mark of a text that is open; empty for none. */
  quote: string;
  /** Whether a `{{` is open. */
  hole: boolean;
  comment: boolean;
  /** The offset at which the last key or value begins. */
  start: number;
  /** Whether it can be a key. */
  isKey: boolean;
}

/** Reads a line, or its beginning. */
export function readLine(line: string): LineState {
  const first = line.search(/\S|$/);
  const reader = new LineReader(line, first);
  while (reader.at < line.length && !reader.state.comment) reader.step();
  return reader.state;
}

class LineReader {
  at: number;
  line: string;
  state: LineState;

  constructor(line: string, start: number) {
    this.line = line;
    this.at = start;
    this.state = { brackets: [], quote: "", hole: false, comment: false, start, isKey: true };
  }

  step(): void {
    const { state, line, at } = this;
    const character = line[at] ?? "";
    const atStart = at === state.start;
    if (state.quote !== "") this.#quoted(character);
    else if (line.startsWith("{{", at)) this.#hole();
    else if (character === "#" && isBlank(line[at - 1])) state.comment = true;
    else if (atStart && (character === '"' || character === "'")) {
      state.quote = character;
      this.at++;
    } else if (atStart && (character === "{" || character === "[")) {
      state.brackets.push(character);
      this.#begin(character === "{");
    } else if (atStart && character === "-" && isBlank(line[at + 1])) this.#begin(true);
    else if (character === ":" && this.#endsKey()) this.#begin(false);
    else if (state.brackets.length > 0) this.#inBrackets(character);
    else this.at++;
  }

  /** A key or value begins after this character and the blanks that follow. */
  #begin(isKey: boolean): void {
    this.at++;
    while (this.at < this.line.length && isBlank(this.line[this.at])) this.at++;
    this.state.start = this.at;
    this.state.isKey = isKey;
  }

  #endsKey(): boolean {
    const next = this.line[this.at + 1];
    return isBlank(next) || (this.state.brackets.length > 0 && ",]}".includes(next ?? ""));
  }

  #quoted(character: string): void {
    if (character === "\\" && this.state.quote === '"') this.at++;
    else if (character === this.state.quote) this.state.quote = "";
    this.at++;
  }

  #hole(): void {
    const end = this.line.indexOf("}}", this.at);
    this.state.hole = end < 0;
    this.at = end < 0 ? this.line.length : end + 2;
  }

  #inBrackets(character: string): void {
    const { brackets } = this.state;
    if (character === ",") this.#begin(brackets.at(-1) === "{");
    else {
      if (character === "}" || character === "]") brackets.pop();
      this.at++;
    }
  }
}

function isBlank(character: string | undefined): boolean {
  return character === undefined || character === " " || character === "\t";
}
