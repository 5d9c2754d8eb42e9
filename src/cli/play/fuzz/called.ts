/** A random person who is called, and what they do as lines of the script. */
import type { CalledHandset, GatherAnswer } from "../../../phone/leg/handset.ts";
import type { CalleeStep } from "../../../phone/script/scenario.ts";
import { entered } from "./entered.ts";
import type { Heard } from "./heard.ts";
import type { Random } from "./random.ts";

/**
 * A random person who takes a call.
 * @param leaves whether the caller leaves now, instead of an answer
 * @param line the line of the dial, which gets a step for each thing that the person does
 */
export function calledPerson(
  random: Random,
  heard: Heard,
  leaves: () => boolean,
  { dial: name, callee: steps }: { dial: string; callee: CalleeStep[] },
): CalledHandset {
  let isGone = false;
  return {
    hear: (moment) => {
      heard.moment(moment, name);
      if (moment.kind !== "said" || moment.text === "" || !random.chance(0.02)) return;
      isGone = true;
      const hangup = random.chance(0.5) ? "caller" : true;
      steps.push({ hears: moment.text, hangup });
      if (hangup === "caller") heard.hangUp();
    },
    isGone: () => isGone,
    gather: (gathering) => {
      const given: GatherAnswer = leaves() ? "hangup" : entered(random, gathering);
      if (typeof given === "string") steps.push(given);
      else steps.push("digits" in given ? { presses: given.digits } : { says: given.speech });
      return given;
    },
  };
}
