/** Source → Flow: the kind of each step, the shape of every value, and its marks. */
import { nearest } from "../language/diagnostic.ts";
import { EXIT_WORDS, Exit } from "../language/exit-schema.ts";
import type { Mark } from "../language/mark.ts";
import { asName, NAME } from "../language/name.ts";
import type { MapNode, Node, Pair, SourceFile, Span } from "../language/node.ts";
import type { Flow, Step } from "../model/flow.ts";
import { Settings } from "../model/settings.ts";
import type { AnyKind } from "../steps/kind.ts";
import { BUILT_IN, type Kinds } from "../steps/registry.ts";
import { belongsInFlow, belongsInStep, STEP_KEYS } from "./misplaced.ts";
import { checkShape, isInShape, type Shaped } from "./shape.ts";
import type { ShapeCode, ShapeDiagnostic } from "./shape-findings.ts";

/** The result of validating: a flow, if enough of it fits its schema to check further. */
interface Validated {
  flow?: Flow;
  diagnostics: ShapeDiagnostic[];
}

const isName = new RegExp(NAME);

/** A step's kind, and its body. */
interface Found {
  kind: AnyKind;
  pair: Pair;
}

/** A flow's name: its file name without folders and extension. */
export function flowName(path: string): string {
  return path.replace(/^.*[\\/]/, "").replace(/\.ya?ml$/, "");
}

/** Validates a file's root against the schemas of the settings and of every step's kind. */
export function validate(file: SourceFile, root: Node, kinds: Kinds = BUILT_IN): Validated {
  const check = new Check(file.path, kinds);
  const name = flowName(file.path);
  if (!isName.test(name)) {
    check.tell(
      "flow-name",
      root.span,
      `a flow cannot be named "${name}"; name the file with lower-case words and hyphens`,
    );
  }
  if (root.type !== "map") {
    check.tell("wrong-type", root.span, "a flow must be a map of keys and values, including `steps`");
    return { diagnostics: check.diagnostics };
  }
  const settings = check.settings(root);
  const steps = check.steps(root);
  const { diagnostics, broken } = check;
  if (!settings || !steps) return { diagnostics };
  return { flow: { name, file: file.path, text: file.text, root, steps, broken, ...settings }, diagnostics };
}

/** The steps, even under a misspelt key. */
function stepsPair(root: MapNode): Pair | undefined {
  const isMisspelt = ({ key }: Pair): boolean =>
    !Object.hasOwn(Settings.properties, key.text) && nearest(key.text, ["steps"]) !== undefined;
  return root.pairs.find(({ key }) => key.text === "steps") ?? root.pairs.find(isMisspelt);
}

// One wrong entry must not hide other errors: the rest of the settings is checked without it.
function soundPart(node: MapNode): MapNode {
  const isSound = (pair: Pair): boolean => isInShape(Settings, { ...node, pairs: [pair] });
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
  diagnostics: ShapeDiagnostic[];
}): shaped is { value: Settings; diagnostics: [] } {
  return shaped.diagnostics.length === 0;
}

/** Collects every finding of one file. */
class Check {
  diagnostics: ShapeDiagnostic[] = [];
  broken: Flow["broken"] = [];
  file: string;
  kinds: Kinds;

  constructor(file: string, kinds: Kinds) {
    this.file = file;
    this.kinds = kinds;
  }

  get kindNames(): string[] {
    return this.kinds.all.map(({ name }) => name);
  }

  tell(code: ShapeCode, span: Span, message: string, meant?: string): void {
    this.diagnostics.push({ code, severity: "error", file: this.file, span, message, meant });
  }

  settings(root: MapNode): { settings: Settings; marks: Mark[] } | undefined {
    const steps = stepsPair(root);
    const node = { ...root, pairs: root.pairs.filter((pair) => pair !== steps) };
    const subject = { file: this.file, what: "the flow", belongs: belongsInFlow(this.kinds) };
    const shaped = checkShape(Settings, node, subject);
    this.diagnostics.push(...shaped.diagnostics);
    const sound = isSettings(shaped) ? shaped : checkShape(Settings, soundPart(node), subject);
    return isSettings(sound) ? { settings: sound.value, marks: sound.marks } : undefined;
  }

  steps(root: MapNode): Step[] | undefined {
    const pair = stepsPair(root);
    if (!pair) {
      this.tell("missing-key", root.pairs[0]?.key.span ?? root.span, "the flow needs `steps`");
      return undefined;
    }
    const { key, value } = pair;
    if (key.text !== "steps") {
      this.tell("unknown-key", key.span, `the flow has no key \`${key.text}\`; did you mean \`steps\`?`);
    }
    if (value.type === "list" && value.items.length > 0) {
      const { start } = value.span;
      const message =
        "`steps` is a map, not a list; write each step's name without a dash, and the rest below it";
      this.tell("wrong-type", { start, end: start + 1 }, message);
      return undefined;
    }
    if (value.type !== "map" || value.pairs.length === 0) {
      const message = "`steps` must be a map of step names and steps, with at least one step";
      this.tell("wrong-type", key.span, message);
      return undefined;
    }
    return value.pairs.flatMap((one) => this.step(one) ?? []);
  }

  step({ key, value }: Pair): Step | undefined {
    this.stepName(key.text, key.span);
    if (value.type !== "map") {
      const kind = value.type === "scalar" ? this.kinds.named(value.text)?.name : undefined;
      const advice = kind === undefined ? ", such as `say`" : `; write \`${kind}:\` below its name`;
      const message = `step "${key.text}" must be a map with one kind in it${advice}`;
      this.tell("wrong-type", key.span, message);
      this.broken.push({ name: key.text, marks: [] });
      return undefined;
    }
    const told = this.diagnostics.length;
    const found = this.kindOf(key.text, value, key.span);
    const next = this.next(value);
    const body = found && this.body(found);
    const marks = [...(body?.marks ?? []), ...next.marks];
    // Of a step that does not fit its schema, the single values are still checked.
    if (!found || !body || this.diagnostics.length > told) {
      this.broken.push({ name: key.text, marks });
      return undefined;
    }
    return {
      name: key.text,
      kind: found.kind,
      body: body.value,
      ...(next.exit === undefined ? {} : { next: next.exit }),
      nameNode: key,
      node: value,
      bodyNode: found.pair.value,
      marks,
    };
  }

  stepName(name: string, span: Span): void {
    if (EXIT_WORDS.some((word) => word === name)) {
      this.tell("reserved-name", span, `"${name}" is an exit and cannot name a step; choose another name`);
    } else if (!isName.test(name)) {
      const better = asName(name);
      const advice = better === undefined ? "lower-case words with hyphens" : better;
      this.tell("wrong-name", span, `a step cannot be named "${name}"; write ${advice}`);
    }
  }

  kindOf(step: string, body: MapNode, span: Span): Found | undefined {
    const named = body.pairs.filter(({ key }) => !STEP_KEYS.includes(key.text));
    const found = named.flatMap((pair) => this.kindNamed(pair.key.text, pair));
    const misspelt = named
      .filter(({ key }) => !this.kinds.named(key.text))
      .flatMap((pair) => this.kindNamed(this.unknownKey(step, pair, found), pair));
    const [first, second] = found;
    if (second) {
      const message = `step "${step}" is both \`${first?.kind.name}\` and \`${second.kind.name}\`; split it into two steps`;
      this.tell("two-kinds", second.pair.key.span, message);
    }
    if (named.length === 0) {
      this.tell("no-kind", span, `step "${step}" has no kind; give it one of ${this.kindNames.join(", ")}`);
    }
    return first ?? misspelt[0];
  }

  kindNamed(name: string | undefined, pair: Pair): Found[] {
    const kind = name === undefined ? undefined : this.kinds.named(name);
    return kind ? [{ kind, pair }] : [];
  }

  /** Reports a key that is not a kind; returns the one that was probably meant. @param beside the step's kind, if any */
  unknownKey(step: string, { key }: Pair, beside: readonly Found[]): string | undefined {
    const owner = beside.find(({ kind }) => Object.hasOwn(kind.keys, key.text));
    const near = owner ? undefined : nearest(key.text, [...this.kindNames, ...STEP_KEYS]);
    const [kind] = beside;
    const advice = owner
      ? `it belongs to \`${owner.kind.name}\`: indent it deeper than that`
      : near
        ? `did you mean \`${near}\`?`
        : kind
          ? `besides \`${kind.kind.name}\` it has only \`next\``
          : `a step is one of ${this.kindNames.join(", ")}, and continues with \`next\``;
    this.tell("unknown-kind", key.span, `step "${step}" has no \`${key.text}\`; ${advice}`, near);
    return near;
  }

  body({ kind, pair }: Found): Shaped {
    const { key, value } = pair;
    const subject = { file: this.file, what: `\`${key.text}\``, key, belongs: belongsInStep(kind) };
    const shaped = checkShape(kind.schema, value, subject);
    this.diagnostics.push(...shaped.diagnostics);
    return shaped;
  }

  next(body: MapNode): { exit?: Exit; marks: Mark[] } {
    const pair = body.pairs.find(({ key }) => key.text === "next");
    if (!pair) return { marks: [] };
    const shaped = checkShape(Exit, pair.value, { file: this.file, what: "`next`", key: pair.key });
    this.diagnostics.push(...shaped.diagnostics);
    const marks = shaped.marks.map((mark) => ({ ...mark, path: ["next", ...mark.path] }));
    return isExit(shaped) ? { exit: shaped.value, marks } : { marks };
  }
}

function isExit(shaped: {
  value: unknown;
  diagnostics: ShapeDiagnostic[];
}): shaped is { value: Exit; diagnostics: [] } {
  return shaped.diagnostics.length === 0;
}
