/** `node test/soak/record.ts` writes the recorded runs of chaos, soak and capacity into docs/scale.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const PATH = "docs/scale.md";
const NAMES = ["chaos", "soak", "capacity"] as const;

/** docs/scale.md with the tables of the recorded runs in their places. */
export function scalePage(page: string): string {
  return NAMES.reduce((text, name) => {
    const run: unknown = JSON.parse(readFileSync(`test/soak/runs/${name}.json`, "utf8"));
    const table = ["| figure | value |", "| --- | --: |", ...rows("", run)].join("\n");
    const place = new RegExp(`(<!-- ${name} -->\\n).*?(<!-- end -->)`, "s");
    return text.replace(place, (_, begin: string, end: string) => `${begin}${table}\n${end}`);
  }, page);
}

function rows(name: string, value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [`| ${name} | ${shown(value)} |`];
  const entries = Object.entries(value);
  if (entries.length === 0) return [`| ${name} | none |`];
  return entries.flatMap(([key, one]) => rows(name === "" ? key : `${name}: ${key}`, one));
}

function shown(value: unknown): string {
  return typeof value === "number" ? value.toLocaleString("en-US") : String(value);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(PATH, scalePage(readFileSync(PATH, "utf8")));
}
