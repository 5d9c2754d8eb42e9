/** Source → Flow: which kind each step is, whether everything has its shape, and what each value means. */
import { type Diagnostic, nearest } from "./diagnostic.ts";
import type { MapNode, Node, Pair, SourceFile, Span } from "./node.ts";
import type { Mark } from "./project.ts";
import { EXIT_WORDS, Exit, NAME } from "./schema.ts";
import { Settings } from "./settings.ts";
import { checkShape } from "./shape.ts";
import type { Flow, Step, StepKind } from "./steps/kind.ts";
import { kindNamed, kinds } from "./steps/registry.ts";

/** What validating came to: a flow wherever enough of it is in shape to look further. */
export interface Validated {
  flow?: Flow;
  diagnostics: Diagnostic[];
}

/** Keys of a step that are no kind. */
const STEP_KEYS = ["next"];

/** A flow's name: its file's, without folders and ending. */
export function flowName(path: string): string {
  return path.replace(/^.*[\\/]/, "").replace(/\.ya?ml$/, "");
}

/** Validates a file's root against the schemas of the settings and of every step's kind. */
export function validate(file: SourceFile, root: Node): Validated {
  const check = new Check(file.path);
  const name = flowName(file.path);
  if (!new RegExp(NAME).test(name)) {
    check.tell(
      "flow-name",
      root.span,
      `a flow cannot be called "${name}"; name the file by lower-case words with hyphens`,
    );
  }
  if (root.type !== "map") {
    check.tell("wrong-type", root.span, "a flow must be a map of keys and values, with `steps` among them");
    return { diagnostics: check.diagnostics };
  }
  const settings = check.settings(root);
  const steps = check.steps(root);
  const { diagnostics, broken } = check;
  if (!settings || !steps) return { diagnostics };
  return { flow: { name, file: file.path, text: file.text, root, steps, broken, ...settings }, diagnostics };
}

// One wrong entry must not hide what else is wrong: the rest of the settings is looked at without it.
function soundPart(node: MapNode): MapNode {
  const isSound = (pair: Pair): boolean =>
    checkShape(Settings, { ...node, pairs: [pair] }, "", "").diagnostics.length === 0;
  const pairs = node.pairs.flatMap((pair): Pair[] => {
    if (isSound(pair)) return [pair];
    const { value } = pair;
    if (value.type !== "map") return [];
    const inner = value.pairs.filter((one) => isSound({ ...pair, value: { ...value, pairs: [one] } }));
    const rest = { ...pair, value: { ...value, pairs: inner } };
    return isSound(rest) ? [rest] : [];
  });
  return { ...node, pairs };
}

function isSettings(shaped: {
  value: unknown;
  diagnostics: Diagnostic[];
}): shaped is { value: Settings; diagnostics: [] } {
  return shaped.diagnostics.length === 0;
}

/** Collects every finding of one file. */
class Check {
  diagnostics: Diagnostic[] = [];
  broken: Flow["broken"] = [];
  file: string;

  constructor(file: string) {
    this.file = file;
  }

  tell(code: string, span: Span, message: string): void {
    this.diagnostics.push({ code, severity: "error", file: this.file, span, message });
  }

  settings(root: MapNode): { settings: Settings; marks: Mark[] } | undefined {
    const node = { ...root, pairs: root.pairs.filter(({ key }) => key.text !== "steps") };
    const shaped = checkShape(Settings, node, this.file, "the flow");
    this.diagnostics.push(...shaped.diagnostics);
    const sound = isSettings(shaped) ? shaped : checkShape(Settings, soundPart(node), this.file, "the flow");
    return isSettings(sound) ? { settings: sound.value, marks: sound.marks } : undefined;
  }

  steps(root: MapNode): Step[] | undefined {
    const pair = root.pairs.find(({ key }) => key.text === "steps");
    if (!pair) {
      this.tell("missing-key", root.pairs[0]?.key.span ?? root.span, "the flow needs `steps`");
      return undefined;
    }
    if (pair.value.type !== "map" || pair.value.pairs.length === 0) {
      this.tell(
        "wrong-type",
        pair.key.span,
        "`steps` must be a map of step names and steps, with one step at least",
      );
      return undefined;
    }
    return pair.value.pairs.flatMap((one) => this.step(one) ?? []);
  }

  step({ key, value }: Pair): Step | undefined {
    this.stepName(key.text, key.span);
    if (value.type !== "map") {
      this.tell(
        "wrong-type",
        key.span,
        `step "${key.text}" must be a map with one kind in it, such as \`say\``,
      );
      this.broken.push({ name: key.text, marks: [] });
      return undefined;
    }
    const found = this.kindOf(key.text, value, key.span);
    if (!found) {
      this.broken.push({ name: key.text, marks: [] });
      return undefined;
    }
    const next = this.next(value);
    const shaped = checkShape(
      found.kind.schema,
      found.pair.value,
      this.file,
      `\`${found.kind.name}\``,
      found.pair.key,
    );
    this.diagnostics.push(...shaped.diagnostics);
    if (shaped.diagnostics.length > 0) {
      this.broken.push({ name: key.text, marks: [...shaped.marks, ...(next?.marks ?? [])] });
      return undefined;
    }
    return {
      name: key.text,
      kind: found.kind,
      body: shaped.value,
      ...(next ? { next: next.exit } : {}),
      nameNode: key,
      node: value,
      bodyNode: found.pair.value,
      marks: [...shaped.marks, ...(next?.marks ?? [])],
    };
  }

  stepName(name: string, span: Span): void {
    if (EXIT_WORDS.some((word) => word === name)) {
      this.tell("reserved-name", span, `"${name}" is an exit and cannot name a step; choose another name`);
    } else if (!new RegExp(NAME).test(name)) {
      this.tell("wrong-name", span, `a step cannot be called "${name}"; write lower-case words with hyphens`);
    }
  }

  kindOf(step: string, body: MapNode, span: Span): { kind: StepKind; pair: Pair } | undefined {
    const names = kinds.map((kind) => kind.name);
    const found = body.pairs.flatMap((pair) => {
      const kind = kindNamed(pair.key.text);
      if (kind) return [{ kind, pair }];
      if (!STEP_KEYS.includes(pair.key.text)) this.unknownKey(step, pair, [...names, ...STEP_KEYS]);
      return [];
    });
    const [first, second] = found;
    if (second) {
      const advice = `step "${step}" is both \`${first?.kind.name}\` and \`${second.kind.name}\`; make two steps of it`;
      this.tell("two-kinds", second.pair.key.span, advice);
    }
    if (!first && body.pairs.every(({ key }) => STEP_KEYS.includes(key.text))) {
      this.tell("no-kind", span, `step "${step}" has no kind; give it one of ${names.join(", ")}`);
    }
    return first;
  }

  unknownKey(step: string, { key }: Pair, known: string[]): void {
    const near = nearest(key.text, known);
    const advice = near
      ? `did you mean \`${near}\`?`
      : `a step is one of ${kinds.map(({ name }) => name).join(", ")}`;
    this.tell("unknown-kind", key.span, `step "${step}" has no \`${key.text}\`; ${advice}`);
  }

  next(body: MapNode): { exit: Exit; marks: Mark[] } | undefined {
    const pair = body.pairs.find(({ key }) => key.text === "next");
    if (!pair) return undefined;
    const shaped = checkShape(Exit, pair.value, this.file, "`next`", pair.key);
    this.diagnostics.push(...shaped.diagnostics);
    const marks = shaped.marks.map((mark) => ({ ...mark, path: ["next", ...mark.path] }));
    return isExit(shaped) ? { exit: shaped.value, marks } : undefined;
  }
}

function isExit(shaped: {
  value: unknown;
  diagnostics: Diagnostic[];
}): shaped is { value: Exit; diagnostics: [] } {
  return shaped.diagnostics.length === 0;
}
