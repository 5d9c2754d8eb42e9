/**
 * The stand-in's part of voice.twilio.com and messaging.twilio.com: dialing permissions, A2P 10DLC, toll-free
 * verifications. Their paths, parameters and fields are those of Twilio's SDK; what is not there is refused.
 */
import { type Refusal, refusal } from "./twilio-records.ts";

/** A country, closed unless it says so. */
export interface CountryRecord {
  codes: string[];
  low?: boolean;
  special?: boolean;
  tollFraud?: boolean;
  /** What special numbers begin with. */
  prefixes?: string[];
}

/** What the account can do. */
export interface PermissionRecords {
  countries: Map<string, CountryRecord>;
  /** Messaging services by SID. */
  services: Map<string, { senders: string[]; campaigns: { status: string; mock?: boolean }[] }>;
  brands: { status: string; failure?: string }[];
  /** The states of toll-free verifications by a number's SID. */
  verifications: Map<string, string[]>;
  /** How requests to paths that begin so are refused, as for an API key without the permission. */
  forbidden: Map<string, Refusal>;
}

/** An account that can do nothing. */
export function newPermissions(): PermissionRecords {
  return {
    countries: new Map(),
    services: new Map(),
    brands: [],
    verifications: new Map(),
    forbidden: new Map(),
  };
}

type Values = Readonly<Record<string, string | string[]>>;
type Listing = (records: PermissionRecords, id: string, values: Values) => object[] | undefined;

/** A list: its path after the version, its host, the key of its page, its filters, and what is in it. */
interface Route {
  path: RegExp;
  host: string;
  key: string;
  filters?: string[];
  list: Listing;
}

const ROUTES: readonly Route[] = [
  {
    path: /^DialingPermissions\/Countries$/,
    host: "voice",
    key: "content",
    filters: ["IsoCode", "Continent", "CountryCode", "LowRiskNumbersEnabled"],
    list: ({ countries }) => [...countries].map(([iso, country]) => countryOf(iso, country)),
  },
  {
    path: /^DialingPermissions\/Countries\/([A-Z]{2})\/HighRiskSpecialPrefixes$/,
    host: "voice",
    key: "content",
    list: ({ countries }, iso) => countries.get(iso)?.prefixes?.map((prefix) => ({ prefix })) ?? [],
  },
  {
    path: /^Services$/,
    host: "messaging",
    key: "services",
    list: ({ services }) => [...services.keys()].map((sid) => ({ sid, friendly_name: sid })),
  },
  {
    path: /^Services\/(MG[0-9a-f]{32})\/PhoneNumbers$/,
    host: "messaging",
    key: "phone_numbers",
    list: ({ services }, sid) => services.get(sid)?.senders.map((phone_number) => ({ phone_number })),
  },
  {
    path: /^Services\/(MG[0-9a-f]{32})\/Compliance\/Usa2p$/,
    host: "messaging",
    key: "compliance",
    list: ({ services }, sid) =>
      services.get(sid)?.campaigns.map(({ status, mock = false }) => ({ campaign_status: status, mock })),
  },
  {
    path: /^a2p\/BrandRegistrations$/,
    host: "messaging",
    key: "data",
    list: ({ brands }) => brands.map(({ status, failure }) => ({ status, failure_reason: failure ?? null })),
  },
  {
    path: /^Tollfree\/Verifications$/,
    host: "messaging",
    key: "verifications",
    filters: ["TollfreePhoneNumberSid", "Status", "IncludeSubAccounts", "ExternalReferenceId"],
    list: ({ verifications }, _, { TollfreePhoneNumberSid }) =>
      (verifications.get(String(TollfreePhoneNumberSid)) ?? []).map((status) => ({ status })),
  },
];

function countryOf(iso: string, { codes, low = false, special = false, tollFraud = false }: CountryRecord) {
  return {
    iso_code: iso,
    name: iso,
    country_codes: codes,
    low_risk_numbers_enabled: low,
    high_risk_special_numbers_enabled: special,
    high_risk_tollfraud_numbers_enabled: tollFraud,
  };
}

/** The answer to a request such as `GET /v1/Services`. */
export function permissionAnswer(
  records: PermissionRecords,
  asked: string,
  values: Values,
): { status: number; body: object } {
  const [method = "", path = ""] = asked.split(" ");
  for (const [start, refused] of records.forbidden) if (path.startsWith(start)) return refused;
  const rest = path.slice("/v1/".length);
  const route = ROUTES.find((one) => one.path.test(rest));
  const all = route?.list(records, route.path.exec(rest)?.[1] ?? "", values);
  if (!route || !all) return refusal(404, 20404, `The requested resource ${path} was not found`);
  if (method !== "GET") return refusal(405, 20004, "Method not allowed");
  const known = ["Page", "PageSize", "PageToken", ...(route.filters ?? [])];
  const wrong = Object.keys(values).find((name) => !known.includes(name));
  if (wrong !== undefined) return refusal(400, 20001, `Invalid parameter ${wrong}`);
  return pageOf(route, path, all, values);
}

/** A page of at most two, as if the account had many. Pages name each other by the product's own host. */
function pageOf({ host, key }: Route, path: string, all: readonly object[], values: Values) {
  const [page, asked] = [Number(values.Page ?? 0), Number(values.PageSize ?? 50)];
  if (!(asked >= 1 && asked <= 1000)) return refusal(400, 20001, "Page size must be from 1 to 1000");
  const size = Math.min(asked, 2);
  const { PageToken: _, ...others } = values;
  const url = (to: number): string =>
    `https://${host}.twilio.com${path}?${new URLSearchParams({ ...texts(others), Page: `${to}`, PageToken: `P${to}` })}`;
  const isLast = (page + 1) * size >= all.length;
  const meta = {
    key,
    page,
    page_size: size,
    url: url(page),
    first_page_url: url(0),
    next_page_url: isLast ? null : url(page + 1),
    previous_page_url: page > 0 ? url(page - 1) : null,
  };
  return { status: 200, body: { meta, [key]: all.slice(page * size, (page + 1) * size) } };
}

function texts(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
