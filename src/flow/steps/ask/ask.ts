/** `ask`: a question by text message. */
import type { StepKind } from "../kind.ts";
import { blocksOf, SILENCE } from "./blocks.ts";
import { type Ask, Body, secondsToAnswer } from "./body.ts";
import { DOC } from "./doc.ts";
import { type Code, FINDINGS } from "./findings.ts";
import { lint, type Shared } from "./lint.ts";

export const ask: StepKind<Ask, Code, Shared> = {
  name: "ask",
  does: "asks",
  beside: ["message"],
  onlyBeside: "would wait for a text message: ask callers with `gather`",
  waitsForMessage: (body) => ({ timeout: secondsToAnswer(body), block: SILENCE }),
  isSilent: ([key, which]) => key === "otherwise" && which !== "else",
  isUnanswered: ([key]) => key === "otherwise",
  exitLabel: ([group, key = ""]) => {
    if (group === "choices") return key;
    if (group === "otherwise") return key === "silence" ? "silence" : "otherwise";
    return undefined;
  },
  exitTrigger: ([group]) => (group === "choices" ? "word" : "outcome"),
  aliases: {
    question: ["prompt"],
    message: ["prompt"],
    text: ["prompt"],
    body: ["prompt"],
    say: ["prompt"],
    options: ["choices"],
    keywords: ["choices"],
    replies: ["choices"],
    answers: ["choices"],
    variable: ["save"],
    as: ["save"],
    media: ["picture", "mediaUrl"],
    image: ["picture"],
    photo: ["picture"],
    expires: ["timeout"],
    wait: ["timeout"],
    retries: ["attempts"],
    tries: ["attempts"],
    reprompt: ["noMatch"],
    nomatch: ["noMatch"],
    "no-match": ["noMatch"],
    default: ["otherwise"],
    fallback: ["otherwise"],
    else: ["otherwise"],
    "no-reply": ["silence"],
    speech: ["words"],
    phrases: ["words"],
  },
  doc: DOC,
  schema: Body,
  keys: {
    prompt: "The question, up to 1,600 characters; it can differ by language.",
    mediaUrl: "The URL of a picture to send with the question.",
    choices:
      "Words, or ranges of numbers, and their exits, or `{next, words, language}`: more words, and the language of the conversation from then on.",
    save: "The variable that captures what was written.",
    matches: "A regular expression that the whole answer must match.",
    picture: "The exit for a message with a picture or another file, whose URL `save` captures.",
    timeout: "How long an answer is awaited, from `1m` to `30d`; `4h` if left out.",
    attempts: "How often it is asked; 3 if left out.",
    noMatch:
      "The text sent after a wrong answer, or a list with one for each attempt; the question again if left out.",
    otherwise:
      "The exit after the last attempt, or after the `timeout`; or `{silence, else}`, by what it was. `return` if left out.",
  },
  canRetry: true,
  next: ({ choices, save, picture }) =>
    choices === undefined && (save !== undefined || picture === undefined) ? "required" : "refused",
  findings: FINDINGS,
  lint,
  compile: blocksOf,
};
