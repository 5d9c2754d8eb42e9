/** Loaded before anything else in each process of Vitest: hands out the mutated sources instead of the files. */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { ACTIVE, FOLDER, readPlan } from "./plan.ts";
import { installSwitch } from "./switch.ts";

const { [FOLDER]: folder, [ACTIVE]: active } = process.env;
if (folder !== undefined) {
  const { sources, tests } = readPlan(folder);
  installSwitch(Number(active ?? 0), active === undefined && tests === undefined);
  registerHooks({
    load: (url, context, nextLoad) => {
      const path = url.startsWith("file:") ? sources[fileURLToPath(url)] : undefined;
      if (path === undefined) return nextLoad(url, context);
      return { format: "module-typescript", shortCircuit: true, source: readFileSync(path, "utf8") };
    },
  });
}
