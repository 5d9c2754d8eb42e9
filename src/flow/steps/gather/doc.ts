/** The page of a gather. */
import { yaml } from "../../language/example.ts";
import type { Doc } from "../kind.ts";
import { SPEECH_DOC } from "./speech-doc.ts";

/** What a gather does, an example, and calls to it. */
export const DOC: Doc = {
  summary: "Asks for a choice or an answer, by keys or speech, up to a few times.",
  text:
    "Silence and wrong answers both count as `attempts`; after the last one, `otherwise` is taken. `noInput`, `noMatch` " +
    'and `reprompt` can be lists with one entry per attempt. A choice with `speech`, or a prompt such as "press or say 1", turns ' +
    "on recognition, and phrases become hints. A key can be a range, such as `101-140`; a choice by words alone has a name of your own, such " +
    "as `driver: { speech: [driver, delivery], next: … }`.\n\n" +
    "`otherwise: { silence: …, else: … }` tells a caller who said nothing from one whose answers were wrong. After " +
    "silence, `input` is empty. Without a `prompt`, the question is what was said before; say in `reprompt` what is asked " +
    "from the second attempt on.\n\n" +
    "20 questions in a row without an answer, in whatever steps, take the flow's `onError`, so that no call is kept " +
    "forever. Keys and speech that match nothing count as answers. Callers who wait in a queue can stay silent." +
    "\n\n" +
    SPEECH_DOC,
  example: yaml`

    variables:
      account: { type: string, sensitive: true }
    steps:
      menu:
        gather:
          prompt: For your balance, press 1 or say balance. For our address, say address. To hear this again, press star.
          choices:
            1: { next: account, speech: [balance, my balance] }
            address: { next: address, speech: [address, where are you] }
            "*": repeat
          noInput: Sorry, I did not hear anything.
          noMatch: [I did not get that., Let me say the choices once more.]
          otherwise: { silence: bye, else: address }
      account:
        gather:
          prompt: Please enter or say your four-digit account number, or just press pound.
          save: account
          input: dtmf speech
          matches: "[0-9]{4}"
          numDigits: 4
          skip: address
          otherwise: bye
        next: bye
      address:
        say: You find us at 12 Main Street.
        next: bye
      bye:
        hangup: Goodbye.
  `,
  calls: `
flow: example
scenarios:
  - name: by keys, with a slip
    script:
      - hear: For your balance
      - press: 7
      - hear: I did not get that.
      - press: 1
      - hear: four-digit account number
      - press: 4711
      - hear: Goodbye.
      - end
    expect: { account: "4711" }
  - name: by speech
    script:
      - say: my balance, please
      - hear: four-digit account number
      - say: Forty-seven eleven.
      - end
    expect: { account: "4711" }
  - name: by the number of the choice
    script:
      - say: Option one.
      - hear: four-digit account number
      - say: 47-11
      - end
    expect: { account: "4711" }
  - name: by a choice that has words and no key
    script:
      - say: Where are you?
      - hear: Main Street
      - end
  - name: the pound key alone
    script:
      - press: 1
      - press: "#"
      - hear: Main Street
      - end
  - name: wrong keys all the time
    script:
      - press: 7
      - press: 8
      - press: 9
      - hear: Main Street
      - end
  - name: nobody says anything
    script:
      - silence
      - hear: Sorry, I did not hear anything.
      - silence
      - silence
      - hear: Goodbye.
      - end
`,
};
