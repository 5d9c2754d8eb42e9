/** A line on the terminal that says how far it is; elsewhere a line every ten seconds. */
const EVERY_MS = 10_000;

/** Where the progress is shown. */
export function progressBar(): (text: string) => void {
  let shown = Date.now();
  return (text) => {
    const isTerminal = process.stderr.isTTY;
    if (Date.now() - shown < (isTerminal ? 100 : EVERY_MS)) return;
    shown = Date.now();
    const line = text.slice(0, (process.stderr.columns ?? 150) - 1);
    process.stderr.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
  };
}
