/** Makes what is published, for those who try it and those who measure it. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * Runs `npm run package`. With `RINGFLOW_PACKAGE=made`, the package in `.package/` is taken as it is: that is how
 * `.ci/run` makes it once for both.
 */
export async function makePackage(): Promise<void> {
  if (process.env.RINGFLOW_PACKAGE === "made") return;
  await promisify(execFile)(process.execPath, ["src/release/main.ts"]);
}
