/**
 * What somebody has heard, and how far a script has followed it.
 */

/** Text that was heard, in order. */
export interface Ear {
  /** Everything since the last answer, as it was heard. */
  heard: string[];
  /** The same in one line, ready to be searched. */
  line: string;
  /** Where in `line` the next part may begin. */
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

/** Looks for a part of what is heard, behind the part found before. False where it was not heard. */
export function find(ear: Ear, part: string): boolean {
  const wanted = plain(part);
  const found = ear.line.indexOf(wanted, ear.at);
  if (found < 0) return false;
  ear.at = found + wanted.length;
  return true;
}

/** Leaves what was heard behind: after an answer, only what comes then counts. */
export function forget(ear: Ear): void {
  ear.heard = [];
  ear.line = "";
  ear.at = 0;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ").trim();
}
