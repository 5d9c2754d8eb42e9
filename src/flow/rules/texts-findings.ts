/** The findings on texts. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  {
    code: "open-hole",
    severity: "error",
    summary: "A `{{` without a closing `}}`.",
    bad: yaml`
      steps:
        greet:
          say: "Hello {{ caller.name }."
          next: hangup
    `,
    good: yaml`
      steps:
        greet:
          say: "Hello {{ caller.name }}."
          next: hangup
    `,
  },
  {
    code: "bad-ssml",
    severity: "error",
    summary: "Malformed SSML.",
    bad: yaml`
      steps:
        greet:
          say: We are <emphasis>glad.
          next: hangup
    `,
    good: yaml`
      steps:
        greet:
          say: We are <emphasis>glad</emphasis>.
          next: hangup
    `,
  },
  {
    code: "computed-host",
    severity: "error",
    summary: "A hole in the scheme or host of a URL: callers must not decide where a request goes.",
    bad: yaml`
      steps:
        jingle:
          play: "https://{{ caller.country }}.example.com/hello.mp3"
          next: hangup
    `,
    good: yaml`
      steps:
        jingle:
          play: "https://example.com/{{ caller.country }}/hello.mp3"
          next: hangup
    `,
  },
  {
    code: "bad-url",
    severity: "error",
    summary: "An invalid URL.",
    bad: yaml`
      steps:
        jingle:
          play: htps://example.com/hello.mp3
          next: hangup
    `,
    good: yaml`
      steps:
        jingle:
          play: https://example.com/hello.mp3
          next: hangup
    `,
  },
  {
    code: "private-host",
    severity: "warning",
    summary:
      "A URL names this machine, a private network or a host without a dot. Twilio cannot reach these, and the Worker sends a request there only if the environment variable `PRIVATE_HOSTS` lists the host.",
    bad: yaml`
      steps:
        jingle:
          play: https://10.1.2.3/hello.mp3
          next: hangup
    `,
    good: yaml`
      steps:
        jingle:
          play: https://example.com/hello.mp3
          next: hangup
    `,
  },
  {
    code: "computed-file",
    severity: "error",
    summary:
      "A hole in the name of an audio file. The files that a flow plays must be known when it is built.",
    bad: yaml`
      steps:
        jingle:
          play: "audio/{{ caller.country }}.mp3"
          next: hangup
    `,
    good: yaml`
      steps:
        jingle:
          play: "https://example.com/{{ caller.country }}.mp3"
          next: hangup
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
