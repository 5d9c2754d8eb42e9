/** What the development entry and the command line agree on, so that the one finds the other and nobody else does. */

/** The JSON binding that holds a `PageServer`. Being no text, it is not among the variables that flows read. */
export const PAGE_SERVER = "RINGFLOW_PAGE";

/** Of a forwarded request: the key. */
export const KEY_HEADER = "Ringflow-Key";

/** Where the command line serves the page, on 127.0.0.1, and the key without which it answers nothing. */
export interface PageServer {
  port: number;
  key: string;
}
