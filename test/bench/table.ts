/** Figures as a table, with their bounds and whether they hold. */
import { styleText } from "node:util";
import { type Bound, type Figure, holds } from "./figure.ts";

const NAME_WIDTH = 42;
const VALUE_WIDTH = 12;
const UNIT_WIDTH = 12;

/** A measurement's title and a line for each of its figures. */
export function table(title: string, figures: readonly Figure[]): string {
  return [styleText("bold", title), ...figures.map(line), ""].join("\n");
}

function line(figure: Figure): string {
  const { name, value, unit, bound } = figure;
  const columns = [name.padEnd(NAME_WIDTH), shown(value).padStart(VALUE_WIDTH), unit.padEnd(UNIT_WIDTH)];
  return `  ${columns.join(" ")}${bound ? verdict(figure, bound) : ""}`.trimEnd();
}

function verdict(figure: Figure, bound: Bound): string {
  const kept = holds(figure);
  const mark = styleText(kept ? "green" : "red", kept ? "✓" : "✗");
  return `${mark} ${boundText(bound)}`;
}

/** A bound in words. */
export function boundText(bound: Bound): string {
  return "atLeast" in bound ? `at least ${shown(bound.atLeast)}` : `at most ${shown(bound.atMost)}`;
}

/** A figure with three significant digits; more would only show noise. */
export function shown(value: number): string {
  if (value === 0) return "0";
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const rounded = decimals === 0 ? Math.round(value) : Number(value.toFixed(Math.min(decimals, 3)));
  return rounded.toLocaleString("en", { maximumFractionDigits: 3 });
}
