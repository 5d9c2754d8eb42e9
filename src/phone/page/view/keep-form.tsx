/** Keeps a call as a test. */
import { useState } from "preact/hooks";
import { nameFor } from "../call/keep.ts";
import { secretsOf } from "../call/secrets.ts";
import type { Kept, Refused } from "../contract.ts";
import type { CallView } from "../state.ts";
import { usePage } from "./use-page.ts";

/** A name, a button, and then where it was written. */
export function KeepForm({ call, kept }: { call: CallView; kept: Kept | Refused | undefined }) {
  const page = usePage();
  const flows = (page.state().server?.flows ?? []).filter((flow) => flow.name === call.setup.flow);
  const [name, setName] = useState(nameFor(call, flows));
  const keep = (event: Event): void => {
    event.preventDefault();
    void page.keep(name.trim() || nameFor(call, flows));
  };
  return (
    <form class="keep" onSubmit={keep}>
      <label>
        Keep this call as a test
        <span class="row">
          <input value={name} onInput={({ currentTarget }) => setName(currentTarget.value)} />
          <button type="submit">Keep</button>
        </span>
      </label>
      {secretsOf(call.wire).length > 0 && (
        <p>The test file will hold what was entered, secrets too: keep calls with made-up ones.</p>
      )}
      <p aria-live="polite">{kept && <Outcome kept={kept} />}</p>
    </form>
  );
}

function Outcome({ kept }: { kept: Kept | Refused }) {
  if ("problem" in kept) return <span class="is-bad">{kept.problem}</span>;
  return (
    <>
      Written to <code>{`${kept.file}:${kept.line}`}</code>
      {kept.failure !== undefined && <span class="is-bad"> Played at once, it fails: {kept.failure}</span>}
    </>
  );
}
