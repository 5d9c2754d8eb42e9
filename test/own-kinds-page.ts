/** The files of docs/own-kinds.md: a project with a step kind and a function of its own. */
import { readFileSync } from "node:fs";

/** Texts by path: the page's blocks that begin with a comment that is a path. */
export function pageFiles(): Record<string, string> {
  const page = readFileSync("docs/own-kinds.md", "utf8");
  const blocks = page.matchAll(/```\w+\n(?:\/\/|#) (\S+\.(?:ts|yaml))\n(.*?)```/gs);
  return Object.fromEntries([...blocks].map(([, path = "", text = ""]) => [path, text]));
}
