/** The clocks that a Program brings with it, held to `Intl`. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withOffsets } from "../../src/flow/compile/offsets.ts";
import { localTime } from "../../src/program/local-time.ts";
import { runs } from "../runs.ts";
import { programOf } from "./support.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ZONES = Intl.supportedValuesOf("timeZone");

/** The same moment by the zone's offsets and by `Intl`. */
function expectSame(timezone: string, moment: number): void {
  const fromList = localTime(withOffsets({ timezone }), moment);
  expect(fromList, `${timezone} at ${new Date(moment).toISOString()}`).toEqual(
    localTime({ timezone }, moment),
  );
}

describe("the clocks of a zone", () => {
  test("are those of Intl in every zone, before, within and after the listed years", () => {
    const moments = fc.array(fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2045, 0) }), {
      minLength: 50,
    });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), moments, (zone, all) => {
        for (const moment of all) expectSame(zone, moment);
      }),
      { numRuns: runs(60) },
    );
  });

  test("are those of Intl around every listed minute, and on every day", () => {
    // Zones with rules of their own: Ramadan, half an hour of summer time, a change late in the day, the other hemisphere.
    const zones = [
      "Africa/Casablanca",
      "Africa/Cairo",
      "Australia/Lord_Howe",
      "America/Nuuk",
      "America/Santiago",
    ];
    for (const timezone of process.env.RINGFLOW_FUZZ === "all" ? ZONES : [...zones, "America/New_York"]) {
      const { offsets = [] } = withOffsets({ timezone });
      const changes = offsets.filter((_, at) => at % 2 === 0).map((minute) => minute * MINUTE);
      for (const change of changes)
        for (const by of [-MINUTE, -1, 0, MINUTE]) expectSame(timezone, change + by);
      for (let day = Date.UTC(2025, 0); day < Date.UTC(2040, 0); day += DAY) expectSame(timezone, day);
    }
  }, 120_000);

  test("need Intl neither within these years nor in UTC", () => {
    const noZone = {
      timezone: "Europe/Atlantis",
      offsets: withOffsets({ timezone: "Europe/Paris" }).offsets,
    };
    expect(localTime(noZone, Date.parse("2026-03-29T00:59:59Z")).time).toBe("01:59");
    expect(localTime(noZone, Date.parse("2026-03-29T01:00:00Z")).time).toBe("03:00");
    expect(() => localTime(noZone, Date.parse("2040-01-01T00:00:00Z"))).toThrow(RangeError);
    expect(() => localTime(noZone, Date.parse("2024-12-31T23:59:59Z"))).toThrow(RangeError);
    expect(withOffsets({ timezone: "UTC" })).toEqual({ timezone: "UTC" });
    expect(localTime({ timezone: "UTC" }, Date.parse("1969-12-31T23:59:59Z"))).toMatchObject({
      date: "1969-12-31",
      time: "23:59",
    });
  });
});

test("a Program has the clocks of its flow and of its hours", () => {
  const { timezone, offsets, hours } = programOf(`
timezone: America/New_York
hours:
  office: { open: { mon-fri: "08:00-18:00" } }
  plant: { timezone: Asia/Tokyo, open: { mon-fri: "08:00-18:00" } }
steps:
  start: { say: "{{ now().time }}", next: hangup }
`);
  expect({ timezone, offsets }).toEqual(withOffsets({ timezone: "America/New_York" }));
  expect(hours.office?.offsets).toEqual(offsets);
  expect(hours.plant?.offsets).toEqual([28_928_160, 540, 36_816_480]);
});
