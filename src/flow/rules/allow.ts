/** What `allow` lets through: known countries, numbers that exist, and no more countries than the author means. */

import type { Problem, Severity } from "../language/diagnostic.ts";
import { marksOf } from "../model/flow.ts";
import { couldBegin, kindOf, spelledIn } from "../numbers/allow.ts";
import {
  CALLING_CODES,
  countriesOf,
  countryMeant,
  countryPattern,
  isCountry,
  trunkZeros,
} from "../numbers/countries.ts";
import { extensionProblem, type NumberCode, numberProblem } from "../numbers/numbers.ts";
import { type Code, FINDINGS } from "./allow-findings.ts";
import type { Rule } from "./rule.ts";

/** The countries that a message names; of the others it gives the number. */
const MOST_NAMES = 30;

type AllowProblem = Problem<Code | NumberCode> & { severity?: Severity };

export const allow: Rule<Code, NumberCode> = {
  name: "allow",
  findings: FINDINGS,
  check({ flow, report }) {
    for (const { mark, node, value } of marksOf(flow)) {
      if (mark !== "allow" || node.type !== "list" || !Array.isArray(value)) continue;
      value.forEach((pattern: unknown, index) => {
        const problem = typeof pattern === "string" ? problemOf(pattern) : undefined;
        if (problem) report({ ...problem, at: node.items[index] ?? node });
      });
    }
  },
};

function problemOf(pattern: string): AllowProblem | undefined {
  if (kindOf(pattern) === "sip") return extensionProblem(pattern.replace(/^\w+:|@.*$/g, ""));
  if (/^[A-Z]{2}$/.test(pattern)) return countryProblem(pattern);
  if (!/^\+[0-9*?]+$/.test(pattern)) return undefined;
  if (!/[*?]/.test(pattern)) return numberProblem(pattern, true);
  return codesProblem(pattern) ?? reachProblem(pattern);
}

function countryProblem(code: string): AllowProblem | undefined {
  if (isCountry(code)) {
    if (countryPattern(code) !== "(?!)") return undefined;
    const message = `${nameOf(code)} has no numbers of its own; name the country whose numbers it uses`;
    return { code: "unknown-country", message };
  }
  const meant = countryMeant(code);
  const advice = meant === undefined ? "" : `; did you mean ${meant}?`;
  return { code: "unknown-country", message: `there is no country ${code} in ISO 3166${advice}` };
}

/** A pattern that no number can match. */
function codesProblem(pattern: string): AllowProblem | undefined {
  const signs = pattern.slice(1);
  const zero = trunkZeros().find((one) => signs.startsWith(one));
  const code = zero && CALLING_CODES.find((one) => zero.startsWith(one));
  if (code) {
    const meant = `+${code}${signs.slice(code.length).replace(/^0+/, "")}`;
    const message = `no number has this zero after the country code ${code}; write ${meant}`;
    return { code: "unassigned-number", severity: "warning", message };
  }
  const isNorthAmerica = /^1(?:[01]|[2-9]11)/.test(signs);
  if (!isNorthAmerica && CALLING_CODES.some((code) => couldBegin(signs, code))) return undefined;
  const message = `no country has numbers such as ${pattern}; check its country code and its area code`;
  return { code: "unassigned-number", severity: "warning", message };
}

/** A pattern that spells no more than the calling code of several countries. */
function reachProblem(pattern: string): AllowProblem | undefined {
  const spelled = spelledIn(pattern);
  const codes = CALLING_CODES.filter((code) => code.startsWith(spelled));
  const countries = codes.flatMap(countriesOf);
  if (countries.length < 2) return undefined;
  const names = countries.slice(0, MOST_NAMES).map(nameOf).join(", ");
  const others = countries.length > MOST_NAMES ? `, and ${countries.length - MOST_NAMES} more` : "";
  const message = `${pattern} lets ${countries.length} countries in (${names}${others}); name those that you mean, as in \`allow: [${countries[0]}]\``;
  return { code: "many-countries", severity: "warning", message };
}

let names: Intl.DisplayNames | undefined;

function nameOf(country: string): string {
  // Loading the names of all regions takes a while.
  names ??= new Intl.DisplayNames(["en"], { type: "region" });
  return names.of(country) ?? country;
}
