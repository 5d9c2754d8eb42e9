/** The caller's answers other than keys and words: a message, a wait, a session, a payment, a transfer. */
import type { PayResult, QueueResult, ReferStatus } from "../../leg/handset.ts";
import type { CallView, Presence, State } from "../state.ts";
import { RecordForm } from "./record-form.tsx";
import { SessionForm } from "./session-form.tsx";
import { usePage } from "./use-page.ts";

const WAITS: readonly { result: QueueResult; queue: string; conference?: string }[] = [
  { result: "bridged", queue: "Someone answers", conference: "It starts" },
  { result: "queue-full", queue: "The queue is full" },
  { result: "system-error", queue: "It fails", conference: "It fails" },
];

const PAYS: readonly { result: PayResult; label: string }[] = [
  { result: "success", label: "Paid" },
  { result: "payment-connector-error", label: "Declined" },
  { result: "too-many-failed-attempts", label: "Too many attempts" },
  { result: "caller-interrupted-with-star", label: "Cancelled with star" },
];

const REFERS: readonly { status: ReferStatus; label: string }[] = [
  { status: "in-progress", label: "Answered" },
  { status: "busy", label: "Busy" },
  { status: "no-answer", label: "No answer" },
  { status: "failed", label: "Failed" },
];

interface SessionsProps {
  call: CallView;
  others: NonNullable<State["others"]>;
}

/** The controls of the current session. */
export function Sessions({ call: { caller, waiting }, others }: SessionsProps) {
  const { question } = caller;
  return (
    <>
      {waiting && <Waits waiting={waiting} others={others} />}
      {question?.kind === "record" && <RecordForm recording={question.recording} />}
      {question?.kind === "connect" && <SessionForm connected={question.connected} />}
      {question?.kind === "talk" && <p class="question">Either side can hang up.</p>}
      {question?.kind === "echo" && (
        <p class="question">You hear an echo of what you say. Hang up to end it.</p>
      )}
      {question?.kind === "pay" && <Pays />}
      {question?.kind === "refer" && <Refers to={question.referring.to} />}
    </>
  );
}

interface WaitsProps extends Pick<SessionsProps, "others"> {
  waiting: NonNullable<CallView["waiting"]>;
}

function Waits({ waiting: { place, name }, others }: WaitsProps) {
  const page = usePage();
  return (
    <div class="session">
      <p>
        Waiting in the {place} <b>{name}</b>
      </p>
      <Here place={place} name={name} others={others} />
      <div class="choices">
        {WAITS.flatMap(({ result, queue, conference }) => {
          const label = place === "queue" ? queue : conference;
          if (label === undefined) return [];
          return (
            <button key={result} type="button" onClick={() => page.decide(result)}>
              {label}
            </button>
          );
        })}
        <button type="button" onClick={page.passMinute}>
          Skip a minute
        </button>
      </div>
    </div>
  );
}

/** Who else is there, on other tabs; how they get there. */
export function Here({
  place,
  name,
  others,
}: Pick<Presence, "place" | "name"> & Pick<SessionsProps, "others">) {
  const here = others.filter((one) => one.place === place && one.name === name);
  if (here.length > 0)
    return (
      <p class="faint">
        {here.length === 1 ? "Another caller is" : `${here.length} other callers are`} there:{" "}
        {here.map(({ who }) => who).join(", ")}
      </p>
    );
  return <p class="faint">Callers of other tabs of this page meet here.</p>;
}

function Pays() {
  const page = usePage();
  return (
    <div class="session">
      <p>Taking a payment.</p>
      <div class="choices">
        {PAYS.map(({ result, label }) => (
          <button key={result} type="button" onClick={() => page.answer("pay", { result, fields: {} })}>
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

function Refers({ to }: { to: string }) {
  const page = usePage();
  return (
    <div class="session">
      <p>
        Transferred to <b>{to}</b>
      </p>
      <div class="choices">
        {REFERS.map(({ status, label }) => (
          <button key={status} type="button" onClick={() => page.answer("refer", { status })}>
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}
