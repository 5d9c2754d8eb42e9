/** What going through all calls found of a flow: promises and ways, with calls to play. */
import type { TestScenario } from "./tests.ts";

/** The ways of calls through a flow, as `ringflow paths` puts them. */
export interface WaysView {
  /** How many states, turns and ways there are. */
  counts: string;
  /** When callers can choose first. */
  choice: string;
  /** When somebody is rung first, or callers wait in a queue. */
  person: FoundWay;
  /** The longest calls that do not go in circles. */
  mostAnswers: FoundWay;
  mostSeconds: FoundWay;
  /** Exits that no call takes, and those that calls take and no test does, by the step that they leave. */
  unreached: ExitView[];
  untested: ExitView[];
  /** What was not explored, as sentences. */
  cut: string[];
}

/** A way in words, and a call that takes it, if there is one. */
export interface FoundWay {
  text: string;
  call?: FoundCall;
}

/** An exit of a step, in words. */
export interface ExitView {
  step: string;
  text: string;
}

/** A promise of a flow, and what going through all calls made of it. */
export interface PromiseView {
  /** As the author wrote it, on one line. */
  text: string;
  /** Its line, from 1. */
  line: number;
  is: "kept" | "broken" | "undecided";
  because?: string;
  /** Of a broken promise, the shortest call in words; why it is undecided otherwise. */
  why?: string;
  call?: FoundCall;
}

/** A call that was found by going through all calls, to be played. */
export interface FoundCall {
  /** The flow that is called. */
  flow: string;
  scenario: TestScenario;
}
