/**
 * `ringflow/worker`: what your own entry makes the Worker of. `.ringflow/worker.js`, which `ringflow build` writes, is the
 * shortest entry.
 */
export { type Handlers, type RingflowWorker, worker } from "../worker/entry.ts";
export { Pointers } from "../worker/pointers.ts";
