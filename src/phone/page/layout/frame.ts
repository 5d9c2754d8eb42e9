/** The frame of a department, open or folded. */
import type { Department } from "../contract/drawing.ts";
import { HEAD } from "../text/places.ts";
import type { Block } from "./block.ts";
import type { Part } from "./departments.ts";

/** Around the steps of an open department, in pixels. */
const AROUND = 12;
/** A folded department, with a name of so many letters. */
const FOLDED = { height: 50, letter: 8, around: 76, narrowest: 160, widest: 264 };

/** @param inner the steps of a department; undefined if it is folded */
export function framed({ id, steps }: Part, inner: Block | undefined): Block {
  const { letter, around, narrowest, widest } = FOLDED;
  const least = Math.min(widest, Math.max(narrowest, id.length * letter + around));
  const width = inner ? Math.max(least, inner.width + 2 * AROUND) : least;
  const height = inner ? HEAD + inner.height + AROUND : FOLDED.height;
  return {
    width,
    height,
    entry: (inner ? HEAD : FOLDED.height) / 2,
    draw(x, y, canvas) {
      const department: Department = { id, steps, isOpen: inner !== undefined, x, y, width, height };
      canvas.departments.push(department);
      inner?.draw(x + AROUND, y + HEAD, canvas);
    },
  };
}
