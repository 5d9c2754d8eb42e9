/**
 * The HTTP between the page and the development server. The page is at `/` of the local Worker; below it are:
 *
 * - `GET /phone/state`: a `PhoneState`, at once
 * - `GET /phone/state?after=<revision>`: the next `PhoneState` as soon as there is a later one, or status 204 after some
 *   seconds without
 * - `POST /phone/calls`: a `PlacedCallReport` as JSON; answers status 200, or 409 if the call does not ring or is over
 * - `POST /phone/keep`: a `SaveTestRequest` as JSON; answers `SavedTest` with status 200, else `Refused`
 * - `POST /phone/rerecord`: a `NamedTest` as JSON; answers as `/phone/keep`
 * - `POST /phone/undo`: `{}`; takes back what was written last, and answers `Undone` with status 200, else `Refused`
 * - `GET /phone/test?flow=<flow>&name=<scenario>`: a `TestDetail`, played anew; answers status 404 if there is no such test
 * - `POST /phone/service`: an `AskedService` as JSON; answers `StandIn`. The Worker in development asks, not the page
 *
 * A webhook goes to `/voice/<flow>` and to the URLs of the answers, signed, as Twilio's do. The page adds the header
 * `NOW_HEADER` to each, and `STAND_INS_HEADER` unless services are really asked; the response of each turn, of the call or
 * of an aside, then has the header `TURN_HEADER`.
 */

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
