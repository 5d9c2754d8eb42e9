/** Every piece of advice. */
import type { AdviceCode } from "../../model/advice.ts";
import { abruptEnd } from "./abrupt-end.ts";
import type { Advice } from "./advice.ts";
import { askedTwice } from "./asked-twice.ts";
import { blamingWords } from "./blaming-words.ts";
import { constantHours } from "./constant-hours.ts";
import { deepMenu } from "./deep-menu.ts";
import { earlyKeys } from "./early-keys.ts";
import { emptyPhrase } from "./empty-phrase.ts";
import { keyGap } from "./key-gap.ts";
import { keyOrder } from "./key-order.ts";
import { keylessChoices } from "./keyless-choices.ts";
import { longGreeting } from "./long-greeting.ts";
import { manyOptions } from "./many-options.ts";
import { noPerson } from "./no-person.ts";
import { noWayOut } from "./no-way-out.ts";
import { pressFirst } from "./press-first.ts";
import { recordedSecret } from "./recorded-secret.ts";
import { samePrompt } from "./same-prompt.ts";
import { silentRecord } from "./silent-record.ts";
import { silentRequest } from "./silent-request.ts";
import { similarPhrases } from "./similar-phrases.ts";
import { spokenUnset } from "./spoken-unset.ts";
import { unannouncedRecording } from "./unannounced-recording.ts";
import { unmappedKey } from "./unmapped-key.ts";
import { unspokenKey } from "./unspoken-key.ts";
import { unused } from "./unused.ts";

const byCode: Readonly<Record<AdviceCode, Advice>> = {
  "unspoken-key": unspokenKey,
  "unmapped-key": unmappedKey,
  "early-keys": earlyKeys,
  "abrupt-end": abruptEnd,
  "same-prompt": samePrompt,
  "no-person": noPerson,
  "no-way-out": noWayOut,
  "many-options": manyOptions,
  "press-first": pressFirst,
  "blaming-words": blamingWords,
  "keyless-choices": keylessChoices,
  "key-gap": keyGap,
  "key-order": keyOrder,
  "deep-menu": deepMenu,
  "long-greeting": longGreeting,
  "similar-phrases": similarPhrases,
  "spoken-unset": spokenUnset,
  "asked-twice": askedTwice,
  "silent-request": silentRequest,
  "silent-record": silentRecord,
  "unannounced-recording": unannouncedRecording,
  "recorded-secret": recordedSecret,
  "empty-phrase": emptyPhrase,
  "constant-hours": constantHours,
  unused,
};

/** Every piece of advice, the most useful first. */
export const advice: readonly Advice[] = Object.values(byCode);
