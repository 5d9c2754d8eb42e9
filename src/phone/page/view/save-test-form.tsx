/** Saves a call, or a text conversation, as a test. */
import { useState } from "preact/hooks";
import { nameFor, type Written } from "../call/save-test.ts";
import { secretsOf } from "../call/secrets.ts";
import type { Refused, SavedTest, Undone } from "../contract/tests.ts";
import { usePage } from "./use-page.ts";

/** A name, a button, and then the saved test's place. */
export function SaveTestForm({
  call,
  what,
  save: saveAs,
  savedTest,
}: {
  call: Written;
  what: "call" | "conversation";
  save(name: string): Promise<void>;
  savedTest: SavedTest | Undone | Refused | undefined;
}) {
  const page = usePage();
  const flows = (page.state().server?.flows ?? []).filter((flow) => flow.name === call.setup.flow);
  const [name, setName] = useState(nameFor(call, flows));
  const save = (event: Event): void => {
    event.preventDefault();
    void saveAs(name.trim() || nameFor(call, flows));
  };
  return (
    <form class="save" onSubmit={save}>
      <label>
        Save this {what} as a test
        <span class="row">
          <input value={name} onInput={({ currentTarget }) => setName(currentTarget.value)} />
          <button type="submit">Save</button>
        </span>
      </label>
      {secretsOf(call.requests).length > 0 && (
        <p>The test file will contain everything you entered, secrets included. Save only made-up ones.</p>
      )}
      <p aria-live="polite">{savedTest && <Outcome savedTest={savedTest} />}</p>
    </form>
  );
}

function Outcome({ savedTest }: { savedTest: SavedTest | Undone | Refused }) {
  const page = usePage();
  if ("problem" in savedTest) return <span class="is-bad">{savedTest.problem}</span>;
  if ("undone" in savedTest) return <>{savedTest.undone} is as it was before.</>;
  return (
    <>
      Written to <code>{`${savedTest.file}:${savedTest.line}`}</code>
      {savedTest.failure !== undefined && (
        <>
          <span class="is-bad"> The test fails: {savedTest.failure}</span>{" "}
          <button type="button" class="text" onClick={() => void page.undoTest()}>
            Take it out again
          </button>
        </>
      )}
    </>
  );
}
