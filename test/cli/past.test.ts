/** Which earlier versions go on being served. */
import { describe, expect, test } from "vitest";
import { pastVersions } from "../../src/cli/commands/start/past.ts";
import { build } from "../../src/flow/build.ts";
import type { Program } from "../../src/program/program.ts";
import { saying } from "./folder.ts";

function version(text: string, flow = "desk"): Program {
  const [program] = build([{ path: `flows/${flow}.yaml`, text: saying(text) }]).programs;
  if (!program) throw new Error("It does not compile.");
  return program;
}

describe("earlier versions", () => {
  const [one, two, three] = [version("One."), version("Two."), version("Three.")];

  test("are all that were current, the oldest first", () => {
    expect(pastVersions(pastVersions([], [one], [two]), [two], [three])).toEqual([one, two]);
  });

  test("are not current: an undone change is current again", () => {
    expect(pastVersions([one], [two], [one])).toEqual([two]);
  });

  test("do not include a removed flow", () => {
    expect(pastVersions([one], [two, version("Hello.", "other")], [version("Bye.", "other")])).toEqual([
      version("Hello.", "other"),
    ]);
  });

  test("are the ten latest of a flow", () => {
    const many = Array.from({ length: 15 }, (_, index) => version(`Number ${index}.`));
    expect(pastVersions(many, [], [one])).toEqual(many.slice(5));
  });
});
