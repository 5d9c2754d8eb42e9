/** XML for people: one element per line, indented. */

/** A piece of a formatted document, for its colour. */
interface XmlPiece {
  kind: "tag" | "text";
  text: string;
}

const TOKEN = /<[^>]*>|[^<]+/g;
/** Elements inside a sentence stay on its line. */
const INLINE = /^<\/?(break|emphasis|lang|p|phoneme|prosody|s|say-as|sub|w)[\s/>]/;

/** Indents a document by two spaces a level. Text stays on the line of its element; text that is not XML is unchanged. */
export function formatXml(xml: string): XmlPiece[][] {
  const lines: XmlPiece[][] = [];
  let depth = 0;
  let line: XmlPiece[] = [];
  const end = (): void => {
    if (line.length > 0) lines.push(line);
    line = [];
  };
  const begin = (text: string): void => {
    end();
    line = [{ kind: "tag", text: "  ".repeat(depth) + text }];
  };
  for (const [token] of xml.matchAll(TOKEN)) {
    const isTag = token.startsWith("<");
    if (!isTag && token.trim() === "") continue;
    if (!isTag) line.push({ kind: "text", text: token });
    else if (INLINE.test(token)) line.push({ kind: "tag", text: token });
    else if (token.startsWith("</")) {
      depth = Math.max(0, depth - 1);
      // An element with nothing but text in it ends on its own line.
      const isOpen = line[0]?.text.trim().startsWith(`<${token.slice(2, -1)}`) ?? false;
      if (isOpen) line.push({ kind: "tag", text: token });
      else begin(token);
      end();
    } else {
      begin(token);
      if (!/^<[?!]|\/>$/.test(token)) depth++;
      else end();
    }
  }
  end();
  return lines;
}

/** The same as one text, for the clipboard. */
export function xmlText(xml: string): string {
  return formatXml(xml)
    .map((line) => line.map(({ text }) => text).join(""))
    .join("\n");
}
