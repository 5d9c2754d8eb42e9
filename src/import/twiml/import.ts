/** Imports a twimlet's URL, or a TwiML document → the text of a flow. */
import { joined } from "../studio/shape/join.ts";
import { named } from "../studio/shape/names.ts";
import { declared } from "../studio/shape/used.ts";
import type { Exit } from "../studio/step.ts";
import { writeFlow } from "../studio/write.ts";
import { stepsOfVerbs, type TwimlElement } from "./document.ts";
import { addStep, newTwimlDraft, type TwimlDraft } from "./draft.ts";
import { stepsOfUrl } from "./twimlet.ts";

/** A flow that was imported, and what to say about it. */
export interface ImportedTwiml {
  flow: string;
  notes: readonly string[];
}

/** Converts what a twimlet's URL does. */
export function importTwimlet(url: string): ImportedTwiml {
  const draft = newTwimlDraft();
  return finished(draft, stepsOfUrl(draft, url));
}

/** Converts the verbs of a document. */
export function importDocument(verbs: readonly TwimlElement[]): ImportedTwiml {
  const draft = newTwimlDraft();
  return finished(draft, stepsOfVerbs(draft, verbs));
}

function finished(draft: TwimlDraft, first: Exit): ImportedTwiml {
  const begin = first.isWord ? addStep(draft, "call", "branch", [{ next: first }]) : first;
  const { steps: lean, roots } = first.isWord
    ? { steps: draft.steps, roots: [begin] }
    : joined(draft.steps, [begin]);
  const { steps } = named(lean, roots);
  const variables = declared([...draft.variables.values()], steps);
  return {
    flow: writeFlow({
      description: "",
      start: steps[0]?.key,
      onMessage: undefined,
      isPart: false,
      gives: [],
      variables,
      steps,
    }),
    notes: draft.notes,
  };
}
