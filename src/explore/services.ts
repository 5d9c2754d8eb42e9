/** The answers of a service: one for each that the flow tells apart. */
import type { ServiceRequest } from "../engine/effect.ts";
import type { ServiceAnswer } from "./exploration.ts";
import { bodiesOf, valuesOf, written } from "./sides.ts";
import type { ToldApart } from "./told/told-apart.ts";

/** Codes of each class; the first that the flow does not name stands for the class. */
const OF_CLASS: Readonly<Record<string, readonly string[]>> = {
  "2xx": ["200", "201", "202"],
  "4xx": ["400", "422", "409"],
  "5xx": ["500", "503", "502"],
};
/** Not answers of the service, but of the way there. */
const NO_BODY: ReadonlySet<string> = new Set(["timeout", "failed", "invalid"]);
/** The answers to a request of a step, and whether some were left out. */
export function answersTo(
  request: ServiceRequest,
  step: string,
  told: ToldApart,
  most: number,
): { answers: ServiceAnswer[]; isCut: boolean } {
  const named = ["status", "class"]
    .flatMap((key) => told.of(`answer ${step} ${key}`))
    .flatMap(({ side }) =>
      "value" in side ? [String(side.value)] : "boundary" in side ? [String(side.boundary)] : [],
    );
  const statuses = statusesFor(named);
  const { bodies, isCut } = bodiesOf(told.of(`answer ${step} body`), told.pathsAt(step), most);
  const paths = told.pathsAt(step);
  const good = statuses.filter((status) => status.startsWith("2"));
  const others = statuses.filter((status) => !status.startsWith("2"));
  const answer = (status: string, label: string, body: ServiceAnswer["body"]): ServiceAnswer => ({
    url: request.url,
    label,
    status,
    body,
    ...(request.text && { text: typeof body === "string" ? body : JSON.stringify(body) }),
    tries: isRepeated(request, status) ? request.retries + 1 : 1,
  });
  const first = good[0] ?? "200";
  const texts = valuesOf(told.of(`answer ${step} text`), "string").slice(1);
  const nothing =
    paths.some(({ type }) => type !== "string") || bodies.length > 1
      ? [answer(first, `${first}, an empty body`, {})]
      : [];
  return {
    answers: [
      ...bodies.map(({ label, value }) => answer(first, label === "" ? first : `${first}, ${label}`, value)),
      ...texts.map((text) => answer(first, `${first}, ${written(text)}`, text ?? "")),
      ...nothing.filter(() => !bodies.some(({ value }) => JSON.stringify(value) === "{}")),
      ...good.slice(1).map((status) => answer(status, status, bodies[0]?.value ?? {})),
      ...others.map((status) =>
        answer(status, status, NO_BODY.has(status) ? null : (bodies[0]?.value ?? {})),
      ),
    ],
    isCut,
  };
}

/** A status for each that is named, a good one, a bad one, and no answer in time. */
function statusesFor(named: readonly string[]): string[] {
  const codes = named.filter((name) => /^[2-5]\d\d$/.test(name) || NO_BODY.has(name));
  const classes = ["2xx", ...named.filter((name) => name in OF_CLASS), "5xx"];
  const ofClasses = classes.flatMap((name) => OF_CLASS[name]?.find((code) => !codes.includes(code)) ?? []);
  return [...new Set([...ofClasses, ...codes, "timeout"])];
}

/** The same answer, to another request. */
export function answeredAs({ label, status, body }: ServiceAnswer, request: ServiceRequest): ServiceAnswer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const tries = isRepeated(request, status) ? request.retries + 1 : 1;
  return { url: request.url, label, status, body, ...(request.text && { text }), tries };
}

/** Whether the Worker sends a failed request again. */
function isRepeated({ method, idempotent }: ServiceRequest, status: string): boolean {
  if (status === "429" || status === "503") return true;
  const isSafe = idempotent === true || !/^(POST|PATCH)$/.test(method);
  return isSafe && (status === "timeout" || status === "failed" || status.startsWith("5"));
}
