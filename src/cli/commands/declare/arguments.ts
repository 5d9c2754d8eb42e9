/** Readers of what is written after an option. Each throws an InvalidArgumentError that says what to write. */
import { InvalidArgumentError } from "commander";

/** A port. */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port must be an integer from 1 to 65535.");
}

/** A share of callers in percent, above 0 and below 100. */
export function readPercent(text: string): number {
  const percent = Number(text.replace(/%$/, ""));
  if (percent > 0 && percent < 100) return percent;
  throw new InvalidArgumentError("Write a percentage between 0 and 100, such as 10%.");
}

/** A share in percent, from 0 to 100. */
export function readShare(text: string): number {
  const percent = Number(text.replace(/%$/, "") || Number.NaN);
  if (percent >= 0 && percent <= 100) return percent;
  throw new InvalidArgumentError("Write a percentage from 0 to 100, such as 80.");
}

/** A whole number from 1. */
export function readCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1) return count;
  throw new InvalidArgumentError("Write a whole number, such as 1000.");
}

/** A number of days, from 1 to 366. */
export function readDays(text: string): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= 366) return days;
  throw new InvalidArgumentError("Write a number of days from 1 to 366.");
}

/** A parameter as `name=value`, added to those before it. */
export function readParameter(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("Write a name and a value, such as dept=sales.");
  return { ...before, [name]: value };
}
