/** Phrases that say nothing, and that callers have heard too often. */
import { yaml } from "../../language/example.ts";
import { marksOf } from "../../model/flow.ts";
import { locate } from "../../yaml/locate.ts";
import type { Advice } from "./advice.ts";

const EMPTY = new RegExp(
  [
    "your call is (?:very |extremely )?important to us",
    "listen carefully,? (?:as|because|since) (?:some of )?our (?:menu )?options have (?:recently )?changed",
    "our (?:menu )?options have (?:recently )?changed",
    "su llamada es (?:muy )?importante",
    "votre appel est (?:très )?important",
    "ihr anruf ist uns (?:sehr )?wichtig",
    "(?:a )?sua (?:ligação|chamada) é (?:muito )?importante",
    "uw (?:gesprek|telefoontje|oproep) is (?:heel |erg )?belangrijk voor ons",
    "ditt samtal är (?:mycket )?viktigt för oss",
    "お客様のお電話は(?:私ども|当社|弊社)にとって(?:大変|とても)?大切",
    "la sua (?:chiamata|telefonata) è (?:molto )?importante",
  ].join("|"),
  "iu",
);

export const emptyPhrase: Advice = {
  doc: {
    code: "empty-phrase",
    severity: "advice",
    summary:
      "A prompt says “your call is important to us”, or that the options have changed. It takes seconds, and tells callers nothing.",
    wrong: "Options that have changed since yesterday are news to people who call every day.",
    bad: yaml`
      steps:
        hold:
          say: Your call is important to us. Please hold the line.
          next: bye
        bye:
          hangup: Goodbye.
    `,
    good: yaml`
      steps:
        hold:
          say: I am looking for somebody who can help you.
          next: bye
        bye:
          hangup: Goodbye.
    `,
  },
  check({ flow }, advise) {
    for (const { mark, node } of marksOf(flow)) {
      const match = mark === "spoken" && node.type === "scalar" ? EMPTY.exec(node.text) : null;
      if (!match || node.type !== "scalar") continue;
      const start = locate(node, match.index, flow.text);
      const end = locate(node, match.index + match[0].length - 1, flow.text) + 1;
      advise({ span: { start, end } }, "this tells callers nothing that helps them; leave it out");
    }
  },
};
