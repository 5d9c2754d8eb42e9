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
  const [goods, others] = partition(statusesFor(namedStatuses(told, step)));
  const [first = "200", ...good] = goods;
  const { bodies, isCut } = bodiesOf(told.of(`answer ${step} body`), told.pathsAt(step), most);
  const texts = valuesOf(told.of(`answer ${step} text`), "string").slice(1);
  const usual = bodies[0]?.value ?? {};
  const hasEmpty = bodies.some(({ value }) => JSON.stringify(value) === "{}");
  const readsMore = told.pathsAt(step).some(({ type }) => type !== "string") || bodies.length > 1;
  const answer = (status: string, label: string, body: ServiceAnswer["body"]): ServiceAnswer =>
    answeredAs({ status, label, body }, request);
  return {
    answers: [
      ...bodies.map(({ label, value }) => answer(first, label === "" ? first : `${first}, ${label}`, value)),
      ...texts.map((text) => answer(first, `${first}, ${written(text)}`, text ?? "")),
      ...(readsMore && !hasEmpty ? [answer(first, `${first}, an empty body`, {})] : []),
      ...good.map((status) => answer(status, status, usual)),
      ...others.map((status) => answer(status, status, NO_BODY.has(status) ? null : usual)),
    ],
    isCut,
  };
}

/** The statuses and classes that the flow names in its comparisons. */
function namedStatuses(told: ToldApart, step: string): string[] {
  return ["status", "class"]
    .flatMap((key) => told.of(`answer ${step} ${key}`))
    .flatMap(({ side }) =>
      "value" in side ? [String(side.value)] : "boundary" in side ? [String(side.boundary)] : [],
    );
}

/** The good statuses, and all others. */
function partition(statuses: readonly string[]): [good: string[], others: string[]] {
  const isGood = (status: string): boolean => status.startsWith("2");
  return [statuses.filter(isGood), statuses.filter((status) => !isGood(status))];
}

/** A status for each that is named, a good one, a bad one, and no answer in time. */
function statusesFor(named: readonly string[]): string[] {
  const codes = named.filter((name) => /^[2-5]\d\d$/.test(name) || NO_BODY.has(name));
  const classes = ["2xx", ...named.filter((name) => name in OF_CLASS), "5xx"];
  const ofClasses = classes.flatMap((name) => OF_CLASS[name]?.find((code) => !codes.includes(code)) ?? []);
  return [...new Set([...ofClasses, ...codes, "timeout"])];
}

/** The same answer, to another request. */
export function answeredAs(
  { label, status, body }: Pick<ServiceAnswer, "label" | "status" | "body">,
  request: ServiceRequest,
): ServiceAnswer {
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
