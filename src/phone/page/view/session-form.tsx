/** A session with a stream, an agent or a room: how it ends, and the data it returns. */
import { useState } from "preact/hooks";
import type { Connected } from "../../leg/moment.ts";
import { usePage } from "./use-page.ts";

const SECONDS = 60;

/** Ends well, fails, or ends with fields of Twilio's closing webhook. */
export function SessionForm({ connected: { noun, target } }: { connected: Connected }) {
  const page = usePage();
  const [data, setData] = useState("");
  const end = (status: string): void => {
    const fields = { SessionStatus: status, ...(data !== "" && { HandoffData: data }) };
    page.answer("connect", { seconds: SECONDS, fields });
  };
  return (
    <div class="session">
      <p>
        Connected to <b>{noun}</b> {target}
      </p>
      <label>
        Data it returns (HandoffData)
        <input value={data} onInput={({ currentTarget }) => setData(currentTarget.value)} />
      </label>
      <div class="choices">
        <button type="button" onClick={() => end("ended")}>
          End the session
        </button>
        <button type="button" onClick={() => end("failed")}>
          Fail the session
        </button>
      </div>
    </div>
  );
}
