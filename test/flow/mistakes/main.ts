/** `node test/flow/mistakes/main.ts`: puts every mistake into every good flow, and prints how many are found at their line. */
import { ADVICE } from "../../../src/flow/model/advice.ts";
import { goodFlows, isFound, seededIn } from "./seed.ts";

const files = goodFlows();
const seeded = seededIn(files);
let found = 0;
let all = 0;
for (const code of Object.keys(ADVICE)) {
  const results = seeded
    .filter((one) => one.code === code)
    .map((one) => ({ one, result: isFound(one, files) }));
  const built = results.filter(({ result }) => result !== undefined);
  const good = built.filter(({ result }) => result);
  all += built.length;
  found += good.length;
  console.log(`${code.padEnd(24)} ${good.length} of ${built.length}`);
  if (process.argv.includes("--misses"))
    for (const { one, result } of results)
      if (!result)
        console.log(
          `  ${result === undefined ? "does not build" : "missed"} ${one.file.path}:${one.lines.join(",")}`,
        );
}
console.log(`${found} of ${all}: ${((100 * found) / all).toFixed(1)} %`);
