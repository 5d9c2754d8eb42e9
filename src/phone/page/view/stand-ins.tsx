/** Whether services are asked, in words: by default nothing leaves the machine. */
import type { FlowView } from "../contract/flow.ts";
import type { PhoneState } from "../contract/state.ts";
import type { State } from "../state.ts";
import { usePage } from "./use-page.ts";

/** A switch, and the test whose answers come first. Nothing for a flow that asks no service and sends no text message. */
export function StandIns({ state: { server, setup, settings } }: { state: State }) {
  const page = usePage();
  const flow = server?.flows.find(({ name }) => name === setup.flow);
  if (!server || !flow || !reachesOut(flow, server)) return null;
  const tests = flow.tests?.filter(({ answers }) => answers) ?? [];
  const isOn = !settings.asksServices;
  return (
    <div class="stand-ins">
      <label class="switch">
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby="stand-ins-say"
          onChange={({ currentTarget }) => page.set({ asksServices: !currentTarget.checked })}
        />
        Answer for services, as the tests do
      </label>
      <p id="stand-ins-say" class={isOn ? "" : "is-warning"}>
        {isOn
          ? "Nothing leaves this machine."
          : `Services get real requests${server.sendsTexts ? ", and people real text messages" : ""}.`}
      </p>
      {isOn && tests.length > 1 && (
        <label>
          Answers of
          <select
            value={setup.standIn ?? ""}
            onChange={({ currentTarget }) =>
              page.dispatch({ type: "setup", setup: { standIn: currentTarget.value || undefined } })
            }
          >
            <option value="">any test</option>
            {tests.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

/** Whether a flow, or a part of it, asks services or sends text messages that someone gets. */
function reachesOut(flow: FlowView, { flows, sendsTexts }: PhoneState): boolean {
  const running = flows.filter((one) => one === flow || flow.parts.includes(one.name));
  const kinds = running.flatMap(({ steps }) => steps.map(({ kind }) => kind));
  return kinds.includes("request") || (sendsTexts === true && kinds.includes("sms"));
}
