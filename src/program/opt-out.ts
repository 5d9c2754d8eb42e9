/**
 * The words that Twilio itself acts on if they are a whole text message: it blocks or unblocks the sender, or answers.
 * Source: Twilio, "Twilio support for opt-out keywords". YES is left out: Twilio passes it on, and it is an answer.
 */
const WORDS: Readonly<Record<"stop" | "start" | "help", RegExp>> = {
  stop: /^(stop|stopall|unsubscribe|cancel|end|quit|revoke|optout)$/,
  start: /^(start|unstop)$/,
  help: /^(help|info)$/,
};

/** What Twilio does at a text message of this body; undefined for all others. */
export function optOutWord(body: string): "stop" | "start" | "help" | undefined {
  const word = body.trim().toLowerCase();
  if (WORDS.stop.test(word)) return "stop";
  if (WORDS.start.test(word)) return "start";
  return WORDS.help.test(word) ? "help" : undefined;
}
