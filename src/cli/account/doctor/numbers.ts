/** Whether the account's numbers point where they should. */
import type { BuiltFlow } from "../../../flow/pipe/link.ts";
import { npxRingflow } from "../../project/environment.ts";
import type { AccountNumber } from "../account.ts";
import { describeReach, messageReach, type Reach, voiceReach } from "../reach.ts";
import { type Check, note, ok, problem } from "./check.ts";

/** Checks every number that reaches the Worker, and names the others. */
export function checkNumbers(
  numbers: readonly AccountNumber[],
  url: string,
  flows: readonly BuiltFlow[],
): Check[] {
  const isOurs = (reach: Reach): boolean => reach.kind === "flow" && reach.worker === url;
  const ours = numbers.filter((one) => isOurs(voiceReach(one)) || isOurs(messageReach(one)));
  const checks = numbers.flatMap((number) =>
    ours.includes(number) ? checkOurs(number, url, flows) : checkOther(number, url),
  );
  if (ours.length > 0) return checks;
  const [number] = numbers;
  const fix = npxRingflow(
    `connect ${number?.phoneNumber ?? "<number>"} ${flows[0]?.flow.name ?? "<flow>"} --url ${url}`,
  );
  const none =
    numbers.length === 0 ? "The account has no number." : "No number of the account reaches this Worker.";
  return [...checks, problem(none, number ? fix : "Console, Phone Numbers, Buy a number")];
}

function checkOther(number: AccountNumber, url: string): Check[] {
  const reach = voiceReach(number);
  const holds = reach.kind === "application" || reach.kind === "trunk";
  if (!holds || !number.voiceUrl.startsWith(`${url}/`)) return [];
  return [
    note(
      `${number.phoneNumber} has this Worker's URL, but the ${describeReach(reach)} holds it, so the URL is ignored.`,
      "Console, Phone Numbers, Active numbers, the number, Configure with",
    ),
  ];
}

function checkOurs(number: AccountNumber, url: string, flows: readonly BuiltFlow[]): Check[] {
  const { phoneNumber } = number;
  const reach = voiceReach(number);
  if (reach.kind !== "flow" || reach.worker !== url)
    return [note(`${phoneNumber}: only messages reach this Worker; ${describeReach(reach)} answers calls.`)];
  const built = flows.find(({ flow }) => flow.name === reach.flow);
  if (!built)
    return [
      problem(
        `${phoneNumber} reaches the flow ${reach.flow}, which this project does not have.`,
        npxRingflow(`connect ${phoneNumber} <flow> --url ${url}`),
      ),
    ];
  const fix = npxRingflow(`connect ${phoneNumber} ${reach.flow} --url ${url}`);
  const wrong = wrongIn(number, built, url).map((about) => problem(about, fix));
  const open =
    number.voiceFallbackUrl === ""
      ? [
          note(
            `${phoneNumber} has no fallback if the Worker does not answer.`,
            npxRingflow(`lifeboat ${reach.flow}`),
          ),
        ]
      : [];
  return [...(wrong.length > 0 ? wrong : [ok(`${phoneNumber} reaches ${reach.flow}.`)]), ...open];
}

function wrongIn(number: AccountNumber, { program }: BuiltFlow, url: string): string[] {
  const { phoneNumber, voiceMethod, statusCallback, statusCallbackMethod } = number;
  const { flow, onHangup, onMessage } = program;
  const wrong: string[] = [];
  if (voiceMethod !== "POST")
    wrong.push(`${phoneNumber} calls the Worker by ${voiceMethod}, and not by POST.`);
  if (statusCallback !== `${url}/status/${flow}`)
    wrong.push(
      `${phoneNumber} does not report status changes to ${flow}${onHangup === undefined ? "" : ", so its onHangup never runs"}.`,
    );
  else if (statusCallbackMethod !== "POST")
    wrong.push(`${phoneNumber} reports status changes by ${statusCallbackMethod}, and not by POST.`);
  const messages = messageReach(number);
  const reaches = messages.kind === "flow" && messages.worker === url && messages.flow === flow;
  if (onMessage !== undefined && number.canSend && messages.kind !== "application" && !reaches)
    wrong.push(`Messages to ${phoneNumber} do not reach ${flow}, which has an onMessage.`);
  return wrong;
}
