/**
 * Reads a TwiML document as Twilio does: strictly, by the grammar. Whatever Twilio would reject is reported and left
 * out of the result, so that the carrier plays only valid elements.
 */
import { parseXml, XmlElement, XmlError, XmlText } from "@rgrove/parse-xml";
import { type Element, elementsIn } from "./element.ts";
import { response } from "./grammar.ts";
import { rules } from "./rules.ts";
import { faultOf, SCHEMA_WARNING, type Shape } from "./shape.ts";

/** Something that Twilio would report in its debugger, or that the carrier cannot play. */
export interface Problem {
  /** Twilio's error code, if there is one. */
  code?: number;
  /** The offending element's name, or `Response` for the document as a whole. */
  element: string;
  /** A sentence: what is wrong and, if it is not obvious, what would be right. */
  message: string;
  /** The line of the document on which the element begins, from 1. */
  line?: number;
}

/** A document that was read. */
export interface Twiml {
  /** What to play, from top to bottom; absent if the document cannot be played. */
  verbs?: readonly Element[];
  problems: readonly Problem[];
}

/**
 * Reads and checks a document. Never throws: XML that does not parse is a problem with code 12100.
 * @param grammar what the document may say: that of a call if left out
 */
export function readTwiml(xml: string, grammar: Shape = response): Twiml {
  const root = parse(xml);
  if (!(root instanceof XmlElement)) return { problems: [root] };
  if (root.name !== "Response") {
    const message = `The document's root is <${root.name}>; expected <Response>.`;
    return { problems: [{ code: 12102, element: root.name, message, line: lineOf(xml, root.start) }] };
  }
  const problems: Problem[] = [];
  const report: Report = (element, code, message) =>
    problems.push({ code, element: element.name, message, line: lineOf(xml, element.start) });
  return { verbs: elementsIn(check(root, grammar, report)), problems };
}

const OTHER_VERSION = /^\ufeff?<\?xml\s+version\s*=\s*["'](?!1\.0["'])/;

type Report = (element: XmlElement, code: number, message: string) => void;

function parse(xml: string): XmlElement | Problem {
  if (OTHER_VERSION.test(xml)) {
    return {
      code: 12101,
      element: "Response",
      message: "The XML declaration must say version 1.0.",
      line: 1,
    };
  }
  try {
    const { root } = parseXml(xml, { includeOffsets: true });
    return root ?? { code: 12100, element: "Response", message: "The document has no root element." };
  } catch (error) {
    if (error instanceof RangeError) return { code: 12100, element: "Response", message: TOO_DEEP };
    if (!(error instanceof XmlError)) throw error;
    const message = `The document is not valid XML: ${error.message.split("\n")[0]}.`;
    return { code: 12100, element: "Response", message, line: error.line };
  }
}

/** Deeper than any document that is played; keeps every walk over the elements far from the end of the stack. */
const DEEPEST = 100;
const TOO_DEEP = `The document's elements are nested more than ${DEEPEST} deep.`;

function check(xml: XmlElement, shape: Shape, report: Report, depth = 1): Element {
  const children: (string | Element)[] = [];
  for (const child of xml.children) {
    if (child instanceof XmlText) {
      if (shape.text) children.push(child.text);
      else if (child.text.trim()) report(xml, SCHEMA_WARNING, `<${xml.name}> takes no text.`);
    } else if (child instanceof XmlElement) {
      const element = checkChild(child, xml.name, shape, report, depth);
      if (element) children.push(element);
    }
  }
  return { name: xml.name, attributes: checkAttributes(xml, shape, report), children };
}

function checkChild(
  xml: XmlElement,
  parent: string,
  shape: Shape,
  report: Report,
  depth: number,
): Element | undefined {
  const own =
    shape.children && Object.hasOwn(shape.children, xml.name) ? shape.children[xml.name] : undefined;
  if (!own) {
    report(xml, shape.nesting ?? SCHEMA_WARNING, misplaced(xml.name, parent, shape));
    return undefined;
  }
  if (depth >= DEEPEST) {
    report(xml, 12100, TOO_DEEP);
    return undefined;
  }
  const element = check(xml, own, report, depth + 1);
  const faults = rules[xml.name]?.(element) ?? [];
  for (const fault of faults) report(xml, fault.code, fault.message);
  return faults.some((fault) => fault.drops) ? undefined : element;
}

function misplaced(name: string, parent: string, shape: Shape): string {
  const names = Object.keys(shape.children ?? {});
  if (names.length === 0) return `<${parent}> takes no child elements but contains <${name}>.`;
  const near = names.find((other) => other.toLowerCase() === name.toLowerCase());
  if (near) return `<${name}> must be written <${near}>: TwiML is case-sensitive.`;
  return `<${name}> is not allowed in <${parent}>, which takes ${names.join(", ")}.`;
}

function checkAttributes(xml: XmlElement, shape: Shape, report: Report): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(xml.attributes)) {
    const attribute = Object.hasOwn(shape.attributes, name) ? shape.attributes[name] : undefined;
    if (!attribute) {
      report(xml, SCHEMA_WARNING, `<${xml.name}> has no attribute ${name}.`);
      continue;
    }
    const fault = faultOf(attribute, value);
    if (fault) report(xml, attribute.code, `${name}="${value}" of <${xml.name}> ${fault}.`);
    else attributes[name] = value;
  }
  return attributes;
}

function lineOf(xml: string, offset: number): number {
  let line = 1;
  for (let at = xml.indexOf("\n"); at >= 0 && at < offset; at = xml.indexOf("\n", at + 1)) line++;
  return line;
}
