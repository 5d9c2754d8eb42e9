/** TwiML for people: one element per line, its text in bold. */
import { formatXml } from "../text/xml.ts";

/** The document without its tickets; a copy of it has them. */
export function Xml({ text }: { text: string }) {
  if (text === "") return <p class="faint">Empty response.</p>;
  return (
    <pre class="xml">
      {formatXml(withoutTickets(text)).map((line, index) => (
        <code key={index}>
          {line.map((piece) => (piece.kind === "tag" ? piece.text : <b>{piece.text}</b>))}
          {"\n"}
        </code>
      ))}
    </pre>
  );
}

/** Tickets are long and opaque. */
function withoutTickets(xml: string): string {
  return xml.replace(/([?&;]t=)[\w-]{12,}/g, "$1…");
}
