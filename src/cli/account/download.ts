/** Writes the body of a response to a file, with its progress if it takes more than a second. */
import { open, rename, rm } from "node:fs/promises";
import { Problem } from "../problem.ts";

/**
 * Writes a file. It appears under its name only once it is whole.
 * @param stalled milliseconds without a byte, after which the download fails
 * @returns its bytes
 * @throws Problem if the answer breaks off
 */
export async function download(
  response: Response,
  file: string,
  out: NodeJS.WritableStream,
  stalled: number,
): Promise<number> {
  const draft = `${file}.${process.pid}.part`;
  const expected = Number(response.headers.get("content-length") ?? Number.NaN);
  const progress = meter(expected, out);
  try {
    const bytes = await copy(response, draft, stalled, progress.add);
    if (Number.isNaN(expected) || bytes === expected) {
      await rename(draft, file);
      return bytes;
    }
  } catch (error) {
    if (isOfDisk(error)) throw new Problem(`Cannot write ${file}: ${error.code}.`);
  } finally {
    progress.end();
    await rm(draft, { force: true });
  }
  throw new Problem(`The file broke off, and ${file} was not written. Try again.`);
}

async function copy(
  { body }: Response,
  file: string,
  stalled: number,
  add: (bytes: number) => void,
): Promise<number> {
  const handle = await open(file, "w");
  const reader = body?.getReader();
  try {
    let bytes = 0;
    for (;;) {
      const part = reader && (await within(stalled, reader.read()));
      if (!part?.value) return bytes;
      await handle.writeFile(part.value);
      bytes += part.value.length;
      add(part.value.length);
    }
  } finally {
    // Not awaited: a connection that has stalled does not end at once.
    reader?.cancel().catch(() => undefined);
    await handle.close();
  }
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("Nothing came.")), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const isOfDisk = (error: unknown): error is NodeJS.ErrnoException & { code: string } =>
  error instanceof Error && "syscall" in error && "path" in error && "code" in error;

/** Shows bytes every half a second, from the first second on. */
function meter(expected: number, out: NodeJS.WritableStream): { add(bytes: number): void; end(): void } {
  let done = 0;
  let isShown = false;
  const began = Date.now();
  const show = (): void => {
    if (Date.now() - began < 1000) return;
    isShown = true;
    const share = Number.isNaN(expected) ? "" : ` of ${megabytes(expected)}`;
    out.write(`\r${megabytes(done)}${share} MB`);
  };
  const timer = setInterval(show, 500);
  return {
    add: (bytes) => {
      done += bytes;
    },
    end: () => {
      clearInterval(timer);
      if (isShown) out.write("\n");
    },
  };
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
