/** Modules that exist only when the Worker runs. */

/** Cloudflare Workers runtime API: bindings, and work that outlives the reply. */
declare module "cloudflare:workers" {
  export const env: Readonly<Record<string, unknown>> & { CALLS: import("./store.ts").Store };
  export function waitUntil(promise: Promise<unknown>): void;
  /** The Worker under test, in tests that run in workerd. */
  export const exports: { default: { fetch(request: Request): Promise<Response> } };
}
