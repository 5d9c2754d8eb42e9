/** The state of the phone's page, and its subscribers. */
import { statSync } from "node:fs";
import { NO_ACCOUNT } from "../../dev/page-server.ts";
import { advise } from "../../flow/advise.ts";
import type { Finding } from "../../flow/catalogue.ts";
import { partsOf } from "../../flow/rules/parts.ts";
import { flowName } from "../../flow/shape/validate.ts";
import type { Graph } from "../../phone/page/contract/drawing.ts";
import type { FlowView } from "../../phone/page/contract/flow.ts";
import type { WaysView } from "../../phone/page/contract/found.ts";
import type { PhoneState, PlacedCall } from "../../phone/page/contract/state.ts";
import type { Walked } from "../play/coverage.ts";
import { nameOfServed } from "../project/assets.ts";
import type { LocalProject } from "../project/project.ts";
import type { AllCalls } from "./all-calls.ts";
import type { ChangesByFlow } from "./changes.ts";
import { type Anatomy, anatomyOf, findingViews, UNREAD } from "./flow-view.ts";
import { graphOf } from "./graph.ts";
import type { TestsByFlow } from "./test-runs.ts";
import { withUntested } from "./untested.ts";

/** The page's state, updated with the author's changes. */
export interface LiveState {
  now(): PhoneState;
  /** The project served last: each flow in its last version without an error. */
  good(): LocalProject;
  /** Calls the listener after every change; returns a function that unsubscribes it. */
  subscribe(listener: () => void): () => void;
  /** The files were saved, with errors or without. */
  saved(project: LocalProject): void;
  /** The Worker runs this project, or none if omitted. */
  served(project?: LocalProject): void;
  /** Calls that were placed here, and are not over. */
  placed(calls: PlacedCall[]): void;
  /** The tests of each flow, with how they went; and the calls that they make, once all were played. */
  tested(tests: TestsByFlow, walked?: readonly Walked[]): void;
  /** What changed for the callers of each flow since the last commit. */
  compared(changes: ChangesByFlow): void;
  /** What going through all calls has found so far. */
  explored(found: AllCalls): void;
  /** Why the saved project cannot be read, or why the Worker is down. */
  trouble(sentence: string): void;
}

/** What is known about a flow apart from its text: it stays while the text cannot be read, or has errors. */
interface Known {
  anatomy: Anatomy;
  /** Of the last version without an error. */
  graph?: Graph;
}

/** The state of a project, from its first build on. */
export function liveState(first: LocalProject): LiveState {
  const listeners = new Set<() => void>();
  const known = new Map<string, Known>();
  let latest = first;
  let good = first;
  let versions = new Map<string, string>();
  let trouble: string | undefined;
  let tests: TestsByFlow = new Map();
  let changes: ChangesByFlow = new Map();
  let walked: readonly Walked[] | undefined;
  let found: AllCalls = { promises: new Map(), ways: new Map(), isDone: false };
  let placed: PlacedCall[] = [];
  let state: PhoneState = { revision: Date.now(), ...accountOf(first), flows: [] };
  let isStale = true;
  let advice: readonly Finding[] | undefined;

  const update = (): void => {
    isStale = false;
    advice ??= advise(latest.flows, latest.config.advice);
    const findings = [...latest.diagnostics, ...advice];
    const flows = flowViews(latest, known, versions, { findings, tests, changes, walked, ...found });
    const next = {
      ...accountOf(good),
      flows,
      ...(!(found.isDone && walked) && { isExploring: true as const }),
      ...audioOf(good),
      ...(placed.length > 0 && { placed }),
      ...(trouble !== undefined && { trouble }),
    };
    const { revision, ...before } = state;
    if (JSON.stringify(next) === JSON.stringify(before)) return;
    state = { revision: revision + 1, ...next };
    for (const listener of listeners) listener();
  };

  // Without a page, the state is not made: a save and the first answer are not to wait for it.
  const refresh = (): void => {
    isStale = true;
    if (listeners.size > 0) update();
  };

  const now = (): PhoneState => {
    if (isStale) update();
    return state;
  };

  const saved = (project: LocalProject): void => {
    latest = project;
    advice = undefined;
    trouble = undefined;
    learn(known, project);
    refresh();
  };
  saved(first);

  return {
    now,
    good: () => good,
    subscribe: (listener) => {
      now();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    saved,
    served: (project) => {
      good = project ?? good;
      versions = new Map(project?.programs.map(({ flow, hash }) => [flow, hash]));
      refresh();
    },
    placed: (calls) => {
      placed = calls;
      refresh();
    },
    compared: (now) => {
      changes = now;
      refresh();
    },
    explored: (now) => {
      found = now;
      refresh();
    },
    tested: (now, calls) => {
      tests = now;
      walked = calls ?? walked;
      refresh();
    },
    trouble: (sentence) => {
      trouble = sentence;
      refresh();
    },
  };
}

/** The token with which the page signs and the Worker verifies webhooks. */
function accountOf({ variables }: LocalProject): Pick<PhoneState, "accountSid" | "token" | "sendsTexts"> {
  const { TWILIO_ACCOUNT_SID: accountSid = "", TWILIO_AUTH_TOKEN: token = "" } = variables;
  return accountSid === "" ? { accountSid: NO_ACCOUNT, token } : { accountSid, token, sendsTexts: true };
}

function audioOf({ audio }: LocalProject): Pick<PhoneState, "audio"> {
  if (audio.length === 0) return {};
  return { audio: audio.map(({ url, seconds }) => ({ path: url, name: nameOfServed(url) ?? url, seconds })) };
}

/** Stores what could be read of each flow, and removes deleted flows. */
function learn(known: Map<string, Known>, { files, flows, read, variables }: LocalProject): void {
  const all = new Map(read.map((checked) => [checked.flow.name, checked]));
  const good = new Set(flows.map(({ flow }) => flow.name));
  for (const [name, checked] of all) {
    const parts = partsOf(checked, all).map(({ flow }) => flow.name);
    const anatomy = anatomyOf(checked, parts, variables);
    const graph = good.has(name) ? graphOf(anatomy) : known.get(name)?.graph;
    known.set(name, { anatomy, ...(graph && { graph }) });
  }
  const names = new Set(files.map(({ path }) => flowName(path)));
  for (const name of known.keys()) if (!names.has(name)) known.delete(name);
}

/** What is known of the flows of a project besides their text. */
interface Details extends AllCalls {
  findings: readonly Finding[];
  tests: TestsByFlow;
  /** Undefined until all tests were played once. */
  walked: readonly Walked[] | undefined;
  changes: ChangesByFlow;
}

function flowViews(
  { files, flows, programs }: LocalProject,
  known: ReadonlyMap<string, Known>,
  versions: ReadonlyMap<string, string>,
  { findings, tests, changes, walked, promises, ways }: Details,
): FlowView[] {
  const saved = new Map(programs.map(({ flow, hash }) => [flow, hash]));
  const waysView = (name: string): WaysView | undefined => {
    const built = flows.find(({ flow }) => flow.name === name);
    const found = ways.get(name);
    return built && found && walked && withUntested(built, found, walked);
  };
  const views = files.map((file): FlowView => {
    const name = flowName(file.path);
    const { anatomy, graph } = known.get(name) ?? { anatomy: UNREAD };
    return {
      name,
      file: file.path,
      text: file.text,
      ...given("version", versions.get(name)),
      ...given("saved", saved.get(name)),
      findings: findingViews(file, anatomy.steps, findings),
      ...anatomy,
      ...(graph && { graph }),
      ...given("changed", changedAt(file.path)),
      ...given("tests", tests.get(name)),
      ...given("changes", changes.get(name)),
      ...given("promises", promises.get(file.path)),
      ...given("ways", waysView(name)),
    };
  });
  return views.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** When a file was saved last; undefined if it is gone by now. */
function changedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

function given<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  const entry: Partial<Record<K, V>> = {};
  if (value !== undefined) entry[key] = value;
  return entry;
}
