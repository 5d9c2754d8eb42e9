/** What each path of Studio's stands for, behind variables that only pass a value on, and which widgets read it. */
import type { Widget } from "../definition.ts";
import type { Graph } from "../graph.ts";
import { pathText } from "../liquid/tree.ts";
import { type Assignment, assignmentsIn, sourceOf } from "./assigned.ts";
import { type Compared, comparedIn, typeByUse } from "./compared.ts";
import { pathsIn } from "./paths.ts";
import { isReadElsewhere } from "./replies.ts";

/** The parts of a path, such as `widgets`, a widget's name and what it leaves. */
export type Path = readonly (string | number)[];

/** The sources of a flow's values. */
export class Sources {
  readonly #graph: Graph;
  readonly #assignments: ReadonlyMap<string, readonly Assignment[]>;
  readonly #compared: ReadonlyMap<string, readonly Compared[]>;
  readonly #readers = new Map<string, string[]>();
  /** The widgets that read a variable, by its name. */
  readonly #readersOfName = new Map<string, string[]>();
  readonly #sources = new Map<string, Path | undefined>();

  constructor(graph: Graph) {
    this.#graph = graph;
    const reached = [...graph.widgets.values()].filter(({ name }) => !graph.unreachable.includes(name));
    this.#assignments = assignmentsIn(reached);
    for (const widget of reached)
      for (const path of pathsIn([widget])) {
        const name = this.assignedName(path);
        if (name !== undefined)
          this.#readersOfName.set(name, [...(this.#readersOfName.get(name) ?? []), widget.name]);
      }
    this.#compared = comparedIn(reached, (path) => this.#keyOf(path));
    for (const widget of reached)
      for (const path of pathsIn([widget])) {
        const key = pathText(this.sourceOf(path));
        this.#readers.set(key, [...(this.#readers.get(key) ?? []), widget.name]);
      }
  }

  /** The widgets that read a value, by its path. */
  readersOf(path: Path): readonly string[] {
    return this.#readers.get(pathText(path)) ?? [];
  }

  /** Whether a value of a reply is read when another message is the last one, so that a variable has to keep it. */
  isKept(reply: Widget, field: string): boolean {
    return isReadElsewhere(this.#graph, reply, this.readersOf(["widgets", reply.name, "inbound", field]));
  }

  /** What a value is compared with, by its path. */
  comparedWith(path: Path): readonly Compared[] {
    return this.#compared.get(this.#keyOf(path)) ?? [];
  }

  /** The assignments of a variable. */
  assignmentsOf(name: string): readonly Assignment[] {
    return this.#assignments.get(name) ?? [];
  }

  /** The path behind variables that only pass it on. */
  sourceOf(path: Path): Path {
    const name = this.assignedName(path);
    const source = name === undefined ? undefined : this.passedOn(name);
    return source === undefined ? path : this.sourceOf(source);
  }

  /** The path that a variable only passes on. */
  passedOn(name: string): Path | undefined {
    if (!this.#sources.has(name)) {
      const readers = this.#readersOfName.get(name) ?? [];
      this.#sources.set(name, sourceOf(this.assignmentsOf(name), this.#graph, readers));
    }
    return this.#sources.get(name);
  }

  /** The variable of Set Variables that a path names; undefined if it names something else. */
  assignedName([root, first, second]: Path): string | undefined {
    if (root === "flow" && first === "variables") return String(second ?? "");
    const widget = root === "widgets" ? this.#graph.widgets.get(String(first)) : undefined;
    return widget?.type === "set-variables" ? String(second ?? "") : undefined;
  }

  /** One text for all paths of a value. */
  #keyOf(path: Path): string {
    const source = this.sourceOf(path);
    const name = this.assignedName(source);
    return pathText(name === undefined ? source : ["flow", "variables", name]);
  }

  /** The type that a value has by what it is compared with; undefined if that does not say. */
  typeByUse(path: Path): ReturnType<typeof typeByUse> {
    return typeByUse(this.#compared, pathText(path));
  }
}
