/**
 * What a person has heard, and how far a script has matched it.
 */

/** Text that was heard, in order. */
export interface Ear {
  /** Everything since the last answer, as it was heard. */
  heard: string[];
  /** The same in one line, ready to be searched. */
  line: string;
  /** The index in `line` at which the search for the next part begins. */
  at: number;
}

/** An ear that has heard nothing. */
export function newEar(): Ear {
  return { heard: [], line: "", at: 0 };
}

/** Hears a text. */
export function listen(ear: Ear, text: string): void {
  ear.heard.push(text);
  ear.line += `${plain(text)} `;
}

/** Finds a part of what was heard, after the part found before. False if it was not heard. */
export function find(ear: Ear, part: string): boolean {
  const wanted = plain(part);
  const found = ear.line.indexOf(wanted, ear.at);
  if (found < 0) return false;
  ear.at = found + wanted.length;
  return true;
}

/** A sentence with what was heard and not matched: the script can only continue with a part of it. */
export function remaining({ heard, line, at }: Ear): string {
  if (heard.length === 0) return "Nothing was heard.";
  if (at === 0) return `What was heard: ${heard.join(" ")}`;
  const rest = line.slice(at).trim();
  return rest === "" ? "Nothing more was heard." : `What was heard next: ${rest}`;
}

/** Forgets what was heard: after an answer, only what follows counts. */
export function forget(ear: Ear): void {
  ear.heard = [];
  ear.line = "";
  ear.at = 0;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ").trim();
}
