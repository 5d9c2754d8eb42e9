/** The choices of a menu: keys, and the phrases that lead to the same places. */
import { type Conversion, exitTo } from "../../conversion.ts";
import { kebab } from "../../names.ts";
import { noteOnce } from "../../notes.ts";
import { keysOf, type Menu, type Option } from "../../shape/menu.ts";
import { compact, type Tree, type TreeMap } from "../../step.ts";

/** The choices; a phrase joins the first key that leads to the same place. */
export function choicesOf(c: Conversion, keys: Menu | undefined, words: Menu | undefined): TreeMap {
  const waiting = [...(words?.options ?? [])];
  const choices: [string, Tree][] = [];
  for (const { answers, next } of keys?.options ?? [])
    for (const key of keysOf(answers)) {
      const at = /-/.test(key) ? -1 : waiting.findIndex((one) => one.next === next);
      const [phrase] = at < 0 ? [] : waiting.splice(at, 1);
      const exit = exitTo(c, next);
      if (next === undefined)
        noteOnce(c.notes.mistakes, {
          widget: keys?.split ?? "",
          text: `the key ${key} leads nowhere, so the call ends`,
        });
      choices.push([key, phrase ? compact({ next: exit, speech: phrasesOf(phrase) }) : exit]);
    }
  for (const option of waiting)
    choices.push([nameOf(option, choices), { next: exitTo(c, option.next), speech: phrasesOf(option) }]);
  return Object.fromEntries(choices.map(([key, tree]) => [` ${key}`, tree]));
}

function phrasesOf({ answers }: Option): Tree {
  const [first = "", another] = answers;
  return another === undefined ? first : answers;
}

/** A choice by words alone has a name. */
function nameOf({ answers, next }: Option, choices: readonly [string, Tree][]): string {
  const [first = "", another] = answers;
  const wish = kebab(another === undefined || next === undefined ? first : next);
  let name = wish;
  for (let count = 2; choices.some(([key]) => key === name); count++) name = `${wish}-${count}`;
  return name;
}
