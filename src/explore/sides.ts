/** Values for what is unknown: one for each side that a flow tells apart. */
import type { Json } from "../program/json.ts";
import { matches, matching } from "./sample.ts";
import type { Told } from "./told/told-apart.ts";

/** A value that no flow compares with. */
const OTHER_TEXT = "something else";
const OTHER_NUMBER = 7;
/** A recording, as Twilio names it. */
export const RECORDING = "https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/RE";

/** A place in an unknown value, and the type that the flow takes it as. */
export interface Unknown {
  path: readonly string[];
  type: string;
}

/** A value, with a word for it. */
export interface Sample {
  label: string;
  value: Json;
}

/**
 * The values that one unknown takes, the most ordinary first; undefined is a missing one.
 * @param type of the variable that takes it
 */
export function valuesOf(told: readonly Told[], type: string): (Json | undefined)[] {
  const values: (Json | undefined)[] = [];
  for (const { side, path } of told) {
    if (path.length > 0) continue;
    if ("value" in side) values.push(asType(side.value, type));
    else if ("boundary" in side) values.push(side.boundary - 1, side.boundary, side.boundary + 1);
    else if ("matches" in side) values.push(matching(side.matches));
    else values.push(undefined);
  }
  const fitting = values.filter((value) => value === undefined || fits(value, type));
  const isMatched = (text: string): boolean =>
    told.some(({ side }) => "matches" in side && matches(side.matches, text));
  const other = otherThan(fitting, type);
  const first = typeof other === "string" && isMatched(other) ? [] : [other];
  return unique([...first, ...fitting]);
}

/** The whole numbers on all sides of what a number is compared with, such as seconds. */
export function numbersOf(told: readonly Told[]): number[] {
  const numbers = told.flatMap(({ side }) => {
    if ("boundary" in side) return [side.boundary - 1, side.boundary, side.boundary + 1];
    return "value" in side ? [Number(side.value)] : [];
  });
  return [...new Set(numbers)].filter((one) => Number.isInteger(one) && one >= 0);
}

/** Whether a variable of a type takes a value; any value fits if the type is not known. */
function fits(value: Json, type: string): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "int":
      return Number.isSafeInteger(value);
    case "number":
      return typeof value === "number";
    case "bool":
      return typeof value === "boolean";
    case "list":
      return Array.isArray(value);
    case "map":
    case "recording":
      return value !== null && typeof value === "object" && !Array.isArray(value);
    default:
      return true;
  }
}

function otherThan(values: readonly (Json | undefined)[], type: string): Json {
  if (type === "bool") return true;
  if (type === "list") return [];
  if (type === "map") return {};
  if (type === "recording") return { url: RECORDING, seconds: 20, transcript: "" };
  if (type === "int" || type === "number" || values.some((one) => typeof one === "number")) {
    const numbers = values.filter((one) => typeof one === "number");
    return numbers.length > 0 ? Math.max(...numbers) + 1 : OTHER_NUMBER;
  }
  if (values.length > 0 && values.every((one) => typeof one === "boolean")) return true;
  return OTHER_TEXT;
}

function asType(value: Json, type: string): Json {
  if (typeof value !== "string") return value;
  if (type === "bool") return value === "true";
  const isNumber = (type === "int" || type === "number") && /^-?\d+(\.\d+)?$/.test(value);
  return isNumber ? Number(value) : value;
}

function unique(values: readonly (Json | undefined)[]): (Json | undefined)[] {
  return [...new Map(values.map((one) => [JSON.stringify(one) ?? "", one])).values()];
}

/**
 * Bodies in which each place takes each of its values: all together if they are few, else one place after the other.
 * @param most so many bodies at most
 * @returns the bodies, the most ordinary first, and whether combinations were left out
 */
export function bodiesOf(
  told: readonly Told[],
  read: readonly Unknown[],
  most: number,
): { bodies: Sample[]; isCut: boolean } {
  const places = placesOf(told, read);
  const [whole] = places;
  if (whole && places.length === 1 && whole.path.length === 0)
    return { bodies: whole.values.slice(0, most).map(sampleOf), isCut: whole.values.length > most };
  const below = places.filter(({ path }) => path.length > 0);
  const all = below.reduce((count, { values }) => count * values.length, 1);
  const choices = all <= most ? everyChoice(below) : oneByOne(below);
  const bodies = choices.slice(0, most).map((choice) => bodyOf(choice));
  return { bodies, isCut: all > bodies.length };
}

interface Place {
  path: readonly string[];
  values: (Json | undefined)[];
}

type Choice = readonly { path: readonly string[]; value: Json | undefined }[];

function placesOf(told: readonly Told[], read: readonly Unknown[]): Place[] {
  const paths = new Map<string, { path: readonly string[]; type: string }>();
  for (const { path, type } of read) paths.set(path.join("\n"), { path, type });
  for (const { path } of told) {
    const isSize = path.at(-1) === "#size";
    const own = isSize ? path.slice(0, -1) : path;
    if (!paths.has(own.join("\n"))) paths.set(own.join("\n"), { path: own, type: isSize ? "list" : "" });
  }
  return [...paths.values()].map(({ path, type }) => {
    const own = told
      .filter((one) => one.path.join("\n") === path.join("\n"))
      .map(({ side }) => ({ path: [], side }));
    const isList = type === "list" || told.some((one) => one.path.join("\n") === [...path, "0"].join("\n"));
    const values = isList ? [["something"], []] : valuesOf(own, type);
    if (type === "bool" || values.includes(true))
      values.push(...[true, false].filter((one) => !values.includes(one)));
    return { path, values };
  });
}

function everyChoice(places: readonly Place[]): Choice[] {
  return places.reduce<Choice[]>(
    (choices, { path, values }) =>
      choices.flatMap((choice) => values.map((value) => [...choice, { path, value }])),
    [[]],
  );
}

function oneByOne(places: readonly Place[]): Choice[] {
  const usual = places.map(({ path, values }) => ({ path, value: values[0] }));
  const changed = places.flatMap(({ path, values }) =>
    values.slice(1).map((value) => usual.map((one) => (one.path === path ? { path, value } : one))),
  );
  return [usual, ...changed];
}

function bodyOf(choice: Choice): Sample {
  let body: Json = {};
  // Shorter paths first: a longer one goes into what they made.
  const ordered = [...choice].sort((a, b) => a.path.length - b.path.length);
  for (const { path, value } of ordered) if (value !== undefined) body = put(body, path, value);
  const label = choice.map(({ path, value }) => `${path.join(".")} ${written(value)}`).join(", ");
  return { label, value: body };
}

function put(body: Json, path: readonly string[], value: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (/^\d+$/.test(key)) {
    const list = Array.isArray(body) ? [...body] : [];
    list[Number(key)] = put(list[Number(key)] ?? {}, rest, value);
    return list;
  }
  const map = body !== null && typeof body === "object" && !Array.isArray(body) ? body : {};
  return { ...map, [key]: put(map[key] ?? {}, rest, value) };
}

function sampleOf(value: Json | undefined): Sample {
  return { label: written(value), value: value ?? null };
}

/** A value in a label. */
export function written(value: Json | undefined): string {
  if (value === undefined) return "missing";
  if (value === "") return "empty";
  return typeof value === "string" ? value : JSON.stringify(value);
}
