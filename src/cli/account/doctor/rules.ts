/** Twilio's rules of an account: who hears recordings, which countries can be called, whether US carriers take its texts. */
import { parsePhoneNumberFromString } from "libphonenumber-js";
import type { BuiltFlow } from "../../../flow/build.ts";
import { marksOf } from "../../../flow/model/flow.ts";
import { spelledIn } from "../../../flow/numbers/allow.ts";
import { CALLING_CODES, countriesOf, isCountry } from "../../../flow/numbers/countries.ts";
import { addressesOf } from "../../play/destination-addresses.ts";
import type { Account, AccountNumber } from "../account.ts";
import { type Check, note, ok, problem } from "./check.ts";

/** Checks whether the newest recording can be heard without credentials. */
export async function checkMedia(account: Account): Promise<Check[]> {
  const recordings = await account.recordings({}, 20);
  const done = recordings.find(({ status }) => status === "completed");
  const place = "Console, Voice, Settings, General, HTTP authentication for media access";
  if (!done)
    return [note("There is no recording to see whether recordings need the account's credentials.", place)];
  const response = await account.media(done.sid, "mp3", true);
  await response.body?.cancel();
  return [
    response.status === 401
      ? ok("Recordings need the account's credentials.")
      : note("Anybody who has a recording's URL can hear it.", place),
  ];
}

/** Names the countries that flows call: Twilio's REST contract here does not say which are allowed. */
export function checkCountries(
  flows: readonly BuiltFlow[],
  numbers: readonly AccountNumber[],
  variables: Readonly<Record<string, string>>,
): Check[] {
  const home = new Set(numbers.flatMap(({ phoneNumber }) => countryOf(phoneNumber)));
  const called = new Set(flows.flatMap((flow) => countriesIn(flow, variables)));
  const abroad = [...called].filter((country) => !home.has(country)).toSorted();
  if (abroad.length === 0) return [];
  return [
    note(
      `Flows call ${abroad.join(", ")}. The REST API does not say whether the account can call there.`,
      "Console, Voice, Settings, Geo permissions",
    ),
  ];
}

function countriesIn({ flow }: BuiltFlow, variables: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(flow.settings.destinations ?? {});
  const fixed = names.flatMap((name) => addressesOf(flow, name, variables)).flatMap(countryOf);
  const allowed = marksOf(flow).flatMap(({ mark, value }) =>
    mark === "allow" && Array.isArray(value) ? value.flatMap(allowedCountry) : [],
  );
  return [...fixed, ...allowed];
}

/** The country of an `allow` pattern: its code, or the largest with its calling code. */
function allowedCountry(pattern: unknown): string[] {
  if (typeof pattern !== "string") return [];
  if (isCountry(pattern)) return [pattern];
  const digits = pattern.startsWith("+") ? spelledIn(pattern) : "";
  const code = CALLING_CODES.find((one) => digits.startsWith(one));
  return code === undefined ? [] : countriesOf(code).slice(0, 1);
}

function countryOf(number: string): string[] {
  const country = parsePhoneNumberFromString(number)?.country;
  return country === undefined ? [] : [country];
}

/** Twilio: the sender is not registered for A2P 10DLC, or not verified as a toll-free number. */
const UNREGISTERED = [30032, 30034];

/** Checks whether US carriers have refused the account's last messages. */
export async function checkTexts(
  account: Account,
  flows: readonly BuiltFlow[],
  numbers: readonly AccountNumber[],
): Promise<Check[]> {
  const senders = numbers.filter(
    ({ canSend, phoneNumber }) => canSend && countryOf(phoneNumber).includes("US"),
  );
  const writers = flows.filter(({ program }) => JSON.stringify(program.steps).includes('"op":"send"'));
  if (senders.length === 0 || writers.length === 0) return [];
  const place = "Console, Messaging, Regulatory Compliance";
  const refused = (await account.messages({}, 100)).filter(({ errorCode }) =>
    UNREGISTERED.includes(errorCode),
  );
  const from = [...new Set(refused.map((message) => message.from))];
  if (from.length > 0)
    return [
      problem(
        `Carriers refused texts from ${from.join(", ")}, because the number is not registered (${refused[0]?.errorCode}).`,
        place,
      ),
    ];
  const names = writers.map(({ flow }) => flow.name).join(", ");
  return [
    note(
      `US carriers take texts of registered numbers only (A2P 10DLC). ${names} can send some; no carrier has refused one of the last 100. The registration itself is not in the REST API that Ringflow uses.`,
      place,
    ),
  ];
}
