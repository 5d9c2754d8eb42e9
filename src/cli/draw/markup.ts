/** Writes the elements that the page's views make as text. Views with hooks do not work here. */

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text inside of XML or HTML, or in an attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
}

/** An element with everything in it. */
export function markupOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(markupOf).join("");
  if (typeof node === "string" || typeof node === "number") return escaped(String(node));
  if (!isElement(node)) return "";
  const { type, props } = node;
  if (typeof type === "function") return markupOf(type(props));
  const attributes = Object.entries(props).flatMap(([name, value]) =>
    name !== "children" && isWritten(value) ? [` ${name}="${escaped(String(value))}"`] : [],
  );
  const inner = markupOf(props.children);
  const start = `<${type}${attributes.join("")}`;
  return inner === "" ? `${start}/>` : `${start}>${inner}</${type}>`;
}

interface Element {
  type: string | ((props: object) => unknown);
  props: Readonly<Record<string, unknown>>;
}

function isElement(node: unknown): node is Element {
  if (typeof node !== "object" || node === null || !("type" in node) || !("props" in node)) return false;
  return (typeof node.type === "string" || typeof node.type === "function") && node.props !== null;
}

function isWritten(value: unknown): boolean {
  return (
    value !== "" && (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
  );
}
