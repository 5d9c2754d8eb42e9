/** Who calls, whom, and when: the phone before a call. */
import type { ScenarioCaller } from "../../script/scenario.ts";
import type { Setup, State } from "../state.ts";
import { AnsweredBy } from "./answered-by.tsx";
import { Icon } from "./icon.tsx";
import { StandIns } from "./stand-ins.tsx";
import { usePage } from "./use-page.ts";

/** The form. Calling is one key away: everything in it is filled already. */
export function SetupForm({ state }: { state: State }) {
  const { server, setup } = state;
  const page = usePage();
  const set = (changed: Partial<Setup>): void => page.dispatch({ type: "setup", setup: changed });
  const setCaller = (changed: ScenarioCaller): void => set({ caller: { ...setup.caller, ...changed } });
  const flow = server?.flows.find(({ name }) => name === setup.flow);
  const call = (event: Event): void => {
    event.preventDefault();
    page.call();
  };
  return (
    <form class="setup" onSubmit={call} autoComplete="off">
      <label>
        Flow
        <select value={setup.flow} onChange={({ currentTarget }) => set({ flow: currentTarget.value })}>
          {(server?.flows ?? []).map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {flow && <p class="description">{flow.description}</p>}
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
      <div class="pair">
        <Field label="Name" value={setup.caller.name ?? ""} set={(name) => setCaller({ name })} />
        <Field label="City" value={setup.caller.city ?? ""} set={(city) => setCaller({ city })} />
      </div>
      <Field label="Number called" value={setup.to} set={(to) => set({ to })} />
      <When setup={setup} set={set} zones={flow?.hours ?? []} />
      <details class="more">
        <summary>More about the caller</summary>
        <div class="more-body">
          <div class="pair">
            <Field
              label="State"
              value={setup.caller.state ?? ""}
              set={(value) => setCaller({ state: value })}
            />
            <Field label="Zip" value={setup.caller.zip ?? ""} set={(zip) => setCaller({ zip })} />
          </div>
          <Field
            label="Country code"
            value={setup.caller.country ?? ""}
            set={(country) => setCaller({ country })}
          />
          <label class="switch">
            <input
              type="checkbox"
              checked={setup.caller.verified ?? false}
              onChange={({ currentTarget }) => setCaller({ verified: currentTarget.checked })}
            />
            Number verified by the carrier (STIR/SHAKEN)
          </label>
          <Field
            label="Parameters (dept=sales&floor=2)"
            value={setup.parameters ?? ""}
            set={(parameters) => set({ parameters })}
          />
        </div>
      </details>
      <StandIns state={state} />
      <div class="last">
        <button type="submit" class="round is-green" disabled={flow?.version === undefined}>
          <Icon name="call" />
          Call
        </button>
      </div>
    </form>
  );
}

/** The other direction, between the same two numbers. */
function turned({ from, to }: Setup, isOutbound: boolean): Partial<Setup> {
  return { direction: isOutbound ? "outbound" : undefined, from: to, to: from };
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
  set: (changed: Partial<Setup>) => void;
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
