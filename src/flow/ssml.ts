/**
 * SSML inside authors' texts. Only `<` with a name that Twilio knows begins an element; any other `<`, and every
 * `&`, is a character like the rest ("SSML under Say").
 */

/** SSML elements that Twilio speaks, and whether they hold text. */
export const SSML: Readonly<Record<string, { holdsText: boolean }>> = {
  break: { holdsText: false },
  emphasis: { holdsText: true },
  lang: { holdsText: true },
  p: { holdsText: true },
  phoneme: { holdsText: true },
  prosody: { holdsText: true },
  s: { holdsText: true },
  "say-as": { holdsText: true },
  sub: { holdsText: true },
  w: { holdsText: true },
};

/** A text with SSML in it. */
export type SsmlNode = string | { tag: string; attributes: [name: string, value: string][]; children: SsmlNode[] };

/** What is wrong with a text's SSML, and at which character. */
export interface SsmlProblem {
  at: number;
  message: string;
}

const TAG = new RegExp(
  `<(/?)(${Object.keys(SSML).join("|")})((?:\\s+[a-z:-]+\\s*=\\s*(?:"[^"]*"|'[^']*'))*)\\s*(/?)>`,
  "g",
);
const ATTRIBUTE = /([a-z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** A tag that was meant, but cannot be read: a known name with something wrong behind it. */
const BROKEN = new RegExp(`</?(?:${Object.keys(SSML).join("|")})(?=[\\s/>])`);

type Open = { tag: string; at: number; attributes: [string, string][]; children: SsmlNode[] };

/** Takes a text apart at its SSML elements; tells what does not fit together. */
export function parseSsml(text: string): { nodes: SsmlNode[]; problem?: SsmlProblem } {
  const root: Open = { tag: "", at: 0, attributes: [], children: [] };
  const open: Open[] = [root];
  let from = 0;
  const words = (end: number): SsmlProblem | undefined => {
    const piece = text.slice(from, end);
    const broken = BROKEN.exec(piece);
    if (piece !== "") open.at(-1)?.children.push(piece);
    return broken ? { at: from + broken.index, message: "this SSML element cannot be read; check its quotes" } : undefined;
  };
  for (const match of text.matchAll(TAG)) {
    const problem = words(match.index) ?? applyTag(open, match);
    if (problem) return { nodes: root.children, problem };
    from = match.index + match[0].length;
  }
  const problem = words(text.length) ?? unclosed(open);
  return problem ? { nodes: root.children, problem } : { nodes: root.children };
}

function applyTag(open: Open[], match: RegExpExecArray): SsmlProblem | undefined {
  const [, slash, tag = "", attributes = "", empty] = match;
  const top = open.at(-1);
  if (slash) {
    if (!top || top.tag !== tag) return { at: match.index, message: `</${tag}> closes nothing; <${tag}> is not open here` };
    open.pop();
    return undefined;
  }
  const node: Open = { tag, at: match.index, attributes: readAttributes(attributes), children: [] };
  top?.children.push(node);
  if (!empty && SSML[tag]?.holdsText) open.push(node);
  return undefined;
}

function unclosed(open: Open[]): SsmlProblem | undefined {
  const last = open.length > 1 ? open.at(-1) : undefined;
  return last && { at: last.at, message: `<${last.tag}> is never closed; write </${last.tag}> where it ends` };
}

function readAttributes(text: string): [string, string][] {
  return [...text.matchAll(ATTRIBUTE)].map(([, name = "", double, single]) => [name, double ?? single ?? ""]);
}

/** The words of a text without its SSML. */
export function wordsOf(nodes: readonly SsmlNode[]): string {
  return nodes.map((node) => (typeof node === "string" ? node : wordsOf(node.children))).join("");
}
