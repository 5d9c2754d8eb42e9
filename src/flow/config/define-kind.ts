/** How a project defines a step kind of its own. */
import type { Schema, Static } from "../language/type.ts";
import type { Report, Step } from "../model/flow.ts";
import type { Doc, OwnKind, StepKind } from "../steps/kind.ts";

/** The parts of a kind's definition that can be left out, and the documentation without the parts for a page. */
type Left = "doc" | "keys" | "next" | "schema" | "name" | "findings" | "lint" | "twiml" | "aliases";

/** A step kind of a project's own, as its author defines it. */
export interface KindDefinition<Name extends string, Shape extends Schema>
  extends Omit<StepKind<Static<Shape>>, Left> {
  /** The key of the kind: lower-case words with hyphens. */
  name: Name;
  /** The shape of what a flow writes below the key, made of the schemas that `ringflow` exports. */
  schema: Shape;
  /** A description of each key of the body, for editors and findings. */
  keys?: Readonly<Record<string, string>>;
  /** Whether a step continues with `next`; it is required if left out. */
  next?: "required" | "optional" | "refused" | ((body: Static<Shape>) => "required" | "optional" | "refused");
  /** The documentation. `ringflow check` builds the example, and `ringflow test` plays the calls to it. */
  doc: Pick<Doc, "summary"> & Partial<Doc>;
  /** The findings that `lint` can report; each code is `<kind>/<name>`. */
  findings?: StepKind<unknown, `${NoInfer<Name>}/${string}`>["findings"];
  /** Reports findings beyond schema, names and types. */
  lint?(
    step: Step<Static<Shape>>,
    flow: Parameters<NonNullable<StepKind<unknown>["lint"]>>[1],
    report: Report<`${NoInfer<Name>}/${string}`>,
  ): void;
}

/** Defines a step kind; TypeScript checks `compile` and `lint` against the schema. */
export function defineKind<const Name extends string, Shape extends Schema>(
  definition: KindDefinition<Name, Shape>,
): OwnKind {
  const { next = "required", keys = {}, findings = [], doc } = definition;
  return {
    ...definition,
    isOwn: true,
    keys,
    findings,
    doc: { text: "", example: "", calls: "", ...doc },
    next: typeof next === "string" ? () => next : next,
  };
}
