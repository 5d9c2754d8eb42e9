/** Questions before something is changed or paid for. */
import { createInterface } from "node:readline";
import { Problem } from "../problem.ts";

/** Asks a question and returns the answer. */
export type Ask = (question: string) => Promise<string>;

/** How a command asks. */
export interface Asking {
  /** Do not ask. */
  yes?: boolean;
  /** Asks in the terminal if omitted. */
  ask?: Ask;
}

/**
 * Asks whether to go ahead; only a clear yes is one.
 * @throws Problem if there is nobody to ask
 */
export async function agreed(question: string, { yes = false, ask = askTerminal }: Asking): Promise<boolean> {
  if (yes || /^\s*y(es)?\s*$/i.test(await ask(`${question} [y/N] `))) return true;
  process.stderr.write("Nothing was done.\n");
  return false;
}

// The question goes to stderr, so that stdout has the command's output alone.
function askTerminal(question: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new Problem("Nothing was done, because nobody can be asked here. Add --yes to go ahead.");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    // Ctrl-C and Ctrl-D close it: a no, on the line of the question.
    const refuse = () => {
      process.stderr.write("\n");
      resolve("");
    };
    lines.once("close", refuse);
    lines.question(question, (answer) => {
      lines.off("close", refuse);
      lines.close();
      resolve(answer);
    });
  });
}
