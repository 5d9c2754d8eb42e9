/** The table in docs/costs.md is what the shipped calls use. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type FlowUsage, measureUsage, type Usage } from "./usage.ts";

/** Dollars for one. Source: Cloudflare, pricing of Workers and KV. */
const PRICES: Usage = { requests: 0.3 / 1e6, reads: 0.5 / 1e6, writes: 5 / 1e6 };
/** A day on the free plan. Source: Cloudflare, limits of Workers and KV. */
const FREE: Usage = { requests: 100_000, reads: 100_000, writes: 1000 };

function dollars({ requests, reads, writes }: Usage): string {
  const each = requests * PRICES.requests + reads * PRICES.reads + writes * PRICES.writes;
  return (each * 1000).toFixed(4);
}

/** Calls that reach the first limit of the free plan, rounded down to tens. */
function freeCalls({ requests, reads, writes }: Usage): string {
  const most = Math.min(FREE.requests / requests, FREE.reads / reads, FREE.writes / writes);
  return (Math.floor(most / 10) * 10).toLocaleString("en-US");
}

function row(name: string, calls: number, store: Usage, ticket: Usage): string {
  const cells = [
    name,
    calls,
    store.requests.toFixed(1),
    store.reads.toFixed(1),
    store.writes.toFixed(1),
    ticket.writes.toFixed(1),
    dollars(store),
    dollars(ticket),
    freeCalls(store),
    freeCalls(ticket),
  ];
  return `| ${cells.join(" | ")} |`;
}

function averageOf(usages: readonly FlowUsage[], mode: "store" | "ticket"): Usage {
  const calls = usages.reduce((sum, one) => sum + one.calls, 0);
  const mean = (what: keyof Usage): number =>
    usages.reduce((sum, one) => sum + one[mode][what] * one.calls, 0) / calls;
  return { requests: mean("requests"), reads: mean("reads"), writes: mean("writes") };
}

const HEAD = `| flow | calls | requests | reads | writes, \`store\` | writes, \`ticket\` | $ per 1,000, \`store\` | $ per 1,000, \`ticket\` | free calls a day, \`store\` | free calls a day, \`ticket\` |
|---|---|---|---|---|---|---|---|---|---|`;

test("docs/costs.md has the figures of the shipped calls", async () => {
  const usages = await measureUsage();
  const rows = usages.map(({ flow, calls, hears, store, ticket }) =>
    row(`\`${flow}\`${hears ? ", with `onHangup`" : ""}`, calls, store, ticket),
  );
  const calls = usages.reduce((sum, one) => sum + one.calls, 0);
  rows.push(row("**all**", calls, averageOf(usages, "store"), averageOf(usages, "ticket")));
  const page = readFileSync("docs/costs.md", "utf8");
  const [, computed] = /<!-- computed -->\n(.*)<!-- end -->/s.exec(page) ?? [];
  expect(computed).toBe(`${[HEAD, ...rows].join("\n")}\n`);
});
