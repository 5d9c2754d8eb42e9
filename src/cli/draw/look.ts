/** The look of the page's diagram, as style sheets for pictures: without variables, which few programs but browsers know. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ownPath } from "../installation.ts";

/** The page's themes. */
export type Theme = "light" | "dark";

/** The style of a diagram in each theme. */
export interface Look {
  light: string;
  dark: string;
  /** The colours as the page declares them, for a page in a browser. */
  colours: string;
  /** With those. */
  diagram: string;
}

const STYLE = ownPath("src/phone/page/style", "dist/style");

/** Reads the page's style. */
export async function readLook(): Promise<Look> {
  const [base, diagram] = await Promise.all(
    ["base.css", "diagram.css"].map((name) => readFile(join(STYLE, name), "utf8")),
  );
  const colours = [...`${base}${diagram}`.matchAll(/^ {2}(--[\w-]+): ([^;]+);$/gm)].map(
    ([, name = "", value = ""]) => ({ name, value: value.replace(/\s+/g, " ") }),
  );
  const rules = (diagram ?? "").replace(/^\/\*[\s\S]*?\*\/\s*/, "").replace(/^:root \{[^}]*\}\s*/m, "");
  return {
    light: plain(rules, colours, "light"),
    dark: plain(rules, colours, "dark"),
    colours: `:root {\n  color-scheme: light dark;\n${colours.map(({ name, value }) => `  ${name}: ${value};`).join("\n")}\n}\n`,
    diagram: rules,
  };
}

function plain(rules: string, colours: readonly { name: string; value: string }[], theme: Theme): string {
  const values = new Map(colours.map(({ name, value }) => [name, themed(value, theme)]));
  return rules
    .replace(/var\((--[\w-]+)\)/g, (whole, name: string) => values.get(name) ?? whole)
    .replace(/:not\([^)]*\)/g, "");
}

/** One of the two colours of `light-dark()`. */
function themed(value: string, theme: Theme): string {
  return value.replace(/light-dark\(([^,]+), ([^)]+)\)/g, (_, light: string, dark: string) =>
    theme === "light" ? light : dark,
  );
}

/** The colour behind a diagram. */
export function paperOf({ colours }: Look, theme: Theme): string {
  return themed(/--paper: ([^;]+);/.exec(colours)?.[1] ?? "#fff", theme);
}
