/** Programs of the format before → this one's, so that versions that calls are in survive an update of Ringflow. */
import { FORMAT, type Program } from "../../program/program.ts";
import { lowerProgram } from "./lower-program.ts";

/** A Program of the format before: its expressions are CEL texts. */
type OlderProgram = Omit<Program, "format">;

/**
 * Reads a Program of this format or of the one before. Its hash stays: the URLs of calls in progress contain it.
 * @returns undefined if it is neither, or uses a part of CEL that Ringflow no longer has
 */
export function currentProgram(value: unknown): Program | undefined {
  if (isOfFormat(value, FORMAT)) return value;
  if (!isOlder(value)) return undefined;
  try {
    return lowerProgram(value);
  } catch {
    return undefined;
  }
}

// Only our own compiler writes Programs: the format tells what they are.
function isOfFormat(value: unknown, format: number): value is Program {
  return typeof value === "object" && value !== null && "format" in value && value.format === format;
}

function isOlder(value: unknown): value is OlderProgram {
  return isOfFormat(value, FORMAT - 1);
}
