/** `ringflow doctor`: looks at the Worker, its flows and the account's numbers from outside. */
import { styleText } from "node:util";
import type { BuiltFlow } from "../../../flow/pipe/link.ts";
import type { Account, AccountOptions } from "../../account/account.ts";
import { accountSidHere, webhookToken } from "../../account/credentials.ts";
import { type Check, checking, problem } from "../../account/doctor/check.ts";
import { checkCountries } from "../../account/doctor/countries.ts";
import { checkMedia } from "../../account/doctor/media.ts";
import { checkNumbers } from "../../account/doctor/numbers.ts";
import { usSenders } from "../../account/doctor/senders.ts";
import { checkTexts } from "../../account/doctor/texts.ts";
import { checkWorker } from "../../account/doctor/worker.ts";
import { openAccount } from "../../account/open.ts";
import { PATIENCE } from "../../account/patience.ts";
import { workerUrl } from "../../account/reach.ts";
import { npxRingflow } from "../../project/environment.ts";
import { FLOWS } from "../../project/files.ts";
import { buildProject } from "../../project/project.ts";
import { plural } from "../../project/report.ts";
import { deployedVariables } from "../../project/variables.ts";

/** Options of `ringflow doctor`. */
interface DoctorOptions extends AccountOptions {
  /** URL of the Worker; PUBLIC_URL if omitted. */
  url?: string;
  json?: boolean;
}

/**
 * Checks everything that can be checked from here.
 * @returns the exit code: 1 if there is a problem
 * @throws Problem if it is not known which Worker is meant
 */
export async function doctor({
  out,
  patience = PATIENCE,
  url: given,
  json = false,
}: DoctorOptions): Promise<number> {
  const url = await workerUrl(given);
  const { flows: built, diagnostics } = await buildProject();
  const flows = built.filter(({ graph }) => graph.isEntry);
  const worker = {
    url,
    token: await webhookToken(),
    accountSid: await accountSidHere(),
    patience: patience.answer,
  };
  const checks = [
    ...checkErrors(diagnostics.filter(({ severity }) => severity === "error").length),
    ...(await checking(() => checkWorker(worker, flows))),
    ...(await checking(async () => checkAccount(await openAccount(patience), url, flows, built))),
  ];
  if (json) out.write(`${JSON.stringify(checks, null, 2)}\n`);
  else for (const line of checks.flatMap((check) => linesOf(check, out))) out.write(`${line}\n`);
  const problems = checks.filter(({ state }) => state === "problem").length;
  if (!json) out.write(problems === 0 ? "\nNo problems found.\n" : `\n${plural(problems, "problem")}.\n`);
  return problems === 0 ? 0 : 1;
}

function checkErrors(errors: number): Check[] {
  if (errors === 0) return [];
  return [
    problem(
      `${plural(errors, "error")} in ${FLOWS}/, so not every flow is checked here.`,
      npxRingflow("check"),
    ),
  ];
}

async function checkAccount(
  account: Account,
  url: string,
  flows: readonly BuiltFlow[],
  all: readonly BuiltFlow[],
): Promise<Check[]> {
  const numbers = await account.numbers();
  const variables = await deployedVariables();
  const senders = usSenders(numbers, url, flows, variables);
  return [
    ...checkNumbers(numbers, url, flows),
    ...(await checking(() => checkMedia(account))),
    ...(await checking(() => checkCountries(account, all, variables))),
    ...(await checking(() => checkTexts(account, senders))),
  ];
}

const STYLES = { ok: "green", problem: "red", note: "cyan" } as const;
const WIDTH = "problem".length + 1;

function linesOf({ state, about, fix }: Check, stream: NodeJS.WritableStream): string[] {
  const label = styleText(STYLES[state], state.padEnd(WIDTH), { stream });
  const remedy = fix === undefined ? [] : [" ".repeat(WIDTH) + styleText("dim", `→ ${fix}`, { stream })];
  return [label + about, ...remedy];
}
