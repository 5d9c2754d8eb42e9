/** What axe finds wrong on a page. */
import axe from "axe-core";
import type { Page } from "playwright-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds, a line each: the rule, and the elements. The dark look differs from the light one in nothing but colours. */
export async function violations(page: Page): Promise<string[]> {
  await page.waitForTimeout(50);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const runOnly = isDark ? ["color-contrast"] : rules;
    // Steps that the diagram's frame cuts off are no targets under its neighbours, which axe does not see.
    const frame = document.querySelector(".diagram")?.getBoundingClientRect();
    const cut = [...document.querySelectorAll<SVGElement>(".diagram [data-node]")].filter((step) => {
      const { left, right } = step.getBoundingClientRect();
      return frame && (left < frame.left || right > frame.right);
    });
    for (const step of cut) step.style.visibility = "hidden";
    // None of the rules reads style sheets, which axe would fetch for each run.
    const preload = { assets: ["media"] };
    const found = await window.axe.run({ runOnly, resultTypes: ["violations"], preload });
    for (const step of cut) step.style.visibility = "";
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" | ")}`);
  }, RULES);
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
