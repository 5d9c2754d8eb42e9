/** Names the machine that figures were measured on: they mean little without it. */
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform } from "node:os";

/** What the figures depend on. */
export interface Machine {
  cpu: string;
  cores: number;
  system: string;
  node: string;
  workerd: string;
}

/** This machine. */
export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
    workerd: workerdVersion(),
  };
}

/** The machine in a line. */
export function machineLine({ cpu, cores, system, node, workerd }: Machine): string {
  return `${cpu}, ${cores} ${cores === 1 ? "core" : "cores"}, ${system}, Node ${node}, workerd ${workerd}`;
}

function workerdVersion(): string {
  const { version } = JSON.parse(readFileSync("node_modules/workerd/package.json", "utf8"));
  return String(version);
}
