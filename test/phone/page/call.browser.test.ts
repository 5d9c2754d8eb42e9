/** Whole calls in a browser. Needs a Chromium. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { CHROMIUM, call, type PhonePage, type Stage, setStage } from "./browser.ts";
import { DESK, HOLD, MEMBERS, PIN, SIDES } from "./flows.ts";

let stage: Stage;
let opened: PhonePage;
let page: Page;

const button = (name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
const phone = () => page.getByRole("region", { name: "The caller's phone" });
const second = () => page.getByRole("region", { name: "The called phone" });
const hears = (text: string) => phone().locator(".line", { hasText: text }).last().waitFor();
const isOver = (why: string) => phone().getByText(why).waitFor();

describe.skipIf(CHROMIUM === undefined)("A call in a browser", { timeout: PATIENCE }, () => {
  beforeAll(async () => {
    stage = await setStage({
      "flows/desk.yaml": DESK,
      "flows/hold.yaml": HOLD,
      "flows/members.yaml": MEMBERS,
      "flows/pin.yaml": PIN,
      "flows/sides.yaml": SIDES,
    });
  }, PATIENCE);
  afterAll(() => stage.close());

  const begin = async (flow = "desk"): Promise<void> => {
    opened = await stage.open();
    page = opened.page;
    await call(page, flow);
    // A key that is pressed before the phone asks for one is lost, as on any phone.
    if (flow === "desk") await page.getByText(/\d s left/).waitFor();
  };
  const end = async (): Promise<void> => {
    expect(opened.errors).toEqual([]);
    await page.context().close();
  };

  test("by clicks: a wrong key, a message, goodbye", async () => {
    await begin();
    await hears("press 1 or say Ada");
    await button("9").click();
    await hears("That is no choice.");
    await button("2").click();
    await hears("Speak after the tone.");
    await page.getByLabel("Seconds").fill("7");
    await button("Leave it").click();
    await hears("Goodbye.");
    await isOver("the flow hung up");
    await end();
  });

  test("by keyboard alone", async () => {
    opened = await stage.open();
    page = opened.page;
    await page.getByLabel("Pace").focus();
    await page.keyboard.press("End");
    await button("Call").focus();
    await page.keyboard.press("Enter");
    await hears("press 1 or say Ada");
    await page.keyboard.press("1");
    // Whoever called is taken along to the phone that rings, and from there to wherever the call goes.
    const side = () => page.evaluate(() => document.activeElement?.getAttribute("data-side"));
    await expect.poll(side).toBe("callee");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await second().getByText("Press 1 to take it").waitFor();
    await page.keyboard.press("1");
    await second().getByText("Connected").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Hang up");
    await page.keyboard.press("Enter");
    await isOver("the flow hung up");
    await expect.poll(side).toBe("caller");
    await end();
  });

  test("by typed speech", async () => {
    await begin();
    await page.getByLabel("What you say").fill("ada, please");
    await page.keyboard.press("Enter");
    await second().waitFor();
    await button("Nobody answers").click();
    await hears("Ada does not answer.");
    await isOver("the flow hung up");
    await end();
  });

  test("by several typed answers, of which the next is typed where the last one was", async () => {
    await begin();
    const words = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    await page.getByLabel("What you say").fill("nonsense");
    await page.keyboard.press("Enter");
    await hears("That is no choice.");
    await page.getByText(/\d s left/).waitFor();
    expect(await words()).toBe("What you say");
    await page.keyboard.type("ada");
    await page.keyboard.press("Enter");
    await second().waitFor();
    await end();
  });

  test("by words that are typed while a prompt is heard, and by keys where nobody types", async () => {
    opened = await stage.open();
    page = opened.page;
    await page.locator("form.setup select").selectOption("desk");
    await button("Call").click();
    await button("Skip").click();
    await phone().getByText("You may answer already").waitFor();
    await page.getByLabel("What you say").focus();
    await page.keyboard.type("non");
    await button("Skip").dispatchEvent("click");
    await page.getByText("the clock waits for you").waitFor();
    await page.keyboard.type("sense");
    expect(await page.getByLabel("What you say").inputValue()).toBe("nonsense");
    await button("9").click();
    await hears("That is no choice.");
    await button("Skip").click();
    await button("Skip").click();
    await page.getByText(/\d s left/).waitFor();
    expect(await page.getByLabel("What you say").inputValue()).toBe("");
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("INPUT");
    await end();
  });

  test("by silence, which is counted and can be skipped", async () => {
    await begin();
    await phone()
      .getByText(/\d s left/)
      .waitFor();
    await button("Say nothing").click();
    await hears("says nothing");
    await button("Say nothing").click();
    await hears("Goodbye.");
    await end();
  });

  test("and a key cuts a prompt that is being heard", async () => {
    opened = await stage.open();
    page = opened.page;
    await page.locator("form.setup select").selectOption("desk");
    await button("Call").click();
    await button("Skip").click();
    await phone().getByText("You may answer already").waitFor();
    await page.keyboard.press("1");
    await second().waitFor();
    await end();
  });

  test("until the caller hangs up, whatever goes on", async () => {
    await begin();
    await page.keyboard.press("1");
    await second().waitFor();
    await phone().getByRole("button", { name: "Hang up" }).click();
    await isOver("the caller hung up");
    await expect.poll(() => second().count()).toBe(0);
    await end();
  });

  test("and a phone that rings takes the focus of nobody who works elsewhere", async () => {
    await begin();
    await page.getByRole("tab", { name: "Wire" }).focus();
    await page.keyboard.press("1");
    await second().waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("tab-wire");
    await end();
  });

  test("where the called phone is busy", async () => {
    await begin();
    await page.keyboard.press("1");
    await button("Busy").click();
    await hears("Ada is talking to somebody else.");
    await end();
  });

  test("where there is room for the called phone, and for the wire beside it", async () => {
    opened = await stage.open({ width: 1024, height: 768 });
    page = opened.page;
    await call(page, "desk");
    await page.getByText(/\d s left/).waitFor();
    await page.keyboard.press("1");
    await second().waitFor();
    const wire = await page.getByRole("region", { name: "Beside the call" }).boundingBox();
    expect(wire?.width).toBeGreaterThan(300);
    expect((wire?.x ?? 0) + (wire?.width ?? 0)).toBeLessThanOrEqual(1024);
    await end();
  });

  test("where it is picked up and refuses", async () => {
    await begin();
    await page.keyboard.press("1");
    await button("Answer").click();
    await second().getByText("Press 1 to take it").waitFor();
    await second().getByRole("button", { name: "Refuse" }).click();
    await hears("Ada does not answer.");
    await end();
  });

  test("through a queue, where time passes and somebody answers", async () => {
    await begin("hold");
    await phone().getByText("Waiting in the queue").waitFor();
    await button("A minute passes").click();
    await button("Somebody answers").click();
    await second().getByRole("button", { name: "Hang up" }).click();
    await isOver("the flow hung up");
    await end();
  });

  test("shows its way in the diagram, and every webhook on the wire", async () => {
    await begin();
    await page.keyboard.press("2");
    const step = (name: string) => page.locator(`[data-node="${name}"]`);
    await expect.poll(() => step("message").getAttribute("class")).toContain("is-at");
    expect(await step("greet").getAttribute("class")).toContain("is-taken");
    expect(await step("ring").getAttribute("class")).not.toContain("is-taken");
    const wire = page.getByRole("tabpanel").locator("details");
    expect(await wire.count()).toBe(2);
    expect(await wire.first().textContent()).toMatch(/\/voice\/desk\/.*Digits.*2.*<Record/s);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await button("Copy the TwiML").first().click();
    await page.getByText("Copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^<\?xml.*\n<Response>\n {2}<Say.*\?t=[\w-]{50}/s);
    await end();
  });

  test("opens a part in place, leaves it again, and shows nothing of what is secret", async () => {
    await begin("members");
    const open = page.getByRole("navigation", { name: "Open flows" });
    await open.getByText("pin").waitFor();
    await phone()
      .getByText(/\d s left/)
      .waitFor();
    await page.keyboard.type("4711");
    await hears("Welcome and goodbye.");
    await open.waitFor({ state: "detached" });
    await page.getByRole("tab", { name: "Variables" }).click();
    await page.getByRole("tabpanel").getByText("•••").first().waitFor();
    await page.getByRole("tab", { name: "Wire" }).click();
    await button("Replay and compare").click();
    await page.getByText("The same, word for word").waitFor();
    expect(await page.locator("body").textContent()).not.toContain("4711");
    await page.getByText("keep calls with made-up ones").waitFor();
    await end();
  });

  test("shows what runs beside it, and leaves the caller where the call is", async () => {
    await begin("sides");
    await button("Answer").click();
    await second().locator(".line", { hasText: "Press 1 to take it" }).waitFor();
    await page.locator('.step.is-beside.is-at[data-node="who"]').waitFor();
    expect(await page.locator(".step.is-at:not(.is-beside)").getAttribute("data-node")).toBe("ring");
    await second().getByRole("button", { name: /^1/ }).click();
    await page.getByRole("tabpanel").getByText("sets wish to taken").waitFor();
    await second().getByText("Connected").waitFor();
    await second().getByRole("button", { name: "Hang up" }).click();
    await hears("More?");
    await page.getByRole("tab", { name: "Variables" }).click();
    await page.getByText("nothing before ring").waitFor();
    await phone().getByRole("button", { name: "Hang up" }).click();
    await hears("would text +14155550177: “Gave up: taken”");
    await page.getByRole("tab", { name: "Wire" }).click();
    await page.getByRole("tabpanel").getByText("caller hangs up → gave-up → return").waitFor();
    await end();
  });

  test("is in reach however much of the form is open", async () => {
    opened = await stage.open({ width: 360, height: 640 });
    page = opened.page;
    await page.locator("form.setup select").selectOption("sides");
    await page.getByText("More about the caller").click();
    await page.getByText("Write a text message").click();
    const box = await button("Call").boundingBox();
    const form = await page.locator("form.setup").boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((form?.y ?? 0) + (form?.height ?? 0));
    await end();
  });

  test("is not needed to write a text message", async () => {
    opened = await stage.open({ height: 420 });
    page = opened.page;
    await page.locator("form.setup select").selectOption("sides");
    await page.getByText("Write a text message").click();
    await page.getByLabel("The text message").fill("Hello");
    await page.keyboard.press("Enter");
    await page.getByRole("log", { name: "Text messages" }).getByText("You wrote Hello.").waitFor();
    await page.locator('.step.is-beside[data-node="texted"]').waitFor();
    const bottomOf = async (part: string) => {
      const box = await page.locator(part).boundingBox();
      return (box?.y ?? 0) + (box?.height ?? 0);
    };
    // The step is brought into sight.
    await expect.poll(() => bottomOf('[data-node="texted"]')).toBeLessThan(await bottomOf(".diagram"));
    const wire = page.getByRole("tabpanel").locator("details");
    expect(await wire.count()).toBe(1);
    expect(await wire.textContent()).not.toContain("Beside the call");
    expect(await wire.textContent()).toMatch(/\/sms\/sides.*\d ms.*Body.*Hello.*You wrote Hello\./s);
    await end();
  });

  test("is told of on its tab while another one is looked at, at phone width", async () => {
    opened = await stage.open({ width: 360, height: 740 });
    page = opened.page;
    await call(page, "desk");
    await page.getByText(/\d s left/).waitFor();
    expect(await page.getByText("waits for you").count()).toBe(0);
    await page.getByRole("tab", { name: "Flow" }).click();
    await page.getByRole("tab", { name: "Phone waits for you" }).click();
    await button("Hang up").click();
    await isOver("the caller hung up");
    await page.getByRole("tab", { name: "Flow" }).click();
    expect(await page.getByText("waits for you").count()).toBe(0);
    await end();
  });

  test("of which nothing leaves this machine", async () => {
    await begin("hold");
    await phone().getByText("hold.mp3").waitFor();
    await phone().getByRole("button", { name: "Hang up" }).click();
    await isOver("the caller hung up");
    const origins = opened.requested
      .filter((url) => !/^(data|blob):/.test(url))
      .map((url) => new URL(url).origin);
    expect([...new Set(origins)]).toEqual([stage.url]);
    await end();
  });
});
