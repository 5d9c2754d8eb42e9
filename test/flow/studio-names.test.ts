import { expect, test } from "vitest";
import {
  LIQUID_FILTERS,
  LIQUID_TAGS,
  liquidFilter,
  liquidTag,
  STUDIO_NAMES,
  studioName,
} from "../../src/flow/language/studio-names.ts";
import { findings } from "./support.ts";

test.each([
  ["trigger.call.From", "caller.number"],
  ["trigger.From", "caller.number"],
  ["trigger.call.CalledNumber", undefined],
  ["contact.channel.address }} and more", "caller.number"],
  ["widgets.my-menu.Digits == '1'", "input.digits"],
  ["widgets.reply_1.inbound.Body", "message.body"],
  ["widgets.reply_1.inbound.NumMedia > 0", "size(message.attachments)"],
  ["flow.variables.tries + 1", "vars.tries"],
  [
    "widgets.look_up.parsed.items[0].name",
    "vars.name, with `save: { name: items[0].name }` in the `request`",
  ],
  ["flows.variables.tries", undefined],
])("%s is %s here", (text, here) => {
  expect(studioName(text)?.here).toBe(here);
});

test.each([
  ["trigger.call.From | downcase", "lower(caller.number)"],
  ["vars.name | strip | downcase", "trim(vars.name)"],
  ["flow.variables.tries | plus: 1", "vars.tries + 1"],
  ["vars.text | replace: '-', ''", "replace(vars.text, '-', '')"],
  ["vars.name | default: 'you'", "vars.name != \"\" ? vars.name : 'you'"],
])("%s is %s", (text, here) => {
  expect(liquidFilter(text)).toBe(`it has a filter of Liquid; write ${here}`);
});

test("what is no filter of Liquid is left alone", () => {
  expect(["a || b", "vars.a | vars.b", "isOpen | known"].map(liquidFilter)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(liquidFilter("vars.name | capitalize")).toContain("let a service compute it");
});

test("tags name the step, also at their end", () => {
  expect(
    ["{% if a %}", "{%- endif %}", "{% elsif b %}", "{% assign x = 1 %}", "{% raw %}"].map(liquidTag),
  ).toEqual(["a `branch` step", "a `branch` step", "a `branch` step", "a `set` step", undefined]);
});

test("every name in the table is found, and what it says can be read by an expression", () => {
  for (const { studio, here } of STUDIO_NAMES) {
    expect(studioName(studio.replace("NAME", "menu"))?.here, studio).toContain(here);
    const name = /^(?:vars|input|caller|call|message)\.\w+(?:\.\w+)?$/.exec(here)?.[0];
    if (name === undefined) continue;
    const variables =
      "variables: { dealer: { type: string }, name: { type: string }, message: { type: map }, text: { type: string } }";
    const flow = `${variables}\nsteps:\n  a:\n    say: "{{ ${name} }}"\n    next: hangup\n`;
    expect(
      findings(flow).filter(({ code }) => code.startsWith("unknown")),
      name,
    ).toEqual([]);
  }
});

test.each(LIQUID_FILTERS.filter(({ here }) => !here.includes("field of")))(
  "$studio is an expression that flows can use",
  ({ here }) => {
    const variables =
      "variables: { t: { type: string }, n: { type: number }, i: { type: int }, l: { type: list } }";
    const works = ["t", "n", "i", "l"].some((name) =>
      ["'-'", "2"].some((given) => {
        const words: Record<string, string> = { x: `vars.${name}`, a: given, b: given };
        const expression = here.replace(/\b[xab]\b/g, (word) => words[word] ?? word);
        const when = JSON.stringify(`(${expression}) == (${expression})`);
        const flow = `${variables}\nsteps:\n  a:\n    branch: [{ when: ${when}, next: b }, { next: b }]\n  b: { hangup: Bye. }\n`;
        return findings(flow).every(({ severity }) => severity !== "error");
      }),
    );
    expect(works, here).toBe(true);
  },
);

test("the tables have a row for each filter and tag", () => {
  expect(LIQUID_FILTERS).toContainEqual({ studio: "x | replace: a, b", here: "replace(x, a, b)" });
  expect(LIQUID_FILTERS).toContainEqual({ studio: "x | downcase", here: "lower(x)" });
  expect(LIQUID_TAGS).toContainEqual({ studio: "{% case … %}", here: "a `branch` step with `cases`" });
});
