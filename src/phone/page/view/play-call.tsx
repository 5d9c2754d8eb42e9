/** The button that plays a call that was found. */
import type { FoundCall } from "../contract.ts";
import { usePage } from "./use-page.ts";

interface PlayCallProps {
  call: FoundCall;
  label: string;
  /** A call is in progress. */
  isBusy: boolean;
}

/** Plays it on the phones, as a test is watched. */
export function PlayCall({ call: { flow, scenario }, label, isBusy }: PlayCallProps) {
  const page = usePage();
  return (
    <button type="button" class="small" disabled={isBusy} onClick={() => page.watch(flow, scenario)}>
      {label}
    </button>
  );
}
