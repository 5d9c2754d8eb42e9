/** What a definition leaves open, such as `${WORKFLOW_SID}` or `YOUR-WORKFLOW-SID`: environment variables. */
import { type Conversion, textFor } from "./conversion.ts";
import type { Widget } from "./definition.ts";
import { require } from "./notes.ts";
import type { Tree } from "./step.ts";

/** A placeholder that another tool fills in. */
const PLACEHOLDER = /^\$\{\s*(?:var\.|local\.)?([A-Za-z_]\w*)\s*\}$/;

/** A SID, or the environment variable that has it. */
export function sidOf(c: Conversion, widget: Widget, sid: string, prefix: string, name: string): Tree {
  if (new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(sid)) return sid;
  return fromEnvironment(
    c,
    widget,
    PLACEHOLDER.exec(sid)?.[1]?.toUpperCase() ?? name,
    `a SID of Twilio (${prefix}…)`,
  );
}

/** The environment variable with the base of a URL whose host is a placeholder, and the path after it. */
export function placeholderUrl(source: string): { name: string; path: string } | undefined {
  const [, placeholder, path = ""] = /^(?:https?:\/\/)?\$\{([^}]+)\}(.*)$/s.exec(source.trim()) ?? [];
  if (placeholder === undefined) return undefined;
  const words = placeholder
    .trim()
    .replace(/^(?:var|local)\./, "")
    .replace(/\W+/g, "_")
    .toUpperCase();
  return { name: `${words.replace(/_(?:DOMAIN|HOST|BASE_URL)(?:_NAME)?$/, "")}_URL`, path };
}

/** A URL: literal, or a path after a base URL that an environment variable has. */
export function urlOf(c: Conversion, widget: Widget, source: string): Tree {
  const open = placeholderUrl(source);
  if (!open) return textFor(c, widget, source.trim()).text;
  const { name, path } = open;
  const base = fromEnvironment(c, widget, name, "a base URL, such as https://my-functions-1234.twil.io");
  return path === "" ? base : { env: name, path: textFor(c, widget, path).text };
}

/** A URL that has to come as a whole. */
export function wholeUrlOf(c: Conversion, widget: Widget, source: string, name: string): Tree {
  const url = source.trim();
  if (!/\$\{/.test(url)) return textFor(c, widget, url).text;
  return fromEnvironment(c, widget, name, `the URL ${url}`);
}

/** An environment variable, which the report lists. */
function fromEnvironment(c: Conversion, widget: Widget, wish: string, why: string): Tree {
  const name = wish.replace(/\W+/g, "_").toUpperCase();
  require(c.notes, { kind: "env", name, why: `${why}, for ${widget.name}` });
  return { env: name };
}
