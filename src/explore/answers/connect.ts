/** `<Connect>`: what a session with an agent, a stream or a room ends with. */
import { type Element, elementsIn, wordsOf } from "../../phone/twiml/element.ts";
import { bodiesOf, valuesOf, written } from "../sides.ts";
import { type Answer, type Asked, outcome, type Verb } from "./answer.ts";

/** The parameters of the closing webhook, by noun; those of the other nouns never come. */
const OWN = /^VirtualAgent/;
const MOST_BODIES = 12;

export const connect: Verb = { answers, names, hangUp: {} };

function names(element: Element): string[] {
  return elementsIn(element).map((noun) => {
    const { url, name, connectorName } = noun.attributes;
    return url ?? name ?? connectorName ?? wordsOf(noun).trim();
  });
}

function answers(asked: Asked): Answer[] {
  const { element, step, told } = asked;
  const [noun] = elementsIn(element);
  const isAgent = noun?.name === "VirtualAgent";
  const params = told.paramsAt(step).filter((name) => OWN.test(name) === isAgent);
  const found = params.flatMap((name) => fieldsOf(asked, name));
  const ways = [{}, ...found];
  return ways.map((fields) => outcome(element, labelOf(fields), fields, { connect: fields }));
}

function fieldsOf({ step, told }: Asked, name: string): Record<string, string>[] {
  const sides = told.of(`param ${step} ${name}`);
  const paths = told.pathsAt(`${step} ${name}`);
  const isJson = paths.length > 0 || sides.some(({ path }) => path.length > 0);
  if (!isJson)
    return valuesOf(sides, "string").flatMap((value) =>
      value === "" || value === undefined ? [] : [{ [name]: String(value) }],
    );
  const below = sides.filter(({ path }) => path.length > 0);
  return bodiesOf(below, paths, MOST_BODIES).bodies.map(({ value }) => ({ [name]: JSON.stringify(value) }));
}

function labelOf(fields: Readonly<Record<string, string>>): string {
  const told = Object.entries(fields).map(([name, value]) => `${name} ${written(value)}`);
  return told.length === 0 ? "the session ends" : told.join(", ");
}
