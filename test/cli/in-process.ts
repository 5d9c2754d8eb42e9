/** Runs a command of the command line in this process, as a new one takes a second. */
import { vi } from "vitest";
import { main } from "../../src/cli/main.ts";

/** What a command did. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs a command with these arguments. */
export async function ringflow(...args: string[]): Promise<Ran> {
  const [out, err] = [printedTo(process.stdout), printedTo(process.stderr)];
  try {
    return { code: await main(args), out: out.printed(), err: err.printed() };
  } finally {
    out.end();
    err.end();
  }
}

function printedTo(stream: NodeJS.WriteStream): { printed(): string; end(): void } {
  const chunks: string[] = [];
  const write = vi.spyOn(stream, "write").mockImplementation((chunk) => chunks.push(String(chunk)) > 0);
  return { printed: () => chunks.join(""), end: () => write.mockRestore() };
}
