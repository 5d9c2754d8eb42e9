/** The page of a question by text message. */
import { yaml } from "../../language/example.ts";
import type { Doc } from "../kind.ts";

/** What a question does, an example, and text messages to it. */
export const DOC: Doc = {
  summary: "Asks by text message, and waits for the answer.",
  text:
    "Only the steps of `onMessage`, and flows that they run, can ask. The question is the reply to the text message that came in; the next message of the same " +
    "two numbers is its answer. `choices` are words as people write them: case, punctuation and accents do not " +
    "matter, a word can be part of a sentence, and numbers match in words and digits. An emoji is a word, whatever its skin tone, and " +
    "`0-10` are eleven words. `save` captures what was written, read as its variable's type: a choice `5`, or `1-5`, saves the number 5 " +
    'for "5, of course".\n\n' +
    "An answer that does not match counts as one of the `attempts`: the person gets `noMatch`, or the question again, and after the last one " +
    "`otherwise`. Without an answer within the `timeout`, `otherwise` runs on its own: what it sends is a message of its own. " +
    "`otherwise: { silence: …, else: … }` tells the two apart.\n\n" +
    "A picture, or another file, takes the exit `picture`, and `save` captures its URL. Without that exit, a message without text " +
    "saves the URL of its first picture. One that is longer than the variable's `maxLength` does not match.\n\n" +
    "STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE and OPTOUT end a conversation: Twilio then blocks further " +
    "messages. At START, UNSTOP, HELP and INFO, which Twilio acts on as well, the question stays open.",
  example: yaml`

    onMessage: welcome
    variables:
      guests: { type: int }
    steps:
      greet:
        hangup: Please send us a text message.
      welcome:
        ask:
          prompt: "For English reply EN, für Deutsch DE."
          choices:
            EN: guests
            DE: { next: guests, words: [deutsch, german], language: de-DE }
          timeout: 30m
      guests:
        ask:
          prompt: { en-US: How many are you?, de-DE: Wie viele sind Sie? }
          noMatch: { en-US: Please send a number., de-DE: Bitte senden Sie eine Zahl. }
          save: guests
          attempts: 2
          otherwise: { silence: return, else: call-us }
        next: thanks
      thanks:
        sms: { body: { en-US: "Table for {{ vars.guests }}: see you!", de-DE: "Tisch für {{ vars.guests }}: bis bald!" } }
        next: return
      call-us:
        sms: { body: { en-US: Please call us., de-DE: Bitte rufen Sie uns an. } }
        next: return
  `,
  calls: `
flow: example
scenarios:
  - name: in English
    script:
      - text: Hello
      - sms: For English reply EN
      - text: En, please.
      - sms: How many are you?
      - text: four
      - sms: "Table for 4: see you!"
    expect: { guests: 4 }
  - name: in German, and not a number
    script:
      - text: Hallo
      - sms: für Deutsch DE
      - text: de
      - sms: Wie viele sind Sie?
      - text: viele
      - sms: Bitte senden Sie eine Zahl.
      - text: sehr viele
      - sms: Bitte rufen Sie uns an.
  - name: no answer comes in time
    script:
      - text: Hello
      - sms: For English reply EN
      - wait: 31m
      - no sms
      - text: EN
      - sms: For English reply EN
`,
};
