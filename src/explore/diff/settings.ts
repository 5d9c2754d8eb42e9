/** What a verb is told besides its words: how long it rings, how many digits it takes. */
import { type Element, elementsIn, wordsOf } from "../../phone/twiml/element.ts";

/** A setting, before and now; empty if it is not set. */
interface SettingChange {
  name: string;
  was: string;
  now: string;
}

/** What is heard is compared as such. */
const SPOKEN: ReadonlySet<string> = new Set(["Say", "Play", "Pause"]);

/** The settings that differ between two verbs of the same name. */
export function compareSettings(was: Element, now: Element): SettingChange[] {
  const [before, after] = [settingsOf(was), settingsOf(now)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const change = { name, was: before.get(name) ?? "", now: after.get(name) ?? "" };
    return change.was === change.now ? [] : [change];
  });
}

/** By name. Whom it names is compared as such, and so is where it continues. */
function settingsOf(element: Element): Map<string, string> {
  const own = Object.entries(element.attributes).map(
    ([name, value]) => [`${element.name} ${name}`, value] as const,
  );
  const nouns = elementsIn(element)
    .filter(({ name }) => !SPOKEN.has(name))
    .flatMap((noun) => [...settingsOf(noun), ...textOf(noun)]);
  return new Map(
    [...own, ...nouns].flatMap(([name, value]) => (isContinuation(value) ? [] : [[name, value]])),
  );
}

/** A `<Parameter>` or `<Option>` has a value in its attributes, or in its text. */
function textOf(noun: Element): [string, string][] {
  const words = wordsOf(noun).trim();
  const isNamed = /^(Number|Client|Sip|Queue|Conference|Application|Task)$/.test(noun.name);
  return words === "" || isNamed || elementsIn(noun).length > 0 ? [] : [[noun.name, words]];
}

function isContinuation(value: string): boolean {
  return /(^|=)(\/|%2F)continue(\/|%2F)/i.test(value);
}
