/** Whether the account can call the countries that flows call (geographic permissions). */
import { type CountryCode, getCountryCallingCode } from "libphonenumber-js";
import { isCountry } from "../../../flow/numbers/countries.ts";
import type { BuiltFlow } from "../../../flow/pipe/link.ts";
import type { Account } from "../account.ts";
import type { CountryPermission } from "../permissions.ts";
import { type CalledCountry, calledCountries } from "./called.ts";
import { asking, type Check, note, ok, problem } from "./check.ts";

const PLACE = "Console, Voice, Settings, Geo permissions";

/**
 * Checks that the account can call what flows call.
 * @param variables environment variables, for destinations that name one
 */
export async function checkCountries(
  account: Account,
  flows: readonly BuiltFlow[],
  variables: Readonly<Record<string, string>>,
): Promise<Check[]> {
  const called = [...calledCountries(flows, variables)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (called.length === 0) return [];
  const names = called.map(([country]) => country).join(", ");
  return asking(`whether the account can call ${names}`, PLACE, async () => {
    const permissions = await account.permissions.countries();
    const checks: Check[] = [];
    const open: string[] = [];
    for (const [country, use] of called) {
      const found = permissionFor(country, permissions);
      if (found?.isOpen) open.push(country);
      checks.push(...(await checkCountry(account, country, use, found)));
    }
    return open.length > 0 ? [ok(`The account can call ${open.join(", ")}.`), ...checks] : checks;
  });
}

/** Twilio's entry for a country, or for a larger one with its calling code: `US` serves Canada. */
function permissionFor(
  country: string,
  permissions: readonly CountryPermission[],
): CountryPermission | undefined {
  const code = isCountry(country) ? `+${getCountryCallingCode(country satisfies CountryCode)}` : "";
  return (
    permissions.find((one) => one.country === country) ??
    permissions.find(({ codes }) => codes.some((one) => one.replace(/^\+?/, "+") === code))
  );
}

async function checkCountry(
  { permissions }: Account,
  country: string,
  { flows, numbers }: CalledCountry,
  found: CountryPermission | undefined,
): Promise<Check[]> {
  if (!found) return [note(`Twilio does not list ${country} among the countries that can be called.`, PLACE)];
  if (!found.isOpen)
    return [
      problem(
        `The account cannot call ${country}, which ${[...flows].join(", ")} can call: Twilio refuses (13227, 21215).`,
        PLACE,
      ),
    ];
  const risky = found.hasTollFraud
    ? [note(`The account can call numbers in ${country} that are known for toll fraud.`, PLACE)]
    : [];
  if (found.hasSpecial || numbers.size === 0) return risky;
  const prefixes = (await permissions.specialPrefixes(found.country)).map((one) => one.replace(/^\+?/, "+"));
  const special = [...numbers].filter((number) => prefixes.some((prefix) => number.startsWith(prefix)));
  if (special.length === 0) return risky;
  const about = `The account cannot call ${special.join(", ")}, because special services in ${country} are off.`;
  return [...risky, problem(about, PLACE)];
}
