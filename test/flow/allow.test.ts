/** What an `allow` pattern lets through: its numbers, and of premium-rate ones those only that it spells. */
import fc from "fast-check";
import parsePhoneNumber, { getCountries, getExampleNumber } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { describe, expect, test } from "vitest";
import { allowed, kindOf } from "../../src/flow/numbers/allow.ts";
import { countriesOf } from "../../src/flow/numbers/countries.ts";
import { numberProblem } from "../../src/flow/numbers/numbers.ts";
import { beginnings } from "../../src/flow/numbers/premium-patterns.ts";
import { anyCharacters } from "../any-characters.ts";
import { runs } from "../runs.ts";

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
  ["+4402071838750", "+44*"],
  ["+4402071838750", "+4*"],
  ["+4903012345678", "+*"],
  ["+810312345678", "+81*"],
  ["+9102212345678", "+91*"],
])("%s has a trunk zero, and %s does not let it through", (number, pattern) => {
  expect(lets([pattern], number)).toBe(false);
});

test.each([
  ["+390612345678", ["+39*"]],
  ["+2250701234567", ["+225*"]],
  ["+81312345678", ["+81*"]],
  ["+14155550100", ["+1*"]],
  ["+18005550100", ["+1*"]],
  ["+442079460000", ["+44*"]],
  ["+353151234567", ["+353*"]],
  ["+4930901820", ["+4*"]],
  ["+33142685300", ["+331*"]],
  ["+442071838750", ["+1415*", "+44207183875?"]],
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
    // Longer texts are refused by their length, so no backtracking can take long.
    expect(allowed([pattern])).toMatch(/^\(\?=\\\+\[0-9\]\{7,15\}\$\)/);
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
    { numRuns: runs(300), maxSkipsPerRun: 1000 },
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

/** Numbers at random that the library calls valid, by the country that it gives them to. */
const valid = codes.flatMap(({ country, countryCallingCode, nationalNumber }) =>
  Array.from({ length: 20 }, (_, seed) => {
    const kept = nationalNumber.slice(0, nationalNumber.length - 4);
    return `+${countryCallingCode}${kept}${String((seed * 7919 + 1234) % 10000).padStart(4, "0")}`;
  })
    .map((number) => parsePhoneNumber(number))
    .filter((parsed) => parsed?.isValid() && parsed.country === country)
    .map((parsed) => ({ country, code: parsed?.countryCallingCode, number: parsed?.number ?? "" })),
);

describe("a country", () => {
  test.each(Object.entries(Object.groupBy(valid, ({ country }) => country ?? "")))(
    "%s lets its own numbers through, and no neighbour's",
    (country, numbers) => {
      for (const { number, code } of numbers ?? []) {
        expect(lets([country], number), number).toBe(true);
        for (const other of countriesOf(code ?? "").filter((one) => one !== country)) {
          expect(lets([other], number), `${number} ${other}`).toBe(false);
        }
      }
    },
  );

  test.each([
    ["US", "+14155550100", true],
    ["US", "+18005550100", true],
    ["US", "+14165550100", false],
    ["CA", "+14165550100", true],
    ["CA", "+14155550100", false],
    ["JM", "+18765550100", true],
    ["US", "+18765550100", false],
    ["PR", "+17875550100", true],
    ["US", "+19002345678", false],
    ["US", "+19114206969", false],
    ["RU", "+74951234567", true],
    ["RU", "+77012345678", false],
    ["KZ", "+77012345678", true],
    ["KZ", "+74951234567", false],
    ["GB", "+442071838750", true],
    ["GB", "+447012345678", false],
    ["GB", "+449012345678", false],
    ["GB", "+4402071838750", false],
    ["GB", "+441481256789", false],
    ["GG", "+441481256789", true],
    ["JE", "+441534456789", true],
    ["GG", "+441534456789", false],
    ["FI", "+358412345678", true],
    ["FI", "+3581812345", false],
    ["AX", "+3581812345", true],
    ["IT", "+390612345678", true],
    ["IT", "+39612345678", false],
    ["IT", "+390669812345", false],
    ["VA", "+390669812345", true],
    ["VA", "+390612345678", false],
    ["EH", "+212", false],
    ["XX", "+1", false],
  ])("%s and %s: %s", (country, number, isAllowed) => {
    expect(lets([country], number)).toBe(isAllowed);
  });

  test("takes little room in a Program", () => {
    expect(allowed(["US", "CA"]).length).toBeLessThan(1200);
    expect(Math.max(...getCountries().map((country) => allowed([country]).length))).toBeLessThan(3000);
  });
});

describe("no pattern lets an emergency or a short number through", () => {
  const patterns = [
    "+1*",
    "+1???",
    "+1??????????",
    "+4*",
    "+44*",
    "+2*",
    "+9*",
    "+49*",
    "+6*",
    "+290*",
    "US",
    "GB",
  ];
  const short = ["911", "112", "999", "110", "411", "611", "988", "000", ""];
  const numbers = short.flatMap((one) =>
    ["", "+", "+1", "+44", "+49", "+420", "+290", "+683", "+440", "+4200", "+2900", "+10"].map(
      (code) => code + one,
    ),
  );
  test.each([...numbers, "+19114206969", "+14114206969", "+1415555", "+141555501000", "+10005550100"])(
    "%j",
    (number) => {
      expect(lets(patterns, number)).toBe(false);
    },
  );
});

describe("addresses are matched whole", () => {
  const matches = (pattern: string, address: string): boolean =>
    new RegExp(`^(?:${allowed([pattern], kindOf(pattern))})$`, "u").test(address);

  test.each([
    ["sip:*@pbx.example.com", "sip:4711@pbx.example.com", true],
    ["sip:*@pbx.example.com", "4711@pbx.example.com", true],
    ["sip:*@pbx.example.com", "SIP:4711@PBX.Example.com", true],
    ["sip:*@pbx.example.com", "sips:4711@pbx.example.com", false],
    ["sips:*@pbx.example.com", "sip:4711@pbx.example.com", false],
    ["sip:*@pbx.example.com", "sip:4711@pbx.example.com.evil.example", false],
    ["sip:*@pbx.example.com", "sip:x@evil.example?a=@pbx.example.com", false],
    ["sip:*@pbx.example.com", "sip:x@evil.example;a=@pbx.example.com", false],
    ["sip:*@pbx.example.com", "sip:x@evil.example,sip:y@pbx.example.com", false],
    ["sip:*@pbx.example.com", "sip:x\n@pbx.example.com", false],
    ["sip:*@pbx.example.com", "sip:x%40evil.example@pbx.example.com", false],
    ["sip:*@pbx.example.com", "sip:4711@pbxxexample.com", false],
    ["sip:*@pbx.example.com", "sip:@pbx.example.com", false],
    ["sip:*@pbx.example.com", "sip:911@pbx.example.com", false],
    ["sip:*@pbx.example.com", "sip:+1911@pbx.example.com", false],
    ["sip:*@pbx.example.com", "sip:+14155550100@pbx.example.com", true],
    ["sip:*@pbx.example.com", "sip:1000@pbx.example.com", true],
    ["sip:???@pbx.example.com", "sip:112@pbx.example.com", false],
    ["sip:???@pbx.example.com", "sip:4711@pbx.example.com", false],
    ["sip:*@pbx.example.com:5061", "sip:4711@pbx.example.com:5061", true],
    ["sip:*@pbx.example.com", "sip:4711@pbx.example.com:5061", false],
    ["sip:Desk-*@pbx.example.com", "sip:desk-1@pbx.example.com", false],
    ["client:agent-*", "agent-7", true],
    ["client:agent-*", "Agent-7", false],
    ["client:agent-*", "agent-7?x=1", false],
    ["client:agent-*", "boss", false],
    ["client:*", "José", true],
    ["client:*@example.com", "ada@example.com", true],
    ["application:AP0123456789abcdef0123456789abcdef", "AP0123456789abcdef0123456789abcdef", true],
    ["application:AP*", "AP0123456789abcdef0123456789abcdef", true],
    ["application:AP*", "AP0123?x=1", false],
    ["sim:DE*", "DE0123456789abcdef0123456789abcdef", true],
    ["sim:DE*", "HS0123456789abcdef0123456789abcdef", false],
  ])("%s and %j: %s", (pattern, address, isAllowed) => {
    expect(matches(pattern, address)).toBe(isAllowed);
  });

  test("whatever a caller says, and nothing can be added to a SIP address or a client", () => {
    const text = fc.oneof(anyCharacters(), fc.string({ unit: fc.constantFrom(..."a1@:;?&=,%. <\n") }));
    fc.assert(
      fc.property(text, (said) => {
        if (matches("sip:*@pbx.example.com", `sip:${said}@pbx.example.com`))
          expect(said).toMatch(/^[\w.+-]+$/);
        if (matches("client:agent-*", `agent-${said}`)) expect(said).toMatch(/^[\p{L}\p{M}\p{N}_.+-]*$/u);
      }),
      { numRuns: runs(2000) },
    );
  });

  test("and patterns of another kind do not count", () => {
    expect(allowed(["+1415*", "client:*"], "sip")).toBe("(?!)");
    expect(lets(["client:*", "sip:*@pbx.example.com"], "+14155550100")).toBe(false);
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

  test.each(["+14155550100", "+18005550100", "+442079460000", "+4930901820", "+4989123456"])(
    "%s is an ordinary one",
    (number) => {
      expect(numberProblem(number, false)).toBeUndefined();
    },
  );

  test.each([
    ["+4402071838750", "bad-number", "+442071838750"],
    ["+19114206969", "unassigned-number", "area code"],
  ])("%s is %s", (number, code, advice) => {
    const problem = numberProblem(number, true);
    expect(problem?.code).toBe(code);
    expect(problem?.message).toContain(advice);
  });
});
