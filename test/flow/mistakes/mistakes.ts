/** Mistakes to put into good flows: for each piece of advice, every place of a flow at which it can be seeded. */
import type { Checked } from "../../../src/flow/analysis/checked.ts";
import { type Edge, targetOf } from "../../../src/flow/analysis/graph.ts";
import { heardIn } from "../../../src/flow/analysis/heard.ts";
import type { MapNode, ScalarNode } from "../../../src/flow/language/node.ts";
import type { AdviceCode } from "../../../src/flow/model/advice.ts";
import { kindKey, type Step, valueAt } from "../../../src/flow/model/flow.ts";
import { type Asked, menusOf, optionsOf, questionsOf } from "../../../src/flow/rules/advice/advice.ts";
import {
  added,
  addedSetting,
  addedSteps,
  begunAt,
  type Edit,
  HERE,
  here,
  removed,
  replaced,
  valueBelow,
} from "./edit.ts";
import { sentencesOf } from "./sentences.ts";

/** Every way to make a mistake in a flow: the edits of each. */
export type Seeds = (checked: Checked) => Edit[][];

const BYE = "seed-bye: { hangup: Ok. }";

/** The mistakes of each piece of advice. */
export const MISTAKES: Readonly<Record<AdviceCode, Seeds>> = {
  "unspoken-key": (checked) => [
    ...menusIn(checked).flatMap(({ map, question }) => {
      const key = freeKeys(question, 1)[0];
      return key
        ? [[added(checked.flow.text, map, [`${HERE}${key}: seed-bye`]), ...addedSteps(checked, [BYE])]]
        : [];
    }),
    ...misspoken(checked).map(({ edit, at }) => [edit, here(at)]),
  ],
  "unmapped-key": (checked) =>
    misspoken(checked).map(({ edit }) => [{ ...edit, text: `${HERE}${edit.text}` }]),
  "early-keys": (checked) =>
    menusIn(checked).flatMap(({ step, question }) => {
      const [text] = heardIn(question.prompt, checked.facts.language, checked.facts.language).texts;
      return text
        ? detours(checked, step.name, (to) => `{ say: ${JSON.stringify(text.text)}, next: ${to} }`)
        : [];
    }),
  "abrupt-end": (checked) =>
    checked.flow.settings.allow !== undefined
      ? []
      : questionsOf(checked).flatMap(({ step, question: { failedAt } }) =>
          failedAt?.type === "scalar" && checked.graph.main.has(step.name)
            ? [[replaced(failedAt, `${HERE}hangup`)]]
            : [],
        ),
  "same-prompt": (checked) =>
    menusIn(checked).flatMap(({ step, body, question }) =>
      question.attempts >= 3 && question.prompt && valueAt(step, "noMatch") && !question.reprompt
        ? [[...removed(checked.flow.text, body, "noMatch"), here(question.prompt)]]
        : [],
    ),
  "no-person": (checked) => {
    const steps = checked.flow.steps.filter(({ kind }) => kind.handsOver);
    const [first] = menusOf(checked).filter(({ question }) => optionsOf(question.choices).length > 1);
    const all = menusOf(checked).map(({ question }) => optionsOf(question.choices));
    const options = new Set(
      all.flatMap((one) => (one.length > 1 ? one.map(({ next }) => JSON.stringify(next)) : [])),
    );
    if (!first || options.size < 3 || steps.length === 0 || !isLine(checked)) return [];
    return [[...steps.map((step) => replaced(step.node, "{ hangup: Ok. }")), here(kindKey(first.step))]];
  },
  "no-way-out": (checked) =>
    isLine(checked) && [...checked.graph.main].some((name) => checked.graph.steps.get(name)?.kind.handsOver)
      ? detoursAnywhere(checked, (to) => [
          `{ ${HERE}gather: { prompt: ${JSON.stringify(sentencesOf(checked.facts.language).menu)}, choices: { 1: seed-hours, 2: seed-bye, 3: seed-retry }, noMatch: Hm., otherwise: seed-bye } }`,
          `seed-hours: { hangup: From 9 to 5. }`,
          `seed-retry: { gather: { prompt: Ok?, save: seed, otherwise: seed-bye }, next: ${to} }`,
          BYE,
        ])
      : [],
  "many-options": (checked) =>
    menusIn(checked).flatMap(({ map, question }) => {
      const missing = 6 - optionsOf(question.choices).length;
      const keys = freeKeys(question, missing);
      if (missing < 1 || keys.length < missing) return [];
      const pairs = keys.map((key, i) => `${i === missing - 1 ? HERE : ""}${key}: seed-${i}`);
      return [
        [
          added(checked.flow.text, map, pairs),
          ...addedSteps(
            checked,
            keys.map((_, i) => `seed-${i}: { hangup: Ok. }`),
          ),
        ],
      ];
    }),
  "press-first": (checked) =>
    menusIn(checked).flatMap(({ question }) =>
      checked.facts.languages.flatMap((language) => {
        const turn = sentencesOf(language).purposeFirst;
        const texts = heardIn(question.prompt, language, checked.facts.language).texts;
        const text = texts.find((one) => turn && [...source(checked, one).matchAll(turn[0])].length > 1);
        return text && turn ? [[replaced(text, HERE + source(checked, text).replace(turn[0], turn[1]))]] : [];
      }),
    ),
  "blaming-words": (checked) =>
    questionsOf(checked).flatMap(({ question: { noMatch, noInput } }) =>
      [noMatch, noInput].flatMap((node) =>
        node ? [[replaced(node, HERE + JSON.stringify(sentencesOf(checked.facts.language).blame))]] : [],
      ),
    ),
  "keyless-choices": (checked) =>
    menusIn(checked).map(({ step, map }) => [
      replaced(map, "{ hours: { next: seed-bye, speech: opening hours } }"),
      here(kindKey(step)),
      ...addedSteps(checked, [BYE]),
    ]),
  "key-gap": (checked) =>
    menusIn(checked).flatMap(({ question }) => {
      const digits = question.choices.filter(({ at }) => /^[1-7]$/.test(at.text));
      const isCounted = digits.every(({ at }, i) => at.text === String(i + 1));
      const [first, second] = digits;
      if (!isCounted || !first || !second || digits.length > 6) return [];
      const after = digits.length > 2 ? digits[2] : undefined;
      // 1, 4 or 1, 4, 3: the one after the gap is the renamed one, or the third.
      return [
        [replaced(second.at, `${after ? "" : HERE}${digits.length + 1}`), ...(after ? [here(after.at)] : [])],
      ];
    }),
  "key-order": (checked) =>
    menusIn(checked).flatMap(({ question }) => {
      const [text] = heardIn(question.prompt, checked.facts.language, checked.facts.language).texts;
      const written = text && source(checked, text);
      if (!written || [1, 2, 3].some((key) => !hasOnce(written, String(key)))) return [];
      if ([1, 2, 3].some((key) => !question.choices.some(({ at }) => at.text === String(key)))) return [];
      const turned = written.replace(/(?<!\d)[13](?!\d)/g, (key) => (key === "1" ? "3" : "1"));
      return [[replaced(text, HERE + turned)]];
    }),
  "deep-menu": (checked) => {
    const { graph, facts } = checked;
    if (!isLine(checked) || graph.start === undefined) return [];
    const menu = (next: string, i: number): string =>
      `seed-${i}: { ${i === 4 ? HERE : ""}gather: { prompt: ${JSON.stringify(sentencesOf(facts.language).menu)}, choices: { 1: ${next}, 2: seed-bye, 3: seed-bye }, noMatch: Hm., otherwise: seed-bye } }`;
    const menus = [1, 2, 3, 4].map((i) => menu(i === 4 ? (graph.start ?? "") : `seed-${i + 1}`, i));
    return [[begunAt(checked, "seed-1"), ...addedSteps(checked, [...menus, BYE])]];
  },
  "long-greeting": (checked) => {
    const { graph, facts } = checked;
    if (!graph.isEntry || graph.start === undefined || questionsOf(checked).length === 0) return [];
    const text = Array(4)
      .fill(
        sentencesOf(facts.language)
          .menu.replaceAll(/[123]/g, "")
          .replaceAll(/press|tapez|oprima/g, ""),
      )
      .join(" ");
    return [
      [
        begunAt(checked, "seed-long"),
        ...addedSteps(checked, [`seed-long: { ${HERE}say: ${JSON.stringify(text)}, next: ${graph.start} }`]),
      ],
    ];
  },
  "similar-phrases": (checked) =>
    menusIn(checked).flatMap(({ step, question }) => {
      const [one, other] = question.choices.filter(({ at, next }) => edgeAt(checked, step, at, next));
      if (!one || !other || JSON.stringify(one.next) === JSON.stringify(other.next)) return [];
      const speech = (choice: typeof one, phrase: string): Edit[] => {
        const edge = edgeAt(checked, step, choice.at, choice.next);
        return edge ? [replaced(edge.at, `{ next: ${edge.to}, speech: ${phrase} }`)] : [];
      };
      return [[...speech(one, "billing"), ...speech(other, "filling"), here(other.at)]];
    }),
  "spoken-unset": (checked) =>
    menusIn(checked).flatMap(({ step }) => {
      const edges = choicesOf(checked, step);
      const [set] = edges;
      const [spoken] = edges.slice(1).flatMap(({ to }) => {
        const target = checked.graph.steps.get(String(to));
        return to !== set?.to && target?.bodyNode.type === "scalar" && target.kind.does === "speaks"
          ? [target]
          : [];
      });
      if (!set || !spoken || isDialled(checked)) return [];
      return [
        [
          replaced(set.at, "seed-set"),
          ...addedSteps(checked, [`seed-set: { set: { seed: "x" }, next: ${set.to} }`]),
          addedSetting(checked, "variables", "seed: { type: string }"),
          replaced(spoken.bodyNode, `${HERE}"You have {{ vars.seed }}."`),
        ],
      ];
    }),
  "asked-twice": (checked) =>
    questionsOf(checked).flatMap(({ step, question }) => {
      const edge = (checked.graph.edges.get(step.name) ?? []).find(({ path }) => path[0] === "next");
      if (question.choices.length > 0 || edge?.at.type !== "scalar" || !valueAt(step, "save")) return [];
      const twice = `seed: { ${HERE}gather: { prompt: ${JSON.stringify("Once more?")}, save: ${savedBy(step)}, otherwise: seed-bye }, next: ${edge.to} }`;
      return [[replaced(edge.at, "seed"), ...addedSteps(checked, [twice, BYE])]];
    }),
  "silent-request": (checked) =>
    menusOf(checked).flatMap(({ step }) =>
      choicesOf(checked, step).map((edge) => [
        replaced(edge.at, "seed"),
        ...addedSteps(checked, [
          `seed: { ${HERE}request: { url: "https://example.com/slow", timeout: 9, status: { else: ${edge.to} } }, next: ${edge.to} }`,
        ]),
      ]),
    ),
  "silent-record": (checked) =>
    checked.flow.steps.flatMap((step) => {
      const prompt = step.kind.messageAfter;
      if (
        prompt === undefined ||
        step.bodyNode.type !== "map" ||
        !valueAt(step, prompt) ||
        !isAnsweredInto(checked, step)
      )
        return [];
      return [[...removed(checked.flow.text, step.bodyNode, prompt), here(kindKey(step))]];
    }),
  "unannounced-recording": (checked) =>
    /record|aufge|grab|enreg|録音/i.test(checked.flow.text)
      ? []
      : checked.flow.steps.flatMap((step) =>
          step.kind.name === "dial" &&
          step.bodyNode.type === "map" &&
          checked.graph.main.has(step.name) &&
          !checked.graph.isPart
            ? [[added(checked.flow.text, step.bodyNode, ["record: record-from-answer"]), here(kindKey(step))]]
            : [],
        ),
  "recorded-secret": (checked) =>
    menusOf(checked).flatMap(({ step }) =>
      choicesOf(checked, step).map((edge) => [
        replaced(edge.at, "seed-start"),
        ...addedSteps(checked, [
          "seed-start: { start: { recording: { name: whole } }, next: seed }",
          `seed: { ${HERE}gather: { prompt: PIN?, save: seed, sensitive: true, otherwise: ${edge.to} }, next: ${edge.to} }`,
        ]),
      ]),
    ),
  "empty-phrase": (checked) => {
    const phrase = sentencesOf(checked.facts.language).empty;
    if (phrase === undefined) return [];
    return checked.flow.steps.flatMap((step) =>
      step.kind.does === "speaks" && step.bodyNode.type === "scalar" && checked.graph.main.has(step.name)
        ? [[replaced(step.bodyNode, HERE + JSON.stringify(`${phrase} ${step.bodyNode.text}`))]]
        : [],
    );
  },
  "constant-hours": ({ flow }) => {
    const map = valueBelow(flow.root, "hours");
    return (map?.type === "map" ? map.pairs : []).map(({ key, value }) => [
      here(key),
      replaced(value, '{ timezone: Europe/Berlin, open: { daily: "00:00-24:00" } }'),
    ]);
  },
  unused: (checked) => [
    [addedSetting(checked, "variables", `${HERE}seed: { type: int }`)],
    ...(/to: "?\{\{/.test(checked.flow.text)
      ? []
      : [[addedSetting(checked, "destinations", `${HERE}seed: +14155550177`)]]),
  ],
};

interface Menu extends Asked {
  body: MapNode;
  map: MapNode;
}

/** The menus that are answered by keys, with their choices. */
function menusIn(checked: Checked): Menu[] {
  return menusOf(checked).flatMap((asked) => {
    const body = asked.step.bodyNode;
    const map = valueAt(asked.step, "choices");
    return body.type === "map" &&
      map?.type === "map" &&
      asked.question.hears.keys &&
      checked.graph.main.has(asked.step.name)
      ? [{ ...asked, body, map }]
      : [];
  });
}

/** Keys that a menu of single keys does not have. */
function freeKeys({ choices }: Asked["question"], most: number): string[] {
  if (choices.some(({ keys }) => keys && (keys.from.length > 1 || keys.from !== keys.to))) return [];
  const taken = new Set(choices.map(({ at }) => at.text));
  return ["1", "2", "3", "4", "5", "6", "7", "8", "9"]
    .filter((key) => !taken.has(key))
    .slice(0, Math.max(0, most));
}

/** Prompts in which a key that is written as a digit becomes another one, in one language, with the choice of that key. */
function misspoken(checked: Checked): { edit: Edit; at: ScalarNode }[] {
  return menusIn(checked).flatMap(({ question }) =>
    checked.facts.languages.flatMap((language) => {
      const [other] = freeKeys(question, 9).toReversed();
      const texts = heardIn(question.prompt, language, checked.facts.language).texts;
      return texts.flatMap((text) =>
        question.choices.flatMap(({ at, phrases, language: chosen }) => {
          const written = source(checked, text);
          const isSaid =
            hasOnce(written, at.text) && phrases.length === 0 && at.text !== "0" && chosen === undefined;
          if (!isSaid || other === undefined || question.reprompt) return [];
          const from = text.span.start + written.search(new RegExp(`(?<!\\d)${at.text}(?!\\d)`));
          return [{ edit: { from, to: from + 1, text: other }, at }];
        }),
      );
    }),
  );
}

function source({ flow }: Checked, { span }: ScalarNode): string {
  return flow.text.slice(span.start, span.end);
}

function hasOnce(text: string, key: string): boolean {
  return /^\d$/.test(key) && [...text.matchAll(new RegExp(`(?<!\\d)${key}(?!\\d)`, "g"))].length === 1;
}

/** A new step on one way to a step; `HERE` marks it. */
function detours(checked: Checked, name: string, body: (to: string) => string): Edit[][] {
  return [...checked.graph.edges.values()].flat().flatMap((edge) => {
    if (
      edge.to !== name ||
      edge.at.type !== "scalar" ||
      edge.from === name ||
      !checked.graph.main.has(edge.from)
    )
      return [];
    return [
      [replaced(edge.at, "seed"), ...addedSteps(checked, [`seed: ${body(name).replace("{ ", `{ ${HERE}`)}`])],
    ];
  });
}

/** New steps on one way of a menu. */
function detoursAnywhere(checked: Checked, steps: (to: string) => string[]): Edit[][] {
  return menusOf(checked).flatMap(({ step }) =>
    choicesOf(checked, step).map((edge) => {
      const [first, ...others] = steps(String(edge.to));
      return [replaced(edge.at, "seed"), ...addedSteps(checked, [`seed: ${first}`, ...others])];
    }),
  );
}

/** The exits of a menu's choices that lead to a step. */
function choicesOf({ graph }: Checked, step: Step): Edge[] {
  if (!graph.main.has(step.name)) return [];
  return (graph.edges.get(step.name) ?? []).filter(
    ({ path, at, to }) =>
      path[0] === "choices" && at.type === "scalar" && typeof to === "string" && graph.steps.has(to),
  );
}

function edgeAt(checked: Checked, step: Step, { text }: ScalarNode, next: unknown): Edge | undefined {
  return choicesOf(checked, step).find(
    ({ path, to }) => path.length === 2 && path[1] === text && to === next,
  );
}

/** Whether callers come to a step right from an answer. */
function isAnsweredInto({ graph }: Checked, { name }: Step): boolean {
  return [...graph.main].some(
    (from) =>
      graph.steps.get(from)?.kind.does === "asks" &&
      (graph.edges.get(from) ?? []).some((edge) => targetOf(edge) === name),
  );
}

function savedBy(step: Step): string {
  const save = valueAt(step, "save");
  return save?.type === "scalar" ? save.text : "";
}

function isDialled({ flow }: Checked): boolean {
  return flow.settings.allow !== undefined || flow.settings.onMachine !== undefined;
}

/** Whether callers ring this flow up. */
function isLine({ flow, graph }: Checked): boolean {
  return flow.settings.allow === undefined && graph.isEntry;
}
