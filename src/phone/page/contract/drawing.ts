/** The diagram of a flow, before and after its layout. */
import type { Trigger } from "./steps.ts";

/** The height of a label's line, in pixels. */
export const LABEL_LINE = 18;
/** The width of a letter of a label. */
export const LABEL_LETTER = 7;

/** The width of a bold letter of a key. */
export const KEY_LETTER = 8.5;
/** The least width of a key's cap. */
export const KEY_WIDTH = 18;

/** What a diagram shows, before it is laid out. Sizes are in pixels. */
export interface Graph {
  /** Where a call begins. */
  start?: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
}

/** A step, an end of the flow, or a beginning, with its size. */
export type GraphNode = Omit<DrawnNode, "x" | "y">;

/** A line, with the size of its labels. */
export type GraphEdge = Pick<DrawnEdge, "from" | "to" | "labels" | "sideRoad"> & {
  labelWidth: number;
  labelHeight: number;
};

/** The positions of the diagram's pieces, in pixels from its top left corner. */
export interface Drawing {
  width: number;
  height: number;
  nodes: DrawnNode[];
  edges: DrawnEdge[];
  /** The outer ones first. */
  departments: Department[];
}

/** Steps that only one choice of a menu reaches, in a frame of their own. It can be folded. */
export interface Department {
  /** The id of its first step. */
  id: string;
  /** The names of all its steps, folded or not, the first one first. */
  steps: string[];
  isOpen: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A beginning other than the start. */
export type Begins = "error" | "hangup" | "message" | "machine" | "unanswered";

/** What the diagram calls each. */
export const BEGINS: Readonly<Record<Begins, string>> = {
  error: "error",
  hangup: "caller hangs up",
  message: "text message",
  machine: "answering machine",
  unanswered: "not answered",
};

/** A step, an end of the flow, or a beginning other than its start. */
export interface DrawnNode {
  /** A step's name; an end has one of its own: `billing hangup`; a beginning has too: `~hangup`. */
  id: string;
  /** Which end it is; absent for a step. */
  end?: "hangup" | "back" | "return";
  /** Which beginning it is; absent for a step. */
  begins?: Begins;
  /**
   * Stands for this step, which is drawn elsewhere: in a large flow, a step that many others lead to would draw its
   * lines through the whole picture.
   */
  elsewhere?: string;
  /** Of a step to which no line is drawn, this many lead: the small node before it. */
  arrives?: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** All exits of one step that lead to one place, as one line. */
export interface DrawnEdge {
  /** Ids of nodes. */
  from: string;
  to: string;
  /** The exits' labels; `next` has one only next to others. Each takes one line of `LABEL_LINE`. */
  labels: Label[];
  /** A side road of a step, or of the whole call, begins here. */
  sideRoad?: true;
  /** At least two: from the border of the one node to that of the other. */
  points: [x: number, y: number][];
  /** The middle of the space reserved for the labels; absent if there are none. */
  labelAt?: [x: number, y: number];
}

/** The label of an exit, shortened: a key is only its digits. */
export interface Label {
  text: string;
  by: Trigger;
}
