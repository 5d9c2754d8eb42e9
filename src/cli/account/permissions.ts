/** What Twilio and the carriers let an account do: countries that it can call, and registrations of its senders. */
import type Twilio from "twilio/lib/rest/Twilio.js";
import { trying } from "./refused.ts";

/** Which numbers of a country the account can call. */
export interface CountryPermission {
  /** ISO 3166-1 code, such as `US`, whose entry serves Canada too. */
  country: string;
  /** Calling codes, each with a plus. */
  codes: readonly string[];
  isOpen: boolean;
  /** Premium numbers, shared cost and other special services. */
  hasSpecial: boolean;
  /** Ranges that are known for toll fraud. */
  hasTollFraud: boolean;
}

/** A campaign of A2P 10DLC: the registration of what a messaging service sends to the US. */
interface Campaign {
  /** `VERIFIED`, `FAILED`, `IN_PROGRESS`, or another of Twilio's. */
  status: string;
  /** A mock is for tests: carriers do not know it. */
  isMock: boolean;
}

/** A company that is registered for A2P 10DLC. */
interface Brand {
  status: string;
  failure: string;
}

/** Asks what the account can do. Each call throws Refused, in a sentence. */
export interface Permissions {
  countries(): Promise<CountryPermission[]>;
  /** What a country's special numbers begin with. */
  specialPrefixes(country: string): Promise<string[]>;
  /** The SIDs of the messaging services. */
  services(): Promise<string[]>;
  /** The numbers that a messaging service sends from. */
  senders(service: string): Promise<string[]>;
  campaigns(service: string): Promise<Campaign[]>;
  brands(): Promise<Brand[]>;
  /** The states of a toll-free number's verifications, the newest first. */
  tollFree(numberSid: string): Promise<string[]>;
}

const ALL = { pageSize: 1000 };

/** The permissions of the account that the SDK's client has. */
export function permissionsOf({ voice, messaging }: Twilio): Permissions {
  const { services, brandRegistrations, tollfreeVerifications } = messaging.v1;
  const { countries } = voice.v1.dialingPermissions;
  return {
    countries: () =>
      trying("Listing the countries", async () =>
        (await countries.list(ALL)).map((one) => ({
          country: one.isoCode,
          codes: one.countryCodes,
          isOpen: one.lowRiskNumbersEnabled,
          hasSpecial: one.highRiskSpecialNumbersEnabled,
          hasTollFraud: one.highRiskTollfraudNumbersEnabled,
        })),
      ),
    specialPrefixes: (country) =>
      trying(`Listing the special numbers of ${country}`, async () =>
        (await countries(country).highriskSpecialPrefixes.list(ALL)).map(({ prefix }) => prefix),
      ),
    services: () =>
      trying("Listing the messaging services", async () => (await services.list(ALL)).map(({ sid }) => sid)),
    senders: (service) =>
      trying(`Listing the senders of ${service}`, async () =>
        (await services(service).phoneNumbers.list(ALL)).map(({ phoneNumber }) => phoneNumber),
      ),
    campaigns: (service) =>
      trying(`Listing the campaigns of ${service}`, async () =>
        (await services(service).usAppToPerson.list(ALL)).map(({ campaignStatus, mock }) => ({
          status: campaignStatus,
          isMock: mock,
        })),
      ),
    brands: () =>
      trying("Listing the brands", async () =>
        (await brandRegistrations.list(ALL)).map(({ status, failureReason }) => ({
          status,
          failure: failureReason ?? "",
        })),
      ),
    tollFree: (tollfreePhoneNumberSid) =>
      trying("Listing the toll-free verifications", async () =>
        (await tollfreeVerifications.list({ tollfreePhoneNumberSid, ...ALL })).map(({ status }) => status),
      ),
  };
}
