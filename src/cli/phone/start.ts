/** The phone in the browser, as `npm start` runs it: its page, its state and its saved calls. */
import type { PageServer } from "../../dev/page-server.ts";
import type { LocalProject } from "../project/project.ts";
import { bundlePage, type PageFiles } from "./page.ts";
import { servePage } from "./page-server.ts";
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
  let files: Promise<PageFiles> | undefined;
  const { close: closeServer, ...server } = await servePage({
    files: () => {
      files ??= bundlePage();
      return files;
    },
    state,
    // It plays the call, and so loads the Worker and the scripted phone.
    save: async (body) => (await import("./save-call.ts")).saveCall(state.good(), body),
  });
  const close = async (): Promise<void> => {
    state.close();
    await closeServer();
  };
  return { server, state, close };
}
