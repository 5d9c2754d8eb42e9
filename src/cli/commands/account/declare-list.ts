/** The options of `ringflow dial` for a list of people. */
import { type Command, InvalidArgumentError } from "commander";
import { Problem } from "../../problem.ts";
import type { ListOptions } from "./list-options.ts";

/** Options that only a list has, as they are read. */
export type ListArguments = Partial<
  Pick<
    ListOptions,
    | "file"
    | "flow"
    | "rate"
    | "between"
    | "zone"
    | "except"
    | "journal"
    | "dryRun"
    | "queue"
    | "status"
    | "ratePerMinute"
    | "minutes"
  >
>;

/** Adds the options. */
export function withListOptions(dial: Command): Command {
  return dial
    .option("--file <csv>", "with --flow, instead of a number: call everybody on a list, each once")
    .option("--flow <flow>", "with --file: flow that the calls begin in")
    .option("--rate <calls>", "with --file: calls a second, at most; 1 if omitted", readPositive)
    .option("--between <hours>", "with --file: hours at the person called, such as 09:00-20:00")
    .option("--zone <zone>", "with --between: time zone of those whose number and row do not say it")
    .option("--except <file>", "with --file: numbers that are not called, one a line")
    .option("--journal <file>", "with --file: what was called; <csv>.<flow>.journal if omitted")
    .option("--queue", "with --file: hand the list over to the Worker's queue, which calls on its own")
    .option("--status", "with --file: show what became of a list in the queue, and call nobody")
    .option("--dry-run", "with --file: show what would happen, and call nobody")
    .option("--rate-per-minute <price>", "with --file: price of a minute, to show the cost", readPositive)
    .option("--minutes <number>", "with --rate-per-minute: minutes of a call; 1 if omitted", readPositive)
    .addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  npx ringflow dial +14155550111 reminder --from +14155550100 --set day=Monday
  npx ringflow dial --file contacts.csv --flow reminder --from +14155550100 --between 09:00-20:00
  npx ringflow dial --file contacts.csv --flow reminder --status`;

/** The options of a list, by their names as they are written. */
const OF_LIST: Readonly<Record<keyof ListArguments, string>> = {
  file: "--file",
  flow: "--flow",
  rate: "--rate",
  between: "--between",
  zone: "--zone",
  except: "--except",
  journal: "--journal",
  dryRun: "--dry-run",
  queue: "--queue",
  status: "--status",
  ratePerMinute: "--rate-per-minute",
  minutes: "--minutes",
};

/** Whether an option of a list was given. */
const isGiven = (options: ListArguments, name: string): boolean =>
  Object.entries(options).some(([one, value]) => one === name && value !== undefined);

/**
 * What is to be called: one number, or a list.
 * @throws Problem if it is neither, or both
 */
export function calleesOf(
  to: string | undefined,
  flow: string | undefined,
  options: ListArguments & { key?: string },
): { to: string; flow: string } | { file: string; flow: string } {
  const { file, flow: flowOfList, key } = options;
  const [ofList] = Object.entries(OF_LIST).filter(([name]) => isGiven(options, name));
  // Without its list, an option such as --between would be ignored, and the person called at any hour.
  if (file === undefined && to !== undefined && ofList)
    throw new Problem(`${ofList[1]} is for a list of people: name it with --file, and leave out the number.`);
  if (file === undefined && to !== undefined && flow !== undefined) return { to, flow };
  if (file === undefined || flowOfList === undefined || to !== undefined)
    throw new Problem(
      `Name a number and a flow, or a list with --file and --flow.${EXAMPLES.replace("Examples:\n", "")}`,
    );
  if (key !== undefined) throw new Problem("--key is for one call. The calls of a list have their own keys.");
  if (options.queue && options.rate !== undefined)
    throw new Problem(
      "--rate is for calls from this machine. With --queue, the Worker's CALLS_PER_MINUTE is the rate.",
    );
  return { file, flow: flowOfList };
}

function readPositive(text: string): number {
  const number = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && number > 0) return number;
  throw new InvalidArgumentError("Write a number above 0.");
}
