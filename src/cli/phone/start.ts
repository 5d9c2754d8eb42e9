/** The phone in the browser, as `npm start` runs it: its page, its state and its saved calls. */
import type { PageServer } from "../../dev/page-server.ts";
import type { LocalProject } from "../project/project.ts";
import { bundlePage } from "./page.ts";
import { servePage } from "./page-server.ts";
import { saveCall } from "./save-call.ts";
import { type LiveState, liveState } from "./state.ts";

/** A running page: its server for the Worker, and its state. */
export interface Phone {
  server: PageServer;
  state: LiveState;
  close(): Promise<void>;
}

/** Starts the page's server, and shows the project as it is. */
export async function startPhone(project: LocalProject, say: (line: string) => void): Promise<Phone> {
  const state = liveState(project, say);
  const { close: closeServer, ...server } = await servePage({
    files: bundlePage(),
    state,
    save: (body) => saveCall(state.good(), body),
  });
  const close = async (): Promise<void> => {
    state.close();
    await closeServer();
  };
  return { server, state, close };
}
