/** What `ringflow doctor` asks of the account's permissions and registrations. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { doctor } from "../../src/cli/commands/account/doctor.ts";
import { saying, write } from "../cli/folder.ts";
import { TOKEN, worker } from "../cli/stand-in.ts";
import { QUICK, said, withAccount } from "./support.ts";
import { hasContract, type TwilioApi } from "./twilio-api.ts";
import { addMessage, addNumber, refusal } from "./twilio-records.ts";

const LOCAL = "+14155550100";
const FREE = "+18005550100";
const SERVICE = `MG${"a".repeat(32)}`;

let api: TwilioApi;
let url: string;

beforeEach(async () => {
  vi.stubEnv("TWILIO_AUTH_TOKEN", TOKEN);
  if (!hasContract) return;
  api = await withAccount({ "flows/desk.yaml": saying("Hello.") });
  url = await worker({ "/voice/desk": () => "<Say>Hello.</Say>" });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const examined = () => said((out) => doctor({ out, url, patience: QUICK }));

/** Adds a number that reaches the flow desk; returns its SID. */
function connected(phone: string, settings: object = {}): string {
  const urls = { voice_url: `${url}/voice/desk`, status_callback: `${url}/status/desk` };
  const fallback = "https://static.example.com/desk.xml";
  return addNumber(api, phone, { ...urls, voice_fallback_url: fallback, ...settings }).sid;
}

const dialling = (to: string, head = ""): string =>
  `${head}steps:\n  reach:\n    dial: { to: ${to}, status: { else: hangup } }\n    next: hangup\n`;
const texting = (sms: string): string => `steps:\n  write:\n    sms: { ${sms} }\n    next: hangup\n`;

describe.runIf(hasContract)("the countries that flows call", () => {
  test("are open, closed, or a risk; CA has the entry of US", async () => {
    connected(LOCAL);
    api.countries.set("FR", { codes: ["+33"], low: true });
    api.countries.set("DE", { codes: ["+49"] });
    api.countries.set("US", { codes: ["+1"], low: true });
    api.countries.set("ES", { codes: ["+34"], low: true, tollFraud: true });
    const list = 'allow: [CA, ES, "+4930*"]\n';
    await write({ "flows/desk.yaml": dialling('"+33142685300"', list) });
    const { code, text } = await examined();
    expect(code).toBe(1);
    expect(text).toContain("ok      The account can call CA, ES, FR.\n");
    expect(text).toContain(
      "problem The account cannot call DE, which desk can call: Twilio refuses (13227, 21215).\n" +
        "        → Console, Voice, Settings, Geo permissions\n",
    );
    expect(text).toContain("note    The account can call numbers in ES that are known for toll fraud.");
    expect(text).toContain("1 problem.");
  });

  test("are asked on all pages, at TWILIO_API_URL and nowhere else", async () => {
    connected(LOCAL);
    for (const one of ["AA", "BB", "CC", "DD"]) api.countries.set(one, { codes: ["+999"] });
    api.countries.set("FR", { codes: ["+33"], low: true });
    await write({ "flows/desk.yaml": dialling('"+33142685300"') });
    expect((await examined()).text).toContain("ok      The account can call FR.");
    expect(api.requests.filter(({ path }) => path === "/v1/DialingPermissions/Countries")).toHaveLength(3);
  });

  test("have special numbers, which can be closed", async () => {
    connected(LOCAL);
    api.countries.set("FR", { codes: ["+33"], low: true, prefixes: ["+33899", "+33142"] });
    await write({ "flows/desk.yaml": dialling('"+33142685300"') });
    expect((await examined()).text).toContain(
      "problem The account cannot call +33142685300, because special services in FR are off.",
    );
    api.countries.set("FR", { codes: ["+33"], low: true, special: true, prefixes: ["+33142"] });
    expect((await examined()).code).toBe(0);
  });

  test("are those of environment variables and of computed destinations, and not of texts", async () => {
    connected(LOCAL);
    const head =
      'destinations:\n  madrid: { env: MADRID }\n  rome: "+390612345678"\n  paris: "+33142685300"\n  unset: { env: NOBODY }\n';
    const text = `  write:\n    sms: { to: paris, body: Hello. }\n    next: hangup\n`;
    await write({
      "wrangler.toml": '[vars]\nMADRID = "+34911234567"\n',
      "flows/desk.yaml": dialling("[madrid, unset]", head) + text,
    });
    expect((await examined()).text).toContain("Twilio does not list ES among the countries");
    await write({ "flows/desk.yaml": dialling('"{{ input.digits }}"', head) });
    const { text: all } = await examined();
    for (const country of ["ES", "FR", "IT"]) expect(all).toContain(`Twilio does not list ${country} `);
  });

  test.each([
    [
      "the API key is not permitted",
      refusal(403, 20003, "Permission denied"),
      "not allowed to (Twilio 20003)",
    ],
    ["a restricted key is not", refusal(401, 70051, "Authorization Failed"), "not allowed to (Twilio 70051)"],
    ["the API has no such path", refusal(404, 20404, "Not found"), "this API does not say (Twilio 20404)"],
  ])("are not known if %s: a note, and no problem", async (_, answer, why) => {
    connected(LOCAL);
    api.forbidden.set("/v1/DialingPermissions", answer);
    await write({ "flows/desk.yaml": dialling('"+33142685300"') });
    const { code, text } = await examined();
    expect(code).toBe(0);
    expect(text).toContain("note    Could not ask whether the account can call FR: ");
    expect(text).toContain(why);
    expect(text).toContain("→ Console, Voice, Settings, Geo permissions");
  });

  test("are a problem if Twilio is ill", async () => {
    connected(LOCAL);
    api.forbidden.set("/v1/DialingPermissions", refusal(500, 20500, "Internal Server Error"));
    await write({ "flows/desk.yaml": dialling('"+33142685300"') });
    expect((await examined()).text).toContain("problem Listing the countries failed. Twilio 20500");
  });
});

describe.runIf(hasContract)("texts to the US", () => {
  beforeEach(() => write({ "flows/desk.yaml": texting("body: Hello.") }));
  const serve = (campaigns: { status: string; mock?: boolean }[]) =>
    api.services.set(SERVICE, { senders: ["+14155550177", "+14155550178", LOCAL], campaigns });

  test("are sent from a number whose campaign is verified", async () => {
    connected(LOCAL);
    for (const digit of ["b", "c"]) api.services.set(`MG${digit.repeat(32)}`, { senders: [], campaigns: [] });
    serve([{ status: "FAILED" }, { status: "VERIFIED" }]);
    const { code, text } = await examined();
    expect(text).toContain(`ok      ${LOCAL} is registered for texts to the US (A2P 10DLC).`);
    expect(code).toBe(0);
  });

  test.each([
    [
      "has a campaign in review",
      [{ status: "IN_PROGRESS" }],
      "its campaign is IN_PROGRESS, and must be VERIFIED",
    ],
    ["has no campaign", [], "its messaging service has no campaign"],
    ["has one for tests only", [{ status: "VERIFIED", mock: true }], "its messaging service has no campaign"],
  ])("are refused if the number %s", async (_, campaigns, why) => {
    connected(LOCAL);
    serve(campaigns);
    const { code, text } = await examined();
    expect(code).toBe(1);
    expect(text).toContain(`problem US carriers refuse texts from ${LOCAL} (30034): ${why}`);
    expect(text).toContain("→ Console, Messaging, Regulatory Compliance, Campaigns");
  });

  test.each([
    [[], "Register the company first."],
    [[{ status: "APPROVED" }], "Add it to a messaging service with a campaign."],
    [[{ status: "FAILED", failure: "EIN" }], "The company's registration is FAILED (EIN)."],
  ])("are refused if the number is not registered, with the next step: brands %j", async (brands, next) => {
    connected(LOCAL);
    api.brands.push(...brands);
    const { code, text } = await examined();
    expect(code).toBe(1);
    expect(text).toContain(
      `${LOCAL} (30034), which desk can send: the number is not registered (A2P 10DLC). ${next}`,
    );
  });

  test("are refused without a registration, even if the API key cannot list the companies", async () => {
    connected(LOCAL);
    api.forbidden.set("/v1/a2p", refusal(403, 20003, "Permission denied"));
    const { code, text } = await examined();
    expect(code).toBe(1);
    expect(text).toContain("is not registered (A2P 10DLC). Register the company, and add the number to a");
  });

  test("need a verification of a toll-free number instead", async () => {
    const sid = connected(FREE);
    api.verifications.set(sid, ["IN_REVIEW"]);
    const { text } = await examined();
    expect(text).toContain(`${FREE} (30032): its toll-free verification is IN_REVIEW.`);
    expect(text).toContain("→ Console, Messaging, Regulatory Compliance, Toll-free verifications");
    expect(text).not.toContain("A2P");
    api.verifications.set(sid, ["TWILIO_REJECTED", "TWILIO_APPROVED"]);
    expect((await examined()).text).toContain(`ok      ${FREE} is verified for texts to the US (toll-free).`);
  });

  test("come from the sender that a message names", async () => {
    connected(LOCAL);
    addNumber(api, "+14155550199");
    await write({ "flows/desk.yaml": texting('from: "+14155550199", body: Hello.') });
    const { text } = await examined();
    expect(text).toContain("texts from +14155550199 (30034)");
    expect(text).not.toContain(`texts from ${LOCAL}`);
  });

  test.each([
    ["goes abroad", texting('to: "+33142685300", body: Hello.'), LOCAL, {}],
    ["goes by WhatsApp", texting('to: "whatsapp:+14155550111", body: Hello.'), LOCAL, {}],
    ["comes from abroad", texting("body: Hello."), "+33142685301", {}],
    ["is of a flow that no number reaches", texting("body: Hello."), LOCAL, { voice_url: "" }],
    [
      "comes from a number that cannot send",
      texting("body: Hello."),
      LOCAL,
      { capabilities: { voice: true, sms: false, mms: false, fax: false } },
    ],
  ])("are not asked for a text that %s", async (_, flow, phone, settings) => {
    connected(phone, settings);
    await write({ "flows/desk.yaml": flow });
    await examined();
    expect(api.requests.map(({ path }) => path)).not.toContain("/v1/Services");
  });

  test("are judged by the carriers' refusals if the API key is not permitted", async () => {
    connected(LOCAL);
    api.forbidden.set("/v1/Services", refusal(403, 20003, "Permission denied"));
    const { code, text } = await examined();
    expect(code).toBe(0);
    expect(text).toContain(
      `note    Could not ask whether ${LOCAL} can send texts to the US: these credentials`,
    );
    expect(text).toContain("note    No US carrier has refused one of the last 100 texts for that.");
    const message = { to: "+14155550111", body: "x", status: "undelivered", error_code: 30034 };
    addMessage(api, { from: LOCAL, ...message });
    const later = await examined();
    expect(later.code).toBe(1);
    expect(later.text).toContain(`problem US carriers refused texts from ${LOCAL}, because`);
  });
});
