/** A flow as large as one likes: groups of five steps such as menus are made of, each leading to the next. */
import type { SourceFile } from "../../src/flow/language/node.ts";

const HEAD = `description: A very long line
voice: Polly.Joanna-Neural
language: en-US
start: intro-1
onError: bye
destinations:
  desk: +14155550100
hours:
  office:
    timezone: America/New_York
    open: { mon-fri: "08:00-18:00" }
variables:
  tries: { type: int, default: 0 }
steps:
`;

const TAIL = `  bye:
    say: Thank you. Goodbye.
    next: hangup
`;

const GROUP = 5;

/** A flow of so many steps, a multiple of five, and one besides that says goodbye. */
export function bigFlow(steps: number): SourceFile {
  const last = steps / GROUP;
  let text = HEAD;
  for (let group = 1; group <= last; group++)
    text += groupOf(group, group === last ? "bye" : `intro-${group + 1}`);
  return { path: `flows/big-${steps}.yaml`, text: text + TAIL };
}

/** The name of the last group's menu. */
export function lastMenu(steps: number): string {
  return `menu-${steps / GROUP}`;
}

function groupOf(group: number, next: string): string {
  return `  intro-${group}:
    say: "This is part ${group}{{ vars.tries > 0 ? ' again' : '' }}."
    next: menu-${group}
  menu-${group}:
    gather:
      prompt: For the front desk, press 1 or say front desk. For what comes next, press 2. To hear this again, press star.
      choices:
        1: { next: desk-${group}, speech: [front desk, a person] }
        2: count-${group}
        "*": repeat
      noMatch: [I did not get that., Let me say the choices once more.]
      otherwise: desk-${group}
  count-${group}:
    set: { tries: "{{ vars.tries + 1 }}" }
    next: open-${group}
  open-${group}:
    branch:
      - when: isOpen("office") && vars.tries < ${group + 3}
        next: ${next}
      - next: desk-${group}
  desk-${group}:
    dial: { to: desk, timeout: 20, whisper: A call of part ${group}., status: { busy: ${next}, else: bye } }
    next: hangup
`;
}
