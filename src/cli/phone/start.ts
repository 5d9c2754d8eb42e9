/** The phone in the browser, as `npm start` runs it: its page, its state, its saved calls, and development's own Twilio. */
import type { PageServer } from "../../dev/page-server.ts";
import type { UnansweredStatus } from "../../phone/leg/moment.ts";
import type { FoundCall } from "../../phone/page/contract/found.ts";
import type { PhoneState, PlacedCall } from "../../phone/page/contract/state.ts";
import type { LocalProject } from "../project/project.ts";
import { allCalls } from "./all-calls.ts";
import { changesSinceCommit } from "./changes.ts";
import { bundlePage, type PageFiles } from "./page.ts";
import { servePage } from "./page-server.ts";
import { type Placed, type PlacedCalls, placedCalls } from "./placed-calls.ts";
import type { TestWriter } from "./save-call.ts";
import { standIns } from "./stand-ins.ts";
import { type LiveState, liveState } from "./state.ts";
import { testFileReader } from "./test-files.ts";
import { testRuns } from "./test-runs.ts";

/** A running page: its server for the Worker, and its state. */
export interface Phone {
  server: PageServer;
  state: LiveState;
  close(): Promise<void>;
}

/**
 * Starts the page's server, and shows the project as it is.
 * @param worker where the Worker will listen, without a slash at the end
 */
export async function startPhone(
  project: LocalProject,
  worker: string,
  say: (line: string) => void,
): Promise<Phone> {
  const state = liveState(project);
  const calls = announced(state, worker, say);
  const readTests = testFileReader();
  const tests = testRuns(project, readTests, state.tested);
  const changes = changesSinceCommit(project, state.compared);
  const found = allCalls(project, state.explored);
  const answerAsTests = standIns();
  let files: Promise<PageFiles> | undefined;
  let writer: Promise<TestWriter> | undefined;
  // It plays calls, and so loads the Worker and the scripted phone.
  const written = (): Promise<TestWriter> => {
    writer ??= import("./save-call.ts").then(({ testWriter }) => testWriter());
    return writer;
  };
  const { close: closeServer, ...server } = await servePage({
    files: () => {
      files ??= bundlePage();
      return files;
    },
    state: {
      ...state,
      now: () => {
        tests.shown();
        changes.shown();
        found.shown();
        return state.now();
      },
    },
    test: tests.detail,
    save: async (body) => (await written()).save(state.good(), body),
    rerecord: async (body) => (await written()).rerecord(state.good(), body),
    undo: async () => (await written()).undo(),
    standIn: async (asked) => {
      const tests = await readTests(state.good());
      return answerAsTests(asked, state.good().flows, [
        ...tests.flatMap(({ scenarios }) => scenarios),
        ...foundCalls(state.now()).filter(({ scenario }) => scenario.name === asked.scenario),
      ]);
    },
    rest: { calls, messages: [], say, secrets: () => secretsOf(state.good()) },
  });
  const close = async (): Promise<void> => {
    calls.close();
    tests.close();
    changes.close();
    found.close();
    await closeServer();
  };
  const saved: LiveState["saved"] = (project) => {
    found.saved(project);
    state.saved(project);
    tests.saved(project);
    changes.saved(project);
  };
  return { server, state: { ...state, saved }, close };
}

/** Placed calls that ring on the page, and are announced in the terminal. */
function announced(state: LiveState, worker: string, say: (line: string) => void): PlacedCalls {
  const said = new Set<string>();
  const announce = ({ sid, flow, to, from }: PlacedCall): void => {
    if (said.has(sid)) return;
    said.add(sid);
    say(`${flow} calls ${to} from ${from}. Answer at ${worker}/`);
  };
  return placedCalls({
    changed: (live) => {
      live.forEach(announce);
      state.placed(live);
    },
    unanswered: (placed, status) => void report(state, worker, placed, status).catch(() => undefined),
  });
}

async function report(
  state: LiveState,
  url: string,
  placed: Placed,
  status: UnansweredStatus,
): Promise<void> {
  const { TWILIO_AUTH_TOKEN: token = "" } = state.good().variables;
  // It loads the carrier.
  const { reportUnanswered } = await import("./unanswered.ts");
  await reportUnanswered({ url, token, accountSid: placed.accountSid }, placed, status);
}

/** Calls that were found, which are played with their own answers of services. */
function foundCalls({ flows }: PhoneState): FoundCall[] {
  return flows
    .flatMap(({ promises = [], ways }) => [
      ...promises,
      ...(ways ? [ways.person, ways.mostAnswers, ways.mostSeconds] : []),
    ])
    .flatMap(({ call }) => (call ? [call] : []));
}

function secretsOf({ variables }: LocalProject): string[] {
  const { TWILIO_AUTH_TOKEN = "", TWILIO_API_SECRET = "" } = variables;
  return [TWILIO_AUTH_TOKEN, TWILIO_API_SECRET].filter((secret) => secret !== "");
}
