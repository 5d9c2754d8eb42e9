/** What answers in place of services. */
import type { Value } from "./value.ts";

/** A call whose services have stand-ins. */
export interface StandInCall {
  /** Any name: the answers of a test are given in order, call by call. */
  call: string;
  /** The scenario whose answers come first, by its name. */
  scenario?: string;
}

/** A request that a stand-in answers. */
export interface AskedService extends StandInCall {
  /** The flow that was called. */
  flow: string;
  step: string;
  url: string;
}

/** What answers in place of a service. */
export interface StandIn {
  answer: ServiceResponse;
  from: { test: string } | "example";
}

/** The response of a service. */
export interface ServiceResponse {
  status: number | "timeout" | "failed";
  json?: Value;
  text?: string;
}
