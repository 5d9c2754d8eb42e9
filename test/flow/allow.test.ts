/** What an `allow` pattern lets through: its numbers, and of premium-rate ones those only that it spells. */
import fc from "fast-check";
import parsePhoneNumber, { getCountries, getExampleNumber } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { describe, expect, test } from "vitest";
import { patternProblem } from "../../src/flow/language/pattern.ts";
import { allowed } from "../../src/flow/numbers/allow.ts";
import { numberProblem } from "../../src/flow/numbers/numbers.ts";
import { beginnings } from "../../src/flow/numbers/premium-patterns.ts";

/** As the engine matches: the whole number. */
function lets(patterns: readonly string[], number: string): boolean {
  return new RegExp(`^(?:${allowed(patterns)})$`, "u").test(number);
}

const PREMIUM = [
  ["+19002345678", "+1*"],
  ["+19002345678", "+1?00*"],
  ["+19002345678", "+190*"],
  ["+1900234567899", "+1*"],
  ["+119002345678", "+1*"],
  ["+4409012345678", "+44*"],
  ["+449012345678", "+44*"],
  ["+449098765432", "+449*"],
  ["+499001234567", "+49*"],
  ["+4990091234567", "+490*"],
  ["+4990091234567", "+*"],
  ["+33891234567", "+33*"],
  ["+33899700000", "+338*"],
  ["+390878123456", "+39*"],
  ["+3531570123456", "+353*"],
  ["+8816224000000", "+88*"],
  ["+870773123456", "+8*"],
  ["+882161234567", "+8*"],
  ["+883510012345", "+88?*"],
  ["+979123456789", "+9*"],
  ["+447012345678", "+44*"],
] as const;

describe("a pattern that does not spell it lets no premium number through", () => {
  test.each(PREMIUM)("%s by %s", (number, pattern) => {
    expect(lets([pattern], number)).toBe(false);
    expect(lets(["+4420*", pattern, "+1415*"], number)).toBe(false);
  });
});

test.each([
  ["+19002345678", "+1900*"],
  ["+19002345678", "+19002345678"],
  ["+449012345678", "+4490*"],
  ["+4990091234567", "+499009*"],
  ["+33899700000", "+3389*"],
  ["+8816224000000", "+881*"],
  ["+8816224000000", "+8816*"],
  ["+979123456789", "+979*"],
])("%s is let through by %s, which spells it", (number, pattern) => {
  expect(lets([pattern], number)).toBe(true);
  expect(lets(["+1*", pattern], number)).toBe(true);
});

test.each([
  ["+14155550100", ["+1*"]],
  ["+18005550100", ["+1*"]],
  ["+442079460000", ["+44*"]],
  ["+353151234567", ["+353*"]],
  ["+4930901820", ["+4*"]],
  ["+33142685300", ["+331*"]],
  ["+44205", ["+1415*", "+4420?"]],
])("%s is an ordinary number", (number, patterns) => {
  expect(lets(patterns, number)).toBe(true);
});

test.each(["911", "+911", "112", "", "+", "0019002345678", "tel:+19002345678", "+1 415"])(
  "%j is let through by nothing",
  (number) => {
    expect(lets(["+1*", "+4*", "+9*", "+19*"].slice(0, 2), number)).toBe(false);
  },
);

const codes = [...new Set(getCountries().flatMap((country) => getExampleNumber(country, examples) ?? []))];

test.each(
  codes.map(({ country, countryCallingCode, number }) => [country, `+${countryCallingCode}*`, number]),
)(
  "mobile numbers of %s are let through by %s, and the expression is quick",
  (_country, pattern = "", number = "") => {
    expect(lets([pattern], number)).toBe(true);
    expect(patternProblem(allowed([pattern]))).toBeUndefined();
  },
);

test("no number that the library calls premium is let through by the code of its country", () => {
  const country = fc.constantFrom(...codes.map(({ countryCallingCode }) => countryCallingCode));
  const digits = fc.stringMatching(/^[0-9]{4,11}$/);
  const dear = fc.constantFrom("900", "90", "89", "8", "9", "19", "70", "60", "5", "");
  fc.assert(
    fc.property(country, dear, digits, (code, begin, rest) => {
      const number = `+${code}${begin}${rest}`;
      const parsed = parsePhoneNumber(number);
      // Where it takes a digit for a trunk prefix, the number is another.
      fc.pre(parsed?.getType() === "PREMIUM_RATE" && parsed.number === number);
      expect(lets([`+${code}*`], number)).toBe(false);
    }),
    { numRuns: 300, maxSkipsPerRun: 1000 },
  );
});

describe("the metadata's patterns", () => {
  test.each([
    ["900[2-4]\\d{6}", "9002+6 9003+6 9004+6"],
    ["9\\d{2}|12", "9+2 12+0"],
    ["1(?:2|3\\d)4?", "12+0 124+0 13+1 13+2"],
    ["(?:8[01]){2}\\d{3,4}", "8080+3 8080+4 8081+3 8081+4 8180+3 8180+4 8181+3 8181+4"],
    ["\\d1", "+2"],
  ])("%s", (pattern, expected) => {
    const all = beginnings(pattern).map(({ digits, rest }) => `${digits}+${rest}`);
    expect([...new Set(all)].sort()).toEqual(expected.split(" ").sort());
  });

  test("with something new in them are not passed over", () => {
    expect(() => beginnings("9(?=1)")).toThrow(/something new/);
  });
});

describe("a number that is written out", () => {
  test.each(["911", "112", "999", "110", "000", "1-1-2", "+911", "+1911", "+44999", "+49110"])(
    "%s is for emergencies",
    (number) => {
      expect(numberProblem(number, true)?.code).toBe("emergency-number");
    },
  );

  test.each([
    "+19002345678",
    "+449098765432",
    "+499001234567",
    "+33899700000",
    "+8816224000000",
    "+979123456789",
  ])("%s costs more, and has to be named", (number) => {
    expect(numberProblem(number, false)?.code).toBe("premium-number");
    expect(numberProblem(number, true)).toBeUndefined();
  });

  test.each(["+14155550100", "+18005550100", "+442079460000", "+4930901820", "+4911012345"])(
    "%s is an ordinary one",
    (number) => {
      expect(numberProblem(number, false)).toBeUndefined();
    },
  );
});
