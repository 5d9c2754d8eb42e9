/** Who calls whom, when, and all that a call can begin with: filled already, and folded. */
import type { ScenarioCaller } from "../../script/scenario.ts";
import type { FlowView } from "../contract.ts";
import type { Setup } from "../state.ts";
import { AnsweredBy } from "./answered-by.tsx";
import { usePage } from "./use-page.ts";

/** The details. Their summary says what is set. */
export function CallDetails({ setup, flow }: { setup: Setup; flow: FlowView | undefined }) {
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
