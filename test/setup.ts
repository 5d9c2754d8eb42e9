/** Files of tests share a process and its modules: each leaves them as it found them. */
import { afterAll } from "vitest";
import { leaveFolders } from "./cli/folder.ts";

afterAll(leaveFolders);
