/** A folder that is gone when the work in it is done. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for `await using`: removed at the end of the block, with all that is in it. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "ringflow-bench-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
