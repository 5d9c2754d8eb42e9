/** docs/findings.md: every finding with an example, the finding as it is printed, and the example put right. */

import { build } from "../../flow/build.ts";
import { findingGroups } from "../../flow/catalogue.ts";
import type { Audio } from "../../flow/language/audio.ts";
import type { Diagnostic, FindingDoc } from "../../flow/language/diagnostic.ts";
import { frame } from "../../flow/language/frame.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import { fenced } from "./docs-markdown.ts";

const HEAD = `# Findings

This page is made by \`npm run docs\` from the rules themselves. Do not edit it.

\`npx ringflow check\` prints every finding of every flow at once. An **error** keeps a flow from being built; a **warning**
and a **note** do not. \`check --fix\` writes what a finding says to write, where it can be written without you.
`;

/** The whole page. */
export function findingsPage(): string {
  const contents = findingGroups.map(({ title, findings }) => {
    const links = findings.map(({ code }) => `[${code}](#${code})`).join(" · ");
    return `**${title}**: ${links}\n`;
  });
  const groups = findingGroups.map(
    ({ title, findings }) => `## ${title}\n\n${findings.map(sectionOf).join("\n")}`,
  );
  return [HEAD, ...contents, ...groups].join("\n");
}

function sectionOf(doc: FindingDoc): string {
  const { code, severity, summary, bad, good, parts = {} } = doc;
  const head = `### ${code}\n\n**${severity}** · ${summary}\n`;
  if (bad === undefined) return `${head}\n${fenced("yaml", good)}`;
  const others = Object.entries(parts).map(
    ([name, text]) => `Beside it, \`flows/${name}.yaml\`:\n\n${fenced("yaml", text)}`,
  );
  const found = fenced("text", findingIn(doc, bad));
  return [head, fenced("yaml", bad), ...others, found, "Put right:\n", fenced("yaml", good)].join("\n");
}

/** The first finding of this code in an example, as it is printed; throws where the example has none. */
function findingIn({ code, parts, audio }: FindingDoc, text: string): string {
  const found = diagnosticsOf(text, parts, audio).find((one) => one.code === code);
  if (!found) throw new Error(`the example of ${code} has no such finding`);
  return frame(found, text);
}

function diagnosticsOf(text: string, parts: FindingDoc["parts"] = {}, audio?: Audio): Diagnostic[] {
  if (/^scenarios:/m.test(text)) {
    return readScenarios({ path: "flows/front-desk.test.yaml", text }, ["front-desk"]).diagnostics;
  }
  const others = Object.entries(parts).map(([name, other]) => ({ path: `flows/${name}.yaml`, text: other }));
  return build([{ path: "flows/main.yaml", text }, ...others], audio).diagnostics;
}
