/** The calls that a page in a file can play: everything that a flow answers, recorded. */
import type { Edge, Exploration, Heard } from "../../explore/exploration.ts";

/** Recorded calls. Numbers are indexes of `turns` and `places`. */
export interface Recording {
  begins: { label: string; turns: number[] }[];
  /** What the flow does after one answer. */
  turns: Turn[];
  /** Where a call waits, or has ended. */
  places: Waiting[];
  /** The TwiML at which calls wait. */
  documents: string[];
  /** The search ended before it found every way. */
  isCut: boolean;
}

interface Turn {
  /** What the caller, a called person, a queue or Twilio does. */
  label: string;
  kind: Edge["event"]["kind"];
  /** The keys that it takes. */
  keys?: string;
  heard: Line[];
  /** The steps gone through. */
  path: readonly string[];
  to: number;
}

interface Line {
  /** `plays` a recording, `then` something that happens. */
  kind: "says" | "plays" | "then";
  text: string;
  language?: string;
}

interface Waiting {
  turns: number[];
  ended?: string;
  document?: number;
}

/** Recordings of more are too large to send. */
const MOST_DOCUMENTS = 400;

/** Records an exploration. */
export function recordingOf({ begins, nodes, edges, waits, cut }: Exploration): Recording {
  const leaving = Map.groupBy(edges, ({ from }) => from ?? -1);
  const first = Map.groupBy(leaving.get(-1) ?? [], ({ begin }) => begin);
  const documents = new Map<string, number>();
  const place = (id: number, ended: string | undefined): Waiting => {
    const text = waits.get(id)?.waiting.document.text;
    if (text !== undefined && !documents.has(text) && documents.size < MOST_DOCUMENTS)
      documents.set(text, documents.size);
    const document = text === undefined ? undefined : documents.get(text);
    return {
      turns: (leaving.get(id) ?? []).map((edge) => edge.id),
      ...(ended !== undefined && { ended }),
      ...(document !== undefined && { document }),
    };
  };
  return {
    begins: begins.map(({ id, label }) => ({ label, turns: (first.get(id) ?? []).map((edge) => edge.id) })),
    turns: edges.map(turnOf),
    places: nodes.map(({ id, ended }) => place(id, ended)),
    documents: [...documents.keys()],
    isCut: cut.length > 0,
  };
}

function turnOf({ event, answers, heard, path, to }: Edge): Turn {
  const services = answers.map(({ label }) => label).join(", ");
  const keys = event.kind === "keys" ? event.params.Digits : undefined;
  return {
    label: services === "" ? event.label : `${event.label} (service: ${services})`,
    kind: event.kind,
    // With a service, the same key can lead to different places.
    ...(keys !== undefined && services === "" && { keys }),
    heard: heard.flatMap(lineOf),
    path,
    to,
  };
}

function lineOf(heard: Heard): Line[] {
  switch (heard.kind) {
    case "said":
      return [{ kind: "says", text: heard.text, language: heard.language }];
    case "played":
      return [{ kind: "plays", text: heard.url.slice(heard.url.lastIndexOf("/") + 1) }];
    case "paused":
      return [];
    case "began":
      return heard.verb === "Gather" ? [] : [{ kind: "then", text: begunText(heard.verb, heard.to) }];
  }
}

/** What a verb does, in words for readers who do not know TwiML. */
const WORDS: Readonly<Record<string, string>> = {
  Dial: "rings",
  Enqueue: "waits in the queue",
  Record: "records a message",
};

function begunText(verb: string, to: readonly string[]): string {
  const names = to.map((name) => name.replace(/^queue:/, ""));
  return [WORDS[verb] ?? verb, names.join(", ")].join(" ").trimEnd();
}
