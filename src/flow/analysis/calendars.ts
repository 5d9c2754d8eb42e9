/** The calendar files that hours name. */
import type { MapNode, Node, ScalarNode } from "../language/node.ts";
import type { Flow } from "../model/flow.ts";
import type { CalendarSetting } from "../model/settings.ts";
import { pathFrom } from "./file-paths.ts";

/** A calendar file that has been read. */
export interface ReadCalendar {
  /** Missing if the file has an error. */
  setting?: CalendarSetting;
  /** What is wrong with an `.ics` file; a YAML file has its own findings. */
  wrong?: string;
}

/** The calendar files of a project. */
export interface ReadCalendars {
  files: ReadonlyMap<string, ReadCalendar>;
  /** The paths to suggest for a missing file. */
  there: readonly string[];
}

/** A place where hours name a calendar file. */
export interface NamedCalendar {
  /** The name of the hours. */
  hours: string;
  /** As the flow names it: `calendars/office.yaml`. */
  written: string;
  /** Its path: `flows/calendars/office.yaml`. Undefined outside the folder of flows. */
  path: string | undefined;
  node: ScalarNode;
}

/** The calendars that a flow names, in the order of the file. */
export function calendarsIn(flow: Flow): NamedCalendar[] {
  return entriesOf(below(flow.root, "hours")).flatMap(({ key, value }) =>
    scalarsOf(below(value, "from")).map((node) => ({
      hours: key.text,
      written: node.text,
      path: pathFrom(flow.file, node.text),
      node,
    })),
  );
}

function scalarsOf(node: Node | undefined): ScalarNode[] {
  const items = node?.type === "list" ? node.items : node ? [node] : [];
  return items.flatMap((item) => (item.type === "scalar" ? [item] : []));
}

/** The value of a key, if the node is a map that has it. */
export function below(node: Node | undefined, key: string): Node | undefined {
  return entriesOf(node).find((pair) => pair.key.text === key)?.value;
}

/** The entries of a map; none if the node is not one. */
export function entriesOf(node: Node | undefined): MapNode["pairs"] {
  return node?.type === "map" ? node.pairs : [];
}
