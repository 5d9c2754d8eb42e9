/** The names of the package's modules are public: a change here is one for the changelog. `test:package` loads `ringflow/worker`. */
import { expect, test } from "vitest";
import { buildFlows } from "../src/package/flows.ts";
import { playCall } from "../src/package/test.ts";

const schemas =
  "AnyRequestUrl Argument CallLanguage CasesOf Constant DtmfTones Env Exit Expression JsonValue Keys LanguageTag Loop OneOf PausePart Phrase Phrases PlayPart Played Prompt Prompts ReadText RequestUrl Results Saved SayPart SecretText SentText Shaped SideStep Side Silence Spoken Status StepName Text TextBelow Type Url Value VariableName Voice Whole";

test.each([
  ["functions", "defineFunction overloadsOf"],
  [
    "index",
    `${schemas} ANSWERED EVERYWHERE HEARD HEARD_BY_CALLER buildFlows captureParams captureResults defineKind failEmpty isEnv isExit isLiteral sideStep textSource valueAt yaml`,
  ],
  ["test", "playCall readCalls"],
])("ringflow/%s exports these names", async (module, names) => {
  const exported: object = await import(`../src/package/${module}.ts`);
  expect(Object.keys(exported).toSorted()).toEqual(names.split(" ").toSorted());
});

test("what JavaScript passes instead of files or a call is refused with an example", async () => {
  for (const files of ["steps: {}", undefined, [{ path: "flows/menu.yaml" }]])
    await expect(Reflect.apply(buildFlows, undefined, [files])).rejects.toThrow("takes a list of files");
  await expect(Reflect.apply(playCall, undefined, ["menu"])).rejects.toThrow("takes a flow and a call");
});
