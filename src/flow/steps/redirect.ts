/** `redirect`: hand the call to another TwiML application. */

import { captureParams, failEmpty } from "../compile/compiler.ts";
import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import { Exit } from "../language/exit-schema.ts";
import { Keys, Saved } from "../language/schema.ts";
import { Url } from "../language/text-schema.ts";
import { type Static, Type } from "../language/type.ts";
import { type Flow, type Report, type Step, valueAt } from "../model/flow.ts";
import { method } from "../twiml/attributes.ts";
import { addNoun, type Noun } from "../twiml/noun.ts";
import type { StepKind } from "./kind.ts";

/** TwiML Redirect. */
const REDIRECT = {
  element: "Redirect",
  example: "redirect: { url: https://example.com/voice, … }",
  text: { key: "url", schema: Url, url: true },
  attributes: { method: method(13710) },
} satisfies Noun;

const Full = Keys({
  url: Url,
  ...REDIRECT.attributes,
  back: Type.Optional(Exit),
  save: Type.Optional(Saved),
});
const Body = Type.Union([Url, Full]);
type Body = Static<typeof Body>;
type Full = Static<typeof Full>;

function isFull(body: Body): body is Full {
  return typeof body === "object" && "url" in body;
}

const FINDINGS = defineFindings([
  {
    code: "save-without-back",
    severity: "error",
    summary: "A `redirect` has `save` and no `back`: the call does not come back with anything to capture.",
    bad: yaml`
      steps:
        survey:
          redirect: { url: https://example.com/survey, save: { score: score } }
    `,
    good: yaml`
      steps:
        survey:
          redirect: { url: https://example.com/survey, back: thanks, save: { score: score } }
        thanks:
          hangup: Thank you.
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

function lint(step: Step<Body>, _flow: Flow, report: Report<Code>): void {
  if (!isFull(step.body) || step.body.save === undefined || step.body.back !== undefined) return;
  const message = "the call does not come back; add `back` with the step that continues, or remove `save`";
  report({ code: "save-without-back", at: valueAt(step, "save") ?? step.bodyNode, message });
}

export const redirect: StepKind<Body, Code> = {
  name: "redirect",
  does: "asks",
  role: "connects",
  handsOver: true,
  doc: {
    summary: "Hands the call to another TwiML application, and can take it back.",
    text:
      "Without `back` the call leaves Ringflow for good. With `back` the other application gets a parameter `back` in its " +
      "URL: an absolute URL, encoded, that continues this call at the step in `back`. It redirects there once it is done, " +
      "by POST: `<Redirect>https://phone.example.com/voice/…?t=…</Redirect>`, with `&` written as `&amp;`. What it adds to " +
      "that URL, such as `&score=5`, is what `save` captures by name; a parameter of Twilio's own of that name comes " +
      "first, and a missing one is the variable's default. The URL is sealed for this call and this moment: it is of no " +
      "use in another call. The other application can also keep it in a session, or pass it on.",
    example: yaml`

      variables:
        score: { type: int, default: 0 }
      steps:
        survey:
          redirect:
            url: https://example.com/survey?from={{ caller.number }}
            back: thanks
            save: { score: score }
        thanks:
          hangup: You gave us {{ vars.score }} points. Goodbye.
    `,
    calls: `
flow: example
scenarios:
  - name: the other application asks, and sends the caller back
    from: +14155550111
    requests:
      https://example.com/survey*:
        - text: <Response><Say>A short survey.</Say><Redirect>{{ back }}&amp;score=5</Redirect></Response>
    script:
      - hear: A short survey.
      - hear: You gave us 5 points.
      - end
  - name: the other application keeps the call
    script:
      - end
`,
  },
  twiml: [REDIRECT],
  schema: Body,
  keys: {
    url: "The URL of the other application.",
    method: "`GET` or `POST`; `POST` if left out.",
    back: "The exit that is taken when the other application sends the call back.",
    save: "Variables, and the parameter that each captures when the call comes back.",
  },
  next: () => "refused",
  findings: FINDINGS,
  lint,
  compile: (step, compiler) => {
    const body = isFull(step.body) ? step.body : { url: step.body };
    const { back, save } = isFull(step.body) ? step.body : {};
    const redirect = compiler.twiml((response) => {
      const element = addNoun(compiler, response, REDIRECT, body);
      if (back !== undefined) element.addText(compiler.linkAs("back", "back"));
    });
    // TwiML Redirect: an empty one requests the same document again, forever.
    const leave = [...failEmpty(body.url), redirect];
    if (back === undefined) return { enter: [...leave, { op: "end" }] };
    return {
      enter: [...leave, { op: "wait", block: "back" }],
      back: [...captureParams(save, compiler), ...compiler.exit(back)],
    };
  },
};
