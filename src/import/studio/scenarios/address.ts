/** The URL that a test answers for. */
import { placeholderUrl } from "../environment.ts";

/** The URL of a widget in a test: what varies is `*`, and an environment variable has a value of its own. */
export function addressOf(source: string, hasQuery: boolean): string {
  const open = placeholderUrl(source);
  const url = open ? `${exampleUrl(open.name)}${open.path}` : source.trim();
  return `${plainHost(url)
    .replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, "*")
    .replace(/\*+/g, "*")}${hasQuery ? "*" : ""}`.replace(/\*+$/, "*");
}

/** Requests have hosts in lower case, and redirects as they are written. */
function plainHost(url: string): string {
  return url.replace(/^(https?:\/\/)[^/?#]*[A-Z][^/?#]*/, "$1*");
}

/** A value of an environment variable that is a URL, for tests. */
export function exampleUrl(name: string): string {
  return `https://${name.toLowerCase().replace(/_url$/, "").replaceAll("_", "-")}.example.com`;
}
