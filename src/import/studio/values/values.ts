/** Stage 3: what each name of Studio is in the flow. What is read is remembered, and only that is saved. */
import { studioName } from "../../../flow/language/studio-names.ts";
import type { Widget } from "../definition.ts";
import { type Graph, leadsTo } from "../graph.ts";
import type { Cel, ExpressionType, Names } from "../liquid/cel.ts";
import { pathText } from "../liquid/tree.ts";
import { subjectOf, variableName } from "../names.ts";
import { type Notes, noteOnce } from "../notes.ts";
import { typeOf } from "./assigned.ts";
import { Declared, type Variable } from "./declared.ts";
import { tellsEmpty } from "./holds.ts";
import { isAfterReply, isReply, MESSAGE_FIELDS, type MessageField, messageCel } from "./replies.ts";
import { KNOWN, resultOf, type Save } from "./results.ts";
import { type Path, Sources } from "./sources.ts";

/** The values of a flow. */
export class Values {
  /** What each path stands for. */
  readonly sources: Sources;
  /** The variables that the flow needs. */
  readonly declared = new Declared();
  readonly #graph: Graph;
  readonly #notes: Notes;
  #answeredInPlace: ReadonlySet<string> = new Set();

  constructor(graph: Graph, notes: Notes) {
    this.#graph = graph;
    this.#notes = notes;
    this.sources = new Sources(graph);
  }

  /** Names the replies whose words are read from the message, as their steps do not save them. */
  readInPlace(replies: ReadonlySet<string>): void {
    this.#answeredInPlace = replies;
  }

  /** The variables for what the first message of a conversation has, with the expressions for it. */
  get ofFirstMessage(): [variable: Variable, cel: string][] {
    return MESSAGE_FIELDS.flatMap(({ cel, first }): [Variable, string][] => {
      const variable = this.declared.get(`own ${first}`);
      return variable ? [[variable, cel]] : [];
    });
  }

  /** The names, for a text of a widget. */
  namesIn(widget: string): Names {
    return {
      refer: (path) => this.#refer(path, widget),
      lost: (what) => noteOnce(this.#notes.left, { widget, text: what }),
    };
  }

  /** The variable that a Set Variables has to assign; undefined if nothing reads it, or another step saves it. */
  assigned(name: string): Variable | undefined {
    if (this.sources.passedOn(name)) return undefined;
    return this.declared.get(`set ${name}`);
  }

  #refer(path: Path, widget: string): Cel {
    const name = this.sources.assignedName(path);
    if (name !== undefined) return this.#assignedCel(name, path, widget);
    const [root, ...rest] = path;
    if (root === "widgets") return this.#resultCel(rest, widget);
    if (path.length === 1 && (root === "now" || root === "today")) return { cel: "'now'", type: "string" };
    return this.#givenCel(path, widget) ?? this.#unknown(`\`${pathText(path)}\` is always empty`, widget);
  }

  #assignedCel(name: string, path: Path, widget: string): Cel {
    const source = this.sources.sourceOf(path);
    if (source !== path) return this.#resultCel(source.slice(1), widget, name);
    const assignments = this.sources.assignmentsOf(name);
    if (assignments.length === 0)
      return this.#unknown(`the variable \`${name}\` is read, and no widget sets it`, widget);
    const type = typeOf(assignments, this.sources.comparedWith(path).some(tellsEmpty));
    const variable =
      this.declared.get(`set ${name}`) ?? this.declared.declare(`set ${name}`, variableName(name), { type });
    return { cel: `vars.${variable.name}`, type: variable.type };
  }

  /** A value that another widget has left. */
  #resultCel(path: Path, reader: string, wish?: string): Cel {
    const [name, ...rest] = path;
    const source = this.#graph.widgets.get(String(name));
    if (!source) return this.#unknown(unknownWidget(String(name), this.#graph), reader);
    const message = isReply(source) ? this.#messageCel(source, rest) : undefined;
    if (message) return message;
    const result = resultOf(source, rest);
    if (!result && !KNOWN.has(source.type)) return this.#own(source, rest);
    this.#noteEarly(source.name, reader, path);
    if (!result)
      return this.#unknown(
        `\`widgets.${pathText([String(name), ...rest])}\` is not a value that this widget leaves`,
        reader,
      );
    if ("cel" in result) return result.cel;
    const key = `${source.name} ${result.save.from} ${result.save.name}`;
    const variable =
      this.declared.get(key) ?? this.#save(key, source, result, wish, ["widgets", String(name), ...rest]);
    return result.read?.(`vars.${variable.name}`) ?? { cel: `vars.${variable.name}`, type: variable.type };
  }

  /** What a reply has left, if the message still has it or a variable of the importer's own keeps it. */
  #messageCel(reply: Widget, path: Path): Cel | undefined {
    const cel = messageCel(path);
    const field = String(path[1]);
    if (!cel || (field === "Body" && !this.#answeredInPlace.has(reply.name))) return undefined;
    return field === "Body" || !this.sources.isKept(reply, field)
      ? cel
      : variableCel(this.keptOf(reply, field, cel));
  }

  /** The variable that keeps a value of a reply for after the next question. */
  keptOf({ name }: Widget, field: string, cel: Cel): Variable {
    return this.declared.own(`${name} ${field}`, emptyOf(cel), cel.type === "int" ? "pictures" : "picture");
  }

  #save(
    key: string,
    source: Widget,
    { save, wish, type }: { save: Save; wish: string; type: ExpressionType },
    own: string | undefined,
    path: Path,
  ): Variable {
    const used = type === "string" && save.from === "path" ? this.sources.typeByUse(path) : undefined;
    const name = this.#wishOf(source, own === undefined ? wish : variableName(own));
    const variable = this.declared.declare(
      key,
      name,
      used ?? (type === "string" && save.from !== "answer" ? { type, default: "" } : { type }),
    );
    this.declared.save(source.name, { variable, save });
    return variable;
  }

  /** What a widget without a counterpart leaves: whatever replaces it can assign the variable. */
  #own({ name }: Widget, path: Path): Cel {
    const wish = variableName(String(path.at(-1) ?? name));
    return {
      cel: `vars.${this.declared.own(`${name} ${wish}`, { type: "string", default: "" }, wish).name}`,
      type: "string",
    };
  }

  /** Reports a value that is read where its widget cannot have run. */
  #noteEarly(source: string, reader: string, path: Path): void {
    if (source === reader || leadsTo(this.#graph, source, reader)) return;
    noteOnce(this.#notes.mistakes, {
      widget: reader,
      text: `it reads \`widgets.${pathText(path)}\`, but no road leads from there to here`,
    });
  }

  /** A value that the call brings along. */
  #givenCel(path: Path, reader: string): Cel | undefined {
    const text = pathText(path);
    const parameter = /^(?:flow\.data|trigger\.(?:request|parent)\.parameters)\.(\w+)/.exec(text)?.[1];
    if (parameter !== undefined) return this.#given(parameter);
    if (text.startsWith("trigger.message.ChannelAttributes.from"))
      return { cel: "caller.number", type: "string" };
    const here = studioName(text)?.here;
    const message = MESSAGE_FIELDS.find(({ cel }) => cel === here);
    if (message) return this.#firstMessageCel(message, reader);
    if (here !== undefined && /^(?:caller|call|message)\./.test(here)) return { cel: here, type: "string" };
    const field = /^trigger\.(?:call\.)?(\w+)$/.exec(text)?.[1];
    return field === undefined || text === "trigger.message" ? undefined : this.#given(field);
  }

  /** What the message that began a conversation has: after a question it is no longer the last one. */
  #firstMessageCel({ first, ...cel }: MessageField, reader: string): Cel {
    return isAfterReply(this.#graph, reader) ? variableCel(this.declared.own(first, emptyOf(cel))) : cel;
  }

  #given(name: string): Cel {
    const key = `given ${name}`;
    const variable =
      this.declared.get(key) ??
      this.declared.declare(key, variableName(name), { type: "string", isTaken: true });
    return { cel: `vars.${variable.name}`, type: "string" };
  }

  /** A name, with the widget's before it if another value has it. */
  #wishOf(source: Widget, wish: string): string {
    return this.declared.has(wish) ? variableName(`${subjectOf(source.name)}_${wish}`) : wish;
  }

  #unknown(text: string, widget: string): Cel {
    noteOnce(this.#notes.mistakes, { widget, text });
    return { cel: "''", type: "string" };
  }
}

/** A variable that is empty until a message fills it. */
function emptyOf({ type }: Cel): Omit<Variable, "name"> {
  return { type, default: type === "int" ? 0 : "" };
}

function variableCel({ name, type }: Variable): Cel {
  return { cel: `vars.${name}`, type };
}

function unknownWidget(name: string, { widgets }: Graph): string {
  const near = [...widgets.keys()].find((one) => one.toLowerCase() === name.toLowerCase());
  const meant = near === undefined ? "" : `; \`${near}\` may be meant, as upper and lower case count`;
  return `\`widgets.${name}\` is not a widget of this flow, so the value is always empty${meant}`;
}
