/** `ringflow connect`: makes a flow answer a number. */
import type { BuiltFlow } from "../../../flow/pipe/link.ts";
import type { Account, AccountNumber, AccountOptions } from "../../account/account.ts";
import { type Asking, agreed } from "../../account/agree.ts";
import { openAccount } from "../../account/open.ts";
import { describeReach, findNumber, messageReach, voiceReach, workerUrl } from "../../account/reach.ts";
import { differing, noteReplaced, REPLACED, type Some } from "../../account/replaced.ts";
import { Problem } from "../../problem.ts";
import { npxRingflow } from "../../project/environment.ts";
import { buildProject } from "../../project/project.ts";
import { changes, refuseChanged } from "./changes.ts";

/** Options of `ringflow connect`. */
interface ConnectOptions extends AccountOptions, Asking {
  /** URL of the Worker; PUBLIC_URL if omitted. */
  url?: string;
  /** What answers if the Worker does not. */
  fallback?: string;
}

/**
 * Points a number at a flow.
 * @returns the exit code: 1 if the person who was asked said no
 * @throws Problem if there is no such number or flow, or if something else holds the number
 */
export async function connect(typed: string, name: string, options: ConnectOptions): Promise<number> {
  const { out } = options;
  const [flow, url] = [await flowNamed(name), await workerUrl(options.url)];
  const account = await openAccount(options.patience);
  refuseUnreachable(account, url);
  const number = await findNumber(account, typed);
  refuseHeld(number);
  const { wanted, remarks } = settingsFor(number, flow, url, options.fallback);
  for (const remark of remarks) out.write(`${remark}\n`);
  if (differing(number, wanted).length === 0) {
    out.write(`${number.phoneNumber} is connected to ${name} already.\n`);
    return 0;
  }
  await refuseSilent(url);
  for (const line of changes(number, wanted, out)) out.write(`${line}\n`);
  if (!(await agreed(`Change ${number.phoneNumber}?`, options))) return 1;
  await change(account, number, wanted);
  out.write(
    `${number.phoneNumber} reaches ${name}. Undo it with: ${npxRingflow(`disconnect ${number.phoneNumber}`)}\n`,
  );
  return 0;
}

async function flowNamed(name: string): Promise<BuiltFlow> {
  const { flows } = await buildProject();
  const entries = flows.filter(({ graph }) => graph.isEntry);
  const found = entries.find(({ flow }) => flow.name === name);
  if (found) return found;
  const names = entries.map(({ flow }) => flow.name).join(", ");
  throw new Problem(`No flow "${name}" without errors that a number can reach. There are: ${names}.`);
}

function refuseUnreachable({ isLocal }: Account, url: string): void {
  if (url.startsWith("https://") || isLocal) return;
  throw new Problem(
    "Calls need https: name the deployed Worker, such as --url https://ringflow.example.com.",
  );
}

function refuseHeld(number: AccountNumber): void {
  const reach = voiceReach(number);
  if (reach.kind !== "application" && reach.kind !== "trunk") return;
  throw new Problem(
    `${number.phoneNumber} is held by the ${describeReach(reach)}, so Twilio ignores the number's own URLs. ` +
      "Release it first: Console, Phone Numbers, Active numbers, the number, *Configure with*.",
  );
}

async function refuseSilent(url: string): Promise<void> {
  const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(10_000) }).catch(
    () => undefined,
  );
  if (response?.ok) return;
  throw new Problem(
    `No Worker answers at ${url}, so callers would hear nothing of it. Deploy it first: ${npxRingflow("deploy")}`,
  );
}

function settingsFor(
  number: AccountNumber,
  { program }: BuiltFlow,
  url: string,
  fallback: string | undefined,
): { wanted: Some; remarks: string[] } {
  const { flow, onMessage } = program;
  const why = onMessage === undefined ? "" : whyNoMessages(number);
  const wanted = {
    voiceUrl: `${url}/voice/${flow}`,
    voiceMethod: "POST",
    statusCallback: `${url}/status/${flow}`,
    statusCallbackMethod: "POST",
    // A document on a static host is read by GET.
    ...(fallback !== undefined && { voiceFallbackUrl: fallbackUrl(fallback), voiceFallbackMethod: "GET" }),
    ...(onMessage !== undefined && why === "" && { smsUrl: `${url}/sms/${flow}`, smsMethod: "POST" }),
  };
  const hasFallback = fallback !== undefined || number.voiceFallbackUrl !== "";
  const remarks = [
    ...(why === "" ? [] : [`Messages do not reach ${flow}: ${why}.`]),
    ...(hasFallback
      ? []
      : [`No fallback: \`npx ringflow lifeboat ${flow}\` writes one, and --fallback <url> sets it.`]),
  ];
  return { wanted, remarks };
}

function whyNoMessages(number: AccountNumber): string {
  const reach = messageReach(number);
  if (reach.kind === "application") return `the ${describeReach(reach)} holds the number's messages`;
  return number.canSend ? "" : `${number.phoneNumber} cannot get messages`;
}

function fallbackUrl(text: string): string {
  if (URL.canParse(text) && new URL(text).protocol === "https:") return text;
  throw new Problem("--fallback needs a URL that begins with https://.");
}

/** Writes the note first: a note without its change is harmless. */
async function change(account: Account, before: AccountNumber, wanted: Some): Promise<void> {
  await refuseChanged(account, before, wanted);
  await noteReplaced(before, wanted);
  const after = await account.setNumber(before.sid, wanted);
  if (differing(after, wanted).length === 0) return;
  throw new Problem(
    `Twilio did not take every setting of ${before.phoneNumber}. ${REPLACED} has what was there.`,
  );
}
