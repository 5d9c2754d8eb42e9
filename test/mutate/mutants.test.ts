/** The mutants themselves: what is changed, that each can be switched on alone, and that all of them off change nothing. */
import { globSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { expect, test } from "vitest";
import { explanations, nameOf } from "./explained.ts";
import { mutantsIn } from "./find.ts";
import { schemata } from "./schemata.ts";
import { installSwitch } from "./switch.ts";

const numbered = (file: string, source: string) =>
  mutantsIn(file, source).map((mutant, index) => ({ ...mutant, id: index + 1 }));

test.each([
  ["f(a < b)", ["f(a <= b)", "f(a >= b)"]],
  ["f(a === b)", ["f(a !== b)"]],
  ["f(a + b)", ["f(a - b)"]],
  ['f("a" + b)', ['f("" + b)']],
  ["f(a && b)", ["f(a || b)"]],
  ["f(a ?? b)", ["f(a)", "f(b)"]],
  ["f(!a)", ["f(a)"]],
  ["f(a?.b)", ["f(a.b)"]],
  ["f(a?.[b])", ["f(a[b])"]],
  ["f(7)", ["f(8)", "f(6)"]],
  ["f(true)", ["f(false)"]],
  ["f(a.some(b))", ["f(a.every(b))"]],
  ["f({ a: `b` })", ['f({ a: "" })']],
  ["f(tag`b`)", []],
  ["if (a) b();", ["if (true) b();", "if (false) b();", "if (a) ;"]],
  [
    "const f = () => { if (a) return b; return c; };",
    [
      "const f = () => { if (a) ; return c; };",
      "const f = () => { if (true) return b; return c; };",
      "const f = () => { if (false) return b; return c; };",
    ],
  ],
  ["f(/^a|b$/)", ["f(/a|b$/)", "f(/b$/)", "f(/^a/)", "f(/^a|b/)"]],
  [
    "f(/[1-8]{2,3}/)",
    ["f(/[^1-8]{2,3}/)", "f(/[2-8]{2,3}/)", "f(/[1-7]{2,3}/)", "f(/[1-8]{3,3}/)", "f(/[1-8]{2,4}/)"],
  ],
  ["type A = 'b'; interface C { d: 'e' }", []],
])("%s", (source, expected) => {
  const changed = mutantsIn("a.ts", `${source}\n`).map(
    ({ edit }) => source.slice(0, edit.start) + edit.text + source.slice(edit.end),
  );
  expect(changed.filter((one) => one !== ";").toSorted()).toEqual([...expected].toSorted());
});

const SOURCE = `
const MOST = 3;
function grade(points: number, { most = MOST } = {}): string {
  if (points > most) return "much";
  return points < 0 ? "none" : \`\${points}\`;
}
`;

test("each mutant can be switched on alone", () => {
  installSwitch(0, false);
  const mutants = numbered("a.ts", SOURCE);
  const code = stripTypeScriptTypes(schemata(SOURCE, mutants));
  const grade: (points: number) => string = new Function(`${code}; return grade;`)();
  const answers = (): string => [-1, 0, 2, 3, 4].map((points) => grade(points)).join();
  const original = answers();
  expect(original).toBe("none,0,2,3,much");
  const changed = mutants.map(({ id, mutated }) => {
    mutation.use(id, 0);
    return [mutated, answers()];
  });
  expect(changed).toContainEqual(["const MOST = 2;", "none,0,2,much,much"]);
  expect(changed).toContainEqual(["if (points >= most) return", "none,0,2,much,much"]);
  expect(changed.filter(([, answer]) => answer === original)).toEqual([]);
  mutation.none();
  expect(answers()).toBe(original);
});

test("a mutant that runs in a circle ends", () => {
  installSwitch(0, false);
  const source = "function count(): void { for (let i = 0; i < 3; i++) ; }\n";
  const mutants = numbered("a.ts", source);
  const count: () => void = new Function(
    `${stripTypeScriptTypes(schemata(source, mutants))}; return count;`,
  )();
  mutation.use(mutants.find(({ edit }) => edit.text === "--")?.id ?? 0, 0);
  expect(count).toThrow("in a circle");
  mutation.none();
});

const FILES = globSync("src/{engine,worker,program}/**/*.ts").filter((file) => !file.endsWith(".d.ts"));

test("every source stays a program with all of its mutants in it", () => {
  for (const file of FILES) {
    const source = readFileSync(file, "utf8");
    expect(() => stripTypeScriptTypes(schemata(source, numbered(file, source))), file).not.toThrow();
  }
});

test("every explanation has its mutant", () => {
  const names = new Set(FILES.flatMap((file) => mutantsIn(file, readFileSync(file, "utf8"))).map(nameOf));
  expect([...explanations().keys()].filter((name) => !names.has(name))).toEqual([]);
});
