/** XML elements, written as Twilio's own `VoiceResponse` writes them; `test/flow/element.test.ts` compares the two. */

/** Values of attributes: undefined leaves one out, a list is joined by spaces. */
export type AttributeValues = Readonly<Record<string, string | number | boolean | string[] | undefined>>;

/** An element under construction. */
export interface Element {
  addChild(name: string, attributes: AttributeValues): Element;
  addText(text: string): void;
}

/** An element whose content can be written. */
export interface Root extends Element {
  content(): string;
}

/** An element with nothing in it yet. */
export function newElement(): Root {
  const written: (() => string)[] = [];
  return {
    addChild: (name, attributes) => {
      const child = newElement();
      const begin = name + attributesIn(attributes);
      written.push(() => {
        const content = child.content();
        return content === "" ? `<${begin}/>` : `<${begin}>${content}</${name}>`;
      });
      return child;
    },
    addText: (text) => void written.push(() => escapedText(text)),
    content: () => written.map((write) => write()).join(""),
  };
}

function attributesIn(attributes: AttributeValues): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) => ` ${name}="${escapedValue(Array.isArray(value) ? value.join(" ") : String(value))}"`,
    )
    .join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

function escapedText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => ENTITIES[character] ?? "");
}

function escapedValue(text: string): string {
  return text.replace(/[&<"\t\n\r]/g, (character) => ENTITIES[character] ?? "");
}
