/** A page in one file, for people without Ringflow: the diagram, the texts, and a phone that plays the flow. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ServedAudio } from "../../flow/language/audio.ts";
import { sentencesOf } from "../../flow/model/flow.ts";
import type { EdgeView } from "../../phone/page/contract/steps.ts";
import { ownPath } from "../installation.ts";
import { exploreFlow } from "../paths/explored.ts";
import type { Look } from "./look.ts";
import { escaped } from "./markup.ts";
import { type Recording, recordingOf } from "./recorded.ts";
import type { Subject } from "./subject.ts";
import { piecesOf, titleOf } from "./svg.ts";

/** The world that calls are recorded in. */
export interface World {
  audio: readonly ServedAudio[];
  env: Readonly<Record<string, string>>;
  now: number;
}

const SHEET = ownPath("src/cli/draw/sheet", "dist/sheet");
/** A page of more could not be sent. */
const MOST_PLACES = 1500;
const MOST_MILLISECONDS = 8000;

/** The page's HTML. It asks nothing of any server. */
export async function htmlOf(subject: Subject, look: Look, world: World): Promise<string> {
  const [style, script] = await Promise.all(
    ["sheet.css", "player.js"].map((name) => readFile(join(SHEET, name), "utf8")),
  );
  const { view, drawing, name } = subject;
  const { width, height } = drawing;
  const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(titleOf(subject))}</title>
<style>
${look.colours}${look.diagram}${style}</style>
<header>
<h1>${escaped(name)}</h1>
<p>${escaped([view.description, `${view.steps.length} steps`].filter(Boolean).join(" · "))}</p>
</header>
<main>
<section class="phone" id="phone" aria-label="Phone"></section>
<section class="diagram" aria-label="Diagram" tabindex="0">
<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The diagram of ${escaped(name)}">
${piecesOf(subject)}
</svg>
</section>
</main>
<section class="texts">
<h2>What callers hear</h2>
${textsOf(subject)}
</section>
<script type="application/json" id="recording">${asJson(recorded(subject, world))}</script>
<script>
${script}</script>
</html>
`;
}

/** A part begins in no call. */
function recorded({ built }: Subject, { audio, env, now }: World): Recording {
  if (!built.graph.isEntry) return { begins: [], turns: [], places: [], documents: [], isCut: false };
  const bounds = { mostNodes: MOST_PLACES, mostMilliseconds: MOST_MILLISECONDS };
  return recordingOf(exploreFlow(built, audio, { now, env, ...bounds }));
}

/** JSON that cannot end its script. */
function asJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}

function textsOf({ built, view }: Subject): string {
  const leaving = Map.groupBy(view.edges, ({ from }) => from);
  const rows = built.flow.steps.map((step) => {
    const exits = (leaving.get(step.name) ?? []).map(exitOf).join("");
    const texts = sentencesOf(step).map((text) => `<p>${escaped(text)}</p>`);
    return `<tr id="step-${escaped(step.name)}"><th scope="row">${escaped(step.name)}<small>${step.kind.name}</small></th><td>${texts.join("")}</td><td><ul>${exits}</ul></td></tr>`;
  });
  const head = '<tr><th scope="col">Step</th><th scope="col">Text</th><th scope="col">Leads to</th></tr>';
  return `<table>\n<thead>${head}</thead>\n<tbody>\n${rows.join("\n")}\n</tbody>\n</table>`;
}

function exitOf({ to, label }: EdgeView): string {
  return `<li>${escaped(label || "next")} → ${escaped(to)}</li>`;
}
