/** Documents of the front desk, made with twilio's own builder. */
import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { complaint, HINTS, MENU, VOICE } from "./texts.ts";

/** The menu once more, after keys that it does not know, or none. */
export function menuAgain(action: string, digits: string | undefined): string {
  const response = new VoiceResponse();
  const gather = response.gather({
    action,
    actionOnEmptyResult: true,
    input: ["dtmf", "speech"],
    numDigits: 1,
    language: "en-US",
    hints: HINTS,
  });
  gather.say(VOICE, complaint(digits));
  gather.say(VOICE, MENU);
  return response.toString();
}

/** The end of a call; the caller's name may be empty. */
export function goodbye(name: string | undefined): string {
  const response = new VoiceResponse();
  response.say(VOICE, `Thank you${name ? `, ${name}` : ""}. Goodbye.`);
  response.hangup();
  return response.toString();
}
