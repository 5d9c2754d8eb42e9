/** Whether US carriers take the account's texts: A2P 10DLC for local numbers, verification for toll-free ones. */
import type { Account } from "../account.ts";
import { asking, type Check, note, ok, problem, whyNotAsked } from "./check.ts";
import { isTollFree, type UsSender } from "./senders.ts";

const REGISTRATION = "Console, Messaging, Regulatory Compliance, Onboarding";
const CAMPAIGNS = "Console, Messaging, Regulatory Compliance, Campaigns";
const TOLL_FREE = "Console, Messaging, Regulatory Compliance, Toll-free verifications";

/** Checks that the numbers that send texts to the US are registered. */
export async function checkTexts(account: Account, senders: readonly UsSender[]): Promise<Check[]> {
  const [tollFree, local] = [true, false].map((is) =>
    senders.filter(({ number }) => isTollFree(number.phoneNumber) === is),
  );
  return [
    ...(await checkSenders(account, local ?? [], REGISTRATION, checkLocal)),
    ...(await checkSenders(account, tollFree ?? [], TOLL_FREE, checkTollFree)),
  ];
}

async function checkSenders(
  account: Account,
  senders: readonly UsSender[],
  place: string,
  check: (account: Account, senders: readonly UsSender[]) => Promise<Check[]>,
): Promise<Check[]> {
  if (senders.length === 0) return [];
  const names = senders.map(({ number }) => number.phoneNumber).join(", ");
  const checks = await asking(`whether ${names} can send texts to the US`, place, () =>
    check(account, senders),
  );
  // If the registration cannot be asked, what the carriers did says it too.
  const isAsked = !checks.some(({ state }) => state === "note");
  return isAsked ? checks : [...checks, ...(await checkRefused(account, senders, place))];
}

async function checkLocal({ permissions }: Account, senders: readonly UsSender[]): Promise<Check[]> {
  const left = new Map(senders.map((sender) => [sender.number.phoneNumber, sender]));
  const checks: Check[] = [];
  // A number is a sender of one service at most.
  for (const service of await permissions.services()) {
    const found = (await permissions.senders(service)).filter((number) => left.has(number));
    if (found.length === 0) continue;
    const state = await registrationOf(permissions, service);
    for (const number of found) {
      checks.push(stateOf(number, state));
      left.delete(number);
    }
    if (left.size === 0) return checks;
  }
  return [...checks, ...unregistered([...left.values()], await brandOf(permissions))];
}

type Permissions = Account["permissions"];

/** The state of a service's campaign: a mock is as good as none. */
async function registrationOf(permissions: Permissions, service: string): Promise<string> {
  const campaigns = (await permissions.campaigns(service)).filter(({ isMock }) => !isMock);
  const states = campaigns.map(({ status }) => status);
  return states.includes("VERIFIED") ? "VERIFIED" : (states[0] ?? "");
}

function stateOf(number: string, state: string): Check {
  if (state === "VERIFIED") return ok(`${number} is registered for texts to the US (A2P 10DLC).`);
  const why =
    state === ""
      ? "its messaging service has no campaign (A2P 10DLC)"
      : `its campaign is ${state}, and must be VERIFIED (A2P 10DLC)`;
  return problem(`US carriers refuse texts from ${number} (30034): ${why}.`, CAMPAIGNS);
}

async function brandOf(permissions: Permissions): Promise<string> {
  const brands = await permissions.brands().catch(allowed);
  if (!brands) return "Register the company, and add the number to a messaging service with a campaign";
  if (brands.length === 0) return "Register the company first";
  if (brands.some(({ status }) => status === "APPROVED"))
    return "Add it to a messaging service with a campaign";
  const [{ status = "", failure = "" } = {}] = brands;
  return `The company's registration is ${status}${failure === "" ? "" : ` (${failure})`}`;
}

// A key that can list services is not always one that can list brands. Without them, only the next step is not known.
function allowed(error: unknown): undefined {
  if (whyNotAsked(error) === undefined) throw error;
}

function unregistered(senders: readonly UsSender[], brand: string): Check[] {
  return senders.map(({ number, flows }) =>
    problem(
      `US carriers refuse texts from ${number.phoneNumber} (30034), which ${flows.join(", ")} can send: the number is not registered (A2P 10DLC). ${brand}.`,
      REGISTRATION,
    ),
  );
}

async function checkTollFree({ permissions }: Account, senders: readonly UsSender[]): Promise<Check[]> {
  const checks: Check[] = [];
  for (const { number } of senders) {
    const states = await permissions.tollFree(number.sid);
    checks.push(
      states.includes("TWILIO_APPROVED")
        ? ok(`${number.phoneNumber} is verified for texts to the US (toll-free).`)
        : problem(
            `US carriers refuse texts from ${number.phoneNumber} (30032): its toll-free verification is ${states[0] ?? "not requested"}.`,
            TOLL_FREE,
          ),
    );
  }
  return checks;
}

/** Twilio: the sender is not verified as a toll-free number, or not registered for A2P 10DLC. */
const UNREGISTERED = [30032, 30034];

async function checkRefused(account: Account, senders: readonly UsSender[], place: string): Promise<Check[]> {
  const ours = new Set(senders.map(({ number }) => number.phoneNumber));
  const refused = (await account.messages({}, 100)).filter(
    ({ errorCode, from }) => UNREGISTERED.includes(errorCode) && ours.has(from),
  );
  const from = [...new Set(refused.map((message) => message.from))].join(", ");
  if (refused.length === 0)
    return [note("No US carrier has refused one of the last 100 texts for that.", place)];
  const about = `US carriers refused texts from ${from}, because the number is not registered (${refused[0]?.errorCode}).`;
  return [problem(about, place)];
}
