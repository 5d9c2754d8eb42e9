/** Tests of a flow: how they went, and what the page writes into their files. */
import type { Scenario } from "../../script/scenario.ts";
import type { ServiceResponse } from "./services.ts";
import type { Value } from "./value.ts";

/** A test of a flow, and how it went when it was played last. */
export interface TestView {
  name: string;
  file: string;
  /** The line of its name, from 1. */
  line: number;
  /** It has answers for services. */
  answers?: true;
  /** Absent until it has been played. A flow with an error holds back its tests. */
  outcome?: "passes" | "fails" | "held back";
  /** Why it fails, or cannot be played. */
  failure?: string;
}

/** A test in detail: its call, line by line, and what it plays. */
export interface TestDetail {
  lines: { text: string; is?: "expected" | "real" | "rest" }[];
  scenario: TestScenario;
}

/** A scenario as a test file has it: with the responses of services, in order, by `ServiceRequestView.url`. */
export interface TestScenario extends Scenario {
  /** Values of persistent variables before the call. */
  kept?: Record<string, Value>;
  requests?: Record<string, ServiceResponse[]>;
}

/** A call to save in its flow's test file. */
export interface SaveTestRequest {
  flow: string;
  scenario: TestScenario;
}

/** Where a call was saved. */
export interface SavedTest {
  file: string;
  /** The line of its name, from 1. */
  line: number;
  /** The scenario's name, with a number appended if the name was taken. */
  name: string;
  /** Why the scenario fails against the saved flows; absent if it passes. */
  failure?: string;
}

/** A test by its names. */
export interface NamedTest {
  flow: string;
  name: string;
}

/** A file is as it was before a test was written into it; it is gone if there was none. */
export interface Undone {
  undone: string;
}

/** Why nothing was saved, in a sentence. */
export interface Refused {
  problem: string;
}
