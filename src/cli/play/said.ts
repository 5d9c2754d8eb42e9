/** Plays scenarios with their words as typed, and as a recogniser writes them: each must lead to the same steps. */
import type { Built } from "../../flow/build.ts";
import { numberForms } from "../../flow/language/numerals.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import { recognised } from "../../phone/script/recognised.ts";
import { isSentStep, type ScriptStep } from "../../phone/script/scenario.ts";
import { normalise, withoutEnd } from "../../program/speech.ts";
import type { Outcome, Wrong } from "./outcome.ts";
import { playWritten } from "./play-written.ts";

/** A project whose flows can be played. */
export type Playable = Pick<Built, "flows" | "audio">;

type Variables = Readonly<Record<string, string>>;

/** A way in which a recogniser writes words; undefined if it is the way they are typed. */
type Form = (said: string) => string | undefined;

/** Plays a scenario as it is written, and if that succeeds, again for each form of its words. */
export async function playInForms(
  written: WrittenScenario,
  built: Playable,
  variables: Variables,
): Promise<Outcome> {
  const outcome = await playWritten(written, built, variables);
  if (outcome.failure) return outcome;
  const languages = built.flows.find(({ flow }) => flow.name === written.flow)?.facts.languages ?? [];
  for (const form of formsIn(languages)) {
    const failure = await differenceIn(form, outcome, built, variables);
    if (failure) return { ...outcome, failure };
  }
  return outcome;
}

/** The forms: as a sentence, without one's punctuation, and with other numerals. */
function formsIn(languages: readonly string[]): Form[] {
  return [
    recognised,
    (said) => withoutEnd(said) || undefined,
    (said) => numberForms(normalise(said), languages)[0],
  ];
}

/** What goes differently if the words come in a form; undefined if nothing does. */
async function differenceIn(
  form: Form,
  { written, paths }: Outcome,
  built: Playable,
  variables: Variables,
): Promise<Wrong | undefined> {
  const said = written.scenario.script.flatMap((step, index) => {
    const text = saidIn(step);
    const other = text === undefined ? undefined : form(text);
    return text === undefined || other === undefined || other === text ? [] : [{ index, text, other }];
  });
  const isSame = async (lines: typeof said): Promise<boolean> => {
    const others = new Map(lines.map(({ index, other }) => [index, other]));
    const again = await playWritten(saidAs(written, others), built, variables);
    return !again.failure && JSON.stringify(again.paths) === JSON.stringify(paths);
  };
  if (said.length === 0 || (await isSame(said))) return undefined;
  for (const line of said) {
    if (said.length === 1 || !(await isSame([line]))) return wrongAt(line);
  }
  const [first] = said;
  return first && wrongAt(first);
}

function wrongAt({ index, text, other }: { index: number; text: string; other: string }): Wrong {
  const message = `The call goes another way if "${text}" is recognised as "${other}". Let the flow take both, or write what is recognised: as: ${JSON.stringify(text)}.`;
  return { step: index, message };
}

/** The words of a line that can come in other forms. */
function saidIn(step: ScriptStep): string | undefined {
  return typeof step === "object" && "say" in step && step.as === undefined ? step.say : undefined;
}

/** The scenario's answers alone, with other words: what is heard and sent can repeat the words. */
function saidAs(written: WrittenScenario, others: ReadonlyMap<number, string>): WrittenScenario {
  const { expect: _expect, ...scenario } = written.scenario;
  const script = scenario.script.flatMap((step, index): typeof scenario.script => {
    const other = others.get(index);
    if (typeof step === "object" && "say" in step && other !== undefined) return [{ ...step, as: other }];
    const isChecked = isSentStep(step) || (typeof step === "object" && "hear" in step && !step.hangup);
    return isChecked ? [] : [step];
  });
  return { ...written, scenario: { ...scenario, script }, expectSpans: {} };
}
