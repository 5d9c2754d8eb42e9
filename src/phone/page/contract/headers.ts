/** The headers that the page and the Worker in development add to webhooks and their answers. */

/**
 * Of a webhook: the moment that the call is at, in whole milliseconds since 1970, for hours and holidays. Development
 * only: the page sends the time of its own clock, which may be a chosen one.
 */
export const NOW_HEADER = "Ringflow-Now";

/** Of an answer: a `TurnView` as JSON, written with `encodeURIComponent`. */
export const TURN_HEADER = "Ringflow-Turn";

/**
 * Of a webhook: services are not asked, and text messages are not sent. `StandInCall` as JSON, written with
 * `encodeURIComponent`.
 */
export const STAND_INS_HEADER = "Ringflow-Stand-Ins";

/**
 * Of a call's first webhook: values of persistent variables, to be stored before it is handled. By
 * `VariableView.keep`, as JSON, written with `encodeURIComponent`.
 */
export const KEPT_HEADER = "Ringflow-Kept";
