/** A flow's diagram as an SVG document that needs nothing else. */
import { Departments, Nodes } from "../../phone/page/view/drawing.ts";
import { Arrowheads, Edges } from "../../phone/page/view/edges.ts";
import { type Look, paperOf, type Theme } from "./look.ts";
import { escaped, markupOf } from "./markup.ts";
import type { Subject } from "./subject.ts";

/** Liberation and DejaVu are what servers without a screen have. */
const FONT = 'system-ui, "Segoe UI", Roboto, "Liberation Sans", "DejaVu Sans", Arial, sans-serif';
/** Nothing has happened in a drawing. */
const NO_ROUTE = {
  nodes: new Set<string>(),
  edges: new Set<string>(),
  asides: { nodes: new Set<string>(), edges: new Set<string>() },
};

/** @param theme the only one; if left out, the document follows its reader's preference */
export function svgOf(subject: Subject, look: Look, theme?: Theme): string {
  const { width, height } = subject.drawing;
  const dark = `@media (prefers-color-scheme: dark) {\n${styleOf(look, "dark")}}\n`;
  const style = styleOf(look, theme ?? "light") + (theme ? "" : dark);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">${escaped(titleOf(subject))}</title>
<style>
${style}</style>
<rect class="paper" width="${width}" height="${height}"/>
${piecesOf(subject)}
</svg>
`;
}

/** The name of the flow, with its description. */
export function titleOf({ name, view }: Subject): string {
  return view.description === "" ? name : `${name}: ${view.description}`;
}

/** All that is drawn, without a document around it. */
export function piecesOf({ view, drawing }: Subject): string {
  return [
    Arrowheads(),
    Departments({ flow: view, drawing, route: NO_ROUTE }),
    Edges({ drawing, route: NO_ROUTE }),
    Nodes({ flow: view, drawing, route: NO_ROUTE }),
  ]
    .map(markupOf)
    .join("\n");
}

function styleOf(look: Look, theme: Theme): string {
  return `svg { font-family: ${FONT}; }\n.paper { fill: ${paperOf(look, theme)}; }\n${look[theme]}`;
}
