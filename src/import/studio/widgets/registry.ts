/** Stage 6: every type of widget that has a counterpart. */
import { convertDial } from "./dial.ts";
import { convertEnqueue, convertFlex } from "./flex.ts";
import { convertGather } from "./gather/gather.ts";
import { convertPay, convertRedirect, convertStream, convertSubflow } from "./leave.ts";
import { convertMessage } from "./message.ts";
import { convertCallRecording, convertRecord } from "./record.ts";
import { convertReply } from "./reply/reply.ts";
import { convertFunction, convertHttp, saveResponse } from "./request/request.ts";
import { saveAnswer, saveResults } from "./save.ts";
import { convertSay } from "./say.ts";
import { convertSet } from "./set.ts";
import { convertSplit } from "./split.ts";
import type { WidgetKind } from "./widget.ts";

/** The conversions, by the type in a definition. */
export const WIDGETS: Readonly<Record<string, WidgetKind>> = {
  "say-play": { convert: spokenOnly(convertSay) },
  "gather-input-on-call": { convert: spokenOnly(convertGather), save: saveAnswer },
  "split-based-on": { convert: convertSplit },
  "set-variables": { convert: convertSet },
  "run-function": { convert: convertFunction, save: saveResponse },
  "make-http-request": { convert: convertHttp, save: saveResponse },
  "connect-call-to": { convert: spokenOnly(convertDial), save: saveResults },
  "record-voicemail": { convert: spokenOnly(convertRecord), save: saveAnswer },
  "record-call": { convert: spokenOnly(convertCallRecording) },
  "send-to-flex": { convert: convertFlex },
  "enqueue-call": { convert: convertEnqueue },
  "send-message": { convert: convertMessage },
  "send-and-wait-for-reply": { convert: convertReply, save: saveAnswer },
  "add-twiml-redirect": { convert: spokenOnly(convertRedirect), save: saveResults },
  "run-subflow": { convert: convertSubflow, save: saveResults },
  "capture-payments": { convert: spokenOnly(convertPay), save: saveResults },
  "fork-stream": { convert: spokenOnly(convertStream) },
};

/** What is heard or called has no counterpart on the road of a text message. */
function spokenOnly(convert: WidgetKind["convert"]): WidgetKind["convert"] {
  return (c, widget) => (c.road === "text" ? undefined : convert(c, widget));
}
