/** Record Voicemail → `record`, and Call Recording → `start` and `stop`. */
import { type Conversion, exitOn, textFor } from "../conversion.ts";
import { textIn, transitionOf, type Widget, wholeIn } from "../definition.ts";
import { urlOf } from "../environment.ts";
import { compact, type Step, type Tree } from "../step.ts";
import { stepFor } from "./widget.ts";

/** Converts a Record Voicemail. */
export function convertRecord(c: Conversion, widget: Widget): Step[] {
  const next = exitOn(c, widget, "recordingComplete");
  const empty = exitOn(c, widget, "noAudio");
  const [timeout, most] = [wholeIn(widget, "timeout"), wholeIn(widget, "max_length")];
  const key = textIn(widget, "finish_on_key");
  const callback = textIn(widget, "recording_status_callback_url").trim();
  const transcript = textIn(widget, "transcription_callback_url").trim();
  const isTranscribed = textIn(widget, "transcribe") === "true";
  const longest = isTranscribed ? Math.min(most ?? 120, 120) : most;
  if (isTranscribed && most !== undefined && most > 120)
    c.notes.changed.push({
      widget: widget.name,
      was: `a message of ${most} seconds, of which Twilio transcribed nothing after 120`,
      is: "at most 120 seconds",
    });
  if (transitionOf(widget, "hangup").next !== undefined) {
    c.notes.changedExits.add(`${widget.name} hangup`);
    c.notes.changed.push({
      widget: widget.name,
      was: "a hang-up had an exit",
      is: "`notify` can name what runs once the message has arrived",
    });
  }
  const body = compact({
    empty: empty.to === next.to && empty.isWord === next.isWord ? undefined : empty,
    maxLength: longest === undefined || longest === 3600 || longest < 2 ? undefined : longest,
    timeout: timeout === undefined || timeout === 5 ? undefined : timeout,
    finishOnKey: /^[0-9*#]+$/.test(key) ? key : undefined,
    playBeep: textIn(widget, "play_beep") === "false" ? false : undefined,
    trim: textIn(widget, "trim") === "do-not-trim" ? "do-not-trim" : undefined,
    transcribe: isTranscribed ? true : undefined,
    transcribeCallback: isTranscribed && transcript !== "" ? textFor(c, widget, transcript).text : undefined,
    recordingStatusCallback: callback === "" ? undefined : urlOf(c, widget, callback),
  });
  return [stepFor(widget, { kind: "record", body, next })];
}

/** Converts a Call Recording. */
export function convertCallRecording(c: Conversion, widget: Widget): Step[] {
  const next = exitOn(c, widget, "success");
  if (textIn(widget, "record_call") === "false")
    return [stepFor(widget, { kind: "stop", body: "recording", next })];
  const callback = textIn(widget, "recording_status_callback").trim();
  const recording: Tree = compact({
    name: "recording",
    recordingStatusCallback: callback === "" ? undefined : urlOf(c, widget, callback),
  });
  return [stepFor(widget, { kind: "start", body: { recording }, next })];
}
