/** Where a number's calls and messages go. */
import { Problem } from "../problem.ts";
import { npxRingflow, varsTable } from "../project/environment.ts";
import { workerVariables } from "../project/variables.ts";
import type { Account, AccountNumber } from "./account.ts";

/** What answers a number: a flow of a Ringflow Worker, another server, what holds the number, or nothing. */
export type Reach =
  | { kind: "flow"; flow: string; worker: string }
  | { kind: "server"; url: string }
  | { kind: "application"; sid: string }
  | { kind: "trunk"; sid: string }
  | { kind: "nothing" };

/** What answers calls. A trunk overrules an application, and that the URLs. */
export function voiceReach({ trunkSid, voiceApplicationSid, voiceUrl }: AccountNumber): Reach {
  if (trunkSid !== "") return { kind: "trunk", sid: trunkSid };
  return reachOf("voice", voiceApplicationSid, voiceUrl);
}

/** What answers messages. */
export function messageReach({ smsApplicationSid, smsUrl }: AccountNumber): Reach {
  return reachOf("sms", smsApplicationSid, smsUrl);
}

function reachOf(road: "voice" | "sms", application: string, url: string): Reach {
  if (application !== "") return { kind: "application", sid: application };
  if (url === "") return { kind: "nothing" };
  // Twilio's connection overrides are in the fragment.
  const [, worker, flow] = new RegExp(`^(https?://.+)/${road}/([\\w.-]+)(?:[?#].*)?$`).exec(url) ?? [];
  return worker !== undefined && flow !== undefined
    ? { kind: "flow", flow, worker: shown(worker) }
    : { kind: "server", url: shown(url) };
}

/** A URL to look at: passwords are hidden, and so are queries, which can hold keys. */
export function shown(url: string): string {
  return url.replace(/\/\/[^/?#]*@/, "//***@").replace(/\?[^#]*/, "?…");
}

/** What answers, in words. */
export function describeReach(reach: Reach): string {
  switch (reach.kind) {
    case "flow":
      return `${reach.flow} at ${reach.worker}`;
    case "server":
      return reach.url.startsWith("https://demo.twilio.com/")
        ? "Twilio's demo"
        : `another server: ${reach.url}`;
    case "application":
      return `application ${reach.sid}`;
    case "trunk":
      return `trunk ${reach.sid}`;
    case "nothing":
      return "nothing";
  }
}

/**
 * The URL of the Worker, without a slash at its end: the given one, or PUBLIC_URL.
 * @throws Problem if it is not one that Twilio can call
 */
export async function workerUrl(given: string | undefined): Promise<string> {
  const { PUBLIC_URL = "" } = await workerVariables();
  const url = (given ?? PUBLIC_URL).replace(/\/+$/, "");
  if (url === "")
    throw new Problem(
      `Name the Worker with --url https://…, or set PUBLIC_URL in wrangler.toml under ${varsTable()}.`,
    );
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Problem(`"${shown(url)}" is not a URL such as https://ringflow.example.com.`);
  const { username, password, search, hash } = new URL(url);
  if (username + password + search + hash !== "")
    throw new Problem("The Worker's URL has neither a user, a query nor a fragment.");
  return url;
}

/**
 * Finds a number of the account. Spaces and punctuation do not count.
 * @throws Problem if the account does not have it
 */
export async function findNumber(account: Account, typed: string): Promise<AccountNumber> {
  const wanted = typed.replace(/[\s().-]/g, "");
  if (!/^\+[1-9]\d{4,14}$/.test(wanted))
    throw new Problem(
      `Write the number with a plus and its country code, such as +14155550100, not "${typed}".`,
    );
  // Twilio's filter also finds longer numbers.
  const number = (await account.numbers(wanted)).find(({ phoneNumber }) => phoneNumber === wanted);
  if (number) return number;
  throw new Problem(
    `The account ${account.sid} does not have ${wanted}. List its numbers: ${npxRingflow("numbers")}`,
  );
}
