/** Who calls whom, when, and all that a call can begin with: filled already, and folded. */
import type { ScenarioCaller } from "../../script/scenario.ts";
import { keptVariables } from "../call/kept.ts";
import type { FlowView } from "../contract/flow.ts";
import type { Setup } from "../state.ts";
import { AnsweredBy } from "./answered-by.tsx";
import { usePage } from "./use-page.ts";

interface DetailsProps {
  setup: Setup;
  flow: FlowView | undefined;
  flows: readonly FlowView[];
}

/** The details. Their summary says what is set. */
export function CallDetails({ setup, flow, flows }: DetailsProps) {
  const page = usePage();
  const set = (changed: Partial<Setup>): void => page.dispatch({ type: "setup", setup: changed });
  return (
    <details class="more details-of-call">
      <summary>
        Caller and time <span class="is-set">{inShort(setup)}</span>
      </summary>
      <div class="more-body">
        <label class="switch">
          <input
            type="checkbox"
            checked={setup.direction === "outbound"}
            onChange={({ currentTarget }) => set(turned(setup, currentTarget.checked))}
          />
          The flow calls (outbound)
        </label>
        {setup.direction && (
          <AnsweredBy
            value={setup.answeredBy ?? ""}
            set={(answeredBy) => set({ answeredBy })}
            isOptional={true}
          />
        )}
        <Field
          label={setup.direction ? "The flow's number" : "The caller's number"}
          value={setup.from}
          set={(from) => set({ from })}
        />
        <Field label="Number called" value={setup.to} set={(to) => set({ to })} />
        <When setup={setup} set={set} zones={flow?.hours ?? []} />
        <Kept setup={setup} set={set} flow={flow} flows={flows} />
        {flow && queues(flow, flows) && <Queue setup={setup} set={set} />}
        <Known setup={setup} set={set} />
        <Field
          label="Parameters (dept=sales&floor=2)"
          value={setup.parameters ?? ""}
          set={(parameters) => set({ parameters })}
        />
      </div>
    </details>
  );
}

/** The number that calls, and the moment. */
function inShort({ from, direction, at }: Setup): string {
  const who = direction ? "the flow calls" : `${from || "hidden"}`;
  return `${who}, ${at === "" ? "now" : at.replace("T", " ")}`;
}

/** The other direction, between the same two numbers. */
function turned({ from, to }: Setup, isOutbound: boolean): Partial<Setup> {
  return { direction: isOutbound ? "outbound" : undefined, from: to, to: from };
}

type Set = (changed: Partial<Setup>) => void;

/** What Twilio knows of the caller. */
function Known({ setup: { caller }, set }: { setup: Setup; set: Set }) {
  const setCaller = (changed: ScenarioCaller): void => set({ caller: { ...caller, ...changed } });
  return (
    <>
      <div class="pair">
        <Field label="Name" value={caller.name ?? ""} set={(name) => setCaller({ name })} />
        <Field label="City" value={caller.city ?? ""} set={(city) => setCaller({ city })} />
      </div>
      <div class="pair">
        <Field label="State" value={caller.state ?? ""} set={(state) => setCaller({ state })} />
        <Field label="Zip" value={caller.zip ?? ""} set={(zip) => setCaller({ zip })} />
      </div>
      <Field label="Country code" value={caller.country ?? ""} set={(country) => setCaller({ country })} />
      <label class="switch">
        <input
          type="checkbox"
          checked={caller.verified ?? false}
          onChange={({ currentTarget }) => setCaller({ verified: currentTarget.checked })}
        />
        Number verified by the carrier (STIR/SHAKEN)
      </label>
    </>
  );
}

/** What the flow knows from earlier calls. */
function Kept({ setup: { kept = {} }, set, flow, flows }: DetailsProps & { set: Set }) {
  return (
    <>
      {keptVariables(flow, flows).map(({ keep, name, type }) => (
        <Field
          key={keep}
          label={`${name}, kept ${keep.startsWith("caller:") ? "for the caller" : "for all calls"} (${type}; as it is if empty)`}
          value={kept[keep] ?? ""}
          set={(value) => set({ kept: { ...kept, [keep]: value } })}
        />
      ))}
    </>
  );
}

function queues(flow: FlowView, flows: readonly FlowView[]): boolean {
  const running = flows.filter((one) => one === flow || flow.parts.includes(one.name));
  return running.some(({ steps }) => steps.some(({ kind }) => kind === "enqueue"));
}

/** The caller's place in queues: the only one of one, if both are empty. */
function Queue({ setup: { queue = {} }, set }: { setup: Setup; set: Set }) {
  const number = (key: "position" | "size" | "average") => (text: string) => {
    const { [key]: _, ...rest } = queue;
    const value = Number.parseInt(text, 10);
    const fresh = Number.isNaN(value) ? rest : { ...rest, [key]: value };
    set({ queue: Object.keys(fresh).length > 0 ? fresh : undefined });
  };
  return (
    <>
      <div class="pair">
        <Field label="Place in the queue" value={`${queue.position ?? ""}`} set={number("position")} />
        <Field label="Callers in it" value={`${queue.size ?? ""}`} set={number("size")} />
      </div>
      <Field
        label="Seconds that others have waited"
        value={`${queue.average ?? ""}`}
        set={number("average")}
      />
    </>
  );
}

function Field({ label, value, set }: { label: string; value: string; set: (value: string) => void }) {
  return (
    <label>
      {label}
      <input value={value} onInput={({ currentTarget }) => set(currentTarget.value.trimStart())} />
    </label>
  );
}

function When({
  setup: { at, timezone },
  set,
  zones,
}: {
  setup: Setup;
  set: Set;
  zones: readonly { name: string; timezone: string }[];
}) {
  const place = zones.length > 0 ? ` in ${timezone.replaceAll("_", " ")}` : " in UTC";
  return (
    <div class="when">
      <label>
        When ({at === "" ? "now if empty" : place.trim()})
        <input
          type="datetime-local"
          value={at}
          aria-describedby="when-zone"
          onInput={({ currentTarget }) => set({ at: currentTarget.value })}
        />
      </label>
      <span class="unseen" id="when-zone">
        The clock{place}
      </span>
      {at !== "" && (
        <button type="button" class="text" onClick={() => set({ at: "" })}>
          Call now instead
        </button>
      )}
    </div>
  );
}
