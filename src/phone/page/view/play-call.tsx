/** The button that plays a call that was found. */
import type { FoundCall } from "../contract/found.ts";
import { usePage } from "./use-page.ts";

interface PlayCallProps {
  call: FoundCall;
  /** The call in a few words, if there are several to play. */
  about?: string;
  /** A call is in progress. */
  isBusy: boolean;
}

/** Plays it on the phones, as a test is watched. */
export function PlayCall({ call: { flow, scenario }, about, isBusy }: PlayCallProps) {
  const page = usePage();
  return (
    <button
      type="button"
      class="small"
      aria-label={about === undefined ? undefined : `Play the call: ${about}`}
      disabled={isBusy}
      onClick={() => page.watch(flow, scenario)}
    >
      Play the call
    </button>
  );
}
