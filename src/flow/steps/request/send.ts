/** The request that is sent, and the ways on from its answer. */
import type { Op, RequestOp, Source } from "../../../program/op.ts";
import { type Compiler, captureResults, jsonSource, textSource } from "../../compile/compiler.ts";
import { mapValues } from "../../language/map-values.ts";
import type { Step } from "../../model/flow.ts";
import { methodOf, type Request, TIMEOUT } from "./body.ts";

/** The request of a step. */
export function send({ body }: Step<Request>, compiler: Compiler): RequestOp {
  const { json, form, query, headers, sign } = body;
  const wantsText = Object.values(body.answer ?? {}).includes("text");
  const later = compiler.fragment((response) =>
    response.addChild("Redirect", {}).addText(compiler.link("send")),
  );
  return {
    op: "request",
    method: methodOf(body),
    url: compiler.address(body.url),
    ...(query && { query: mapValues(query, textSource) }),
    ...(headers && { headers: mapValues(headers, textSource) }),
    ...(json && { json: jsonSource(json.value) }),
    ...(form && { form: mapValues(form, textSource) }),
    timeout: (body.timeout ?? TIMEOUT) * 1000,
    retries: body.retries ?? 0,
    ...(body.idempotent && { idempotent: true }),
    ...(sign && { sign }),
    ...(wantsText && { text: true }),
    block: "answered",
    later,
  };
}

/** Captures values from the answer, or takes the exit for an answer that the flow does not expect. */
function save({ body }: Step<Request>, { facts }: Compiler): Op[] {
  return Object.entries(body.save ?? {}).map(([variable, path]): Op => {
    const from: Source = { answer: "body", path: path.split(".") };
    // A variable with a default keeps its value if the answer has none.
    const otherwise: Op[] = facts.defaulted.has(variable) ? [] : [{ op: "goto", block: "invalid" }];
    return { op: "set", to: { variable }, from, otherwise };
  });
}

/** The successes that have a body: not 204 and 205. */
const WITH_BODY = /^2(?!0[45])/;

/** What follows the answer: the capture and `next`, or the exit for the outcome. */
export function answered(step: Step<Request>, compiler: Compiler): Op[] {
  const { status = {} } = step.body;
  const named = Object.entries(status).filter(([outcome]) => outcome !== "else");
  const captured = save(step, compiler);
  const cases = Object.fromEntries(
    named.map(([outcome, exit]) => [
      outcome,
      [...(WITH_BODY.test(outcome) ? captured : []), ...compiler.exit(exit)],
    ]),
  );
  const good = [...captured, ...compiler.exit(step.next ?? "hangup")];
  const about = captureResults(
    step.body.answer,
    { status: { answer: "status" }, text: { answer: "text" } },
    compiler,
  );
  return [
    ...about,
    { op: "switch", on: { answer: "status" }, cases },
    { op: "switch", on: { answer: "class" }, cases: { "2xx": good, ...cases } },
    ...compiler.outcome(status, "an answer like this"),
  ];
}
