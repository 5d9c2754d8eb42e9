/**
 * The development entry, for `npm start`: the Worker as it is deployed, which verifies signatures here as well, and in
 * front of it the phone's page, which the command line serves.
 */
import { env, waitUntil } from "cloudflare:workers";
import programs from "../.ringflow/programs.json";
import { forward, isPagePath, readPageServer } from "./dev/forward.ts";
import { handleWatched } from "./dev/watched.ts";
import { depsFrom } from "./worker/bindings.ts";

const deps = depsFrom(env, programs, waitUntil);
const page = readPageServer(env);

export default {
  fetch(request: Request): Promise<Response> {
    return isPagePath(new URL(request.url).pathname) ? forward(page, request) : handleWatched(deps, request);
  },
};
