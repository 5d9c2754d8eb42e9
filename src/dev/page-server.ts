/** The contract by which the development entry, and nothing else, reaches the command line's server. */

/** The JSON binding that holds a `PageServer`. It is not a text, so flows cannot read it. */
export const PAGE_SERVER = "RINGFLOW_PAGE";

/** The header of a forwarded request that carries the key. */
export const KEY_HEADER = "Ringflow-Key";

/** The port on 127.0.0.1 where the command line serves the page, and the key that every request needs. */
export interface PageServer {
  port: number;
  key: string;
}
