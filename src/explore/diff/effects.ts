/** What is sent, asked and stored on one event. */
import type { Effect } from "../../engine/effect.ts";
import type { ChangeKind } from "./change.ts";

/** Something sent, asked or stored in one flow, and what it is in the other; empty if nothing. */
interface EffectChange {
  kind: Extract<ChangeKind, "message" | "request" | "kept">;
  was: string;
  now: string;
}

/** Milliseconds of a request that sets no `timeout`. */
const USUAL_TIMEOUT = 4000;

const KINDS = ["message", "request", "kept"] as const;

/** Compares effects by what others get to see of them. */
export function compareEffects(was: readonly Effect[], now: readonly Effect[]): EffectChange[] {
  return KINDS.flatMap((kind) => {
    const [before, after] = [textsOf(was, kind), textsOf(now, kind)];
    const gone = without(before, after);
    const added = without(after, before);
    return Array.from({ length: Math.max(gone.length, added.length) }, (_, at) => ({
      kind,
      was: gone[at] ?? "",
      now: added[at] ?? "",
    }));
  });
}

function textsOf(effects: readonly Effect[], kind: EffectChange["kind"]): string[] {
  return effects.flatMap((effect) => (kindOf(effect) === kind ? [textOf(effect)] : []));
}

function kindOf({ effect }: Effect): EffectChange["kind"] {
  return effect === "persist" ? "kept" : effect;
}

function textOf(effect: Effect): string {
  if (effect.effect === "persist") return `${effect.name} = ${JSON.stringify(effect.value)}`;
  if (effect.effect === "message") {
    const { To = "", Body = "", ...others } = effect.form;
    const rest = Object.entries(others).map(([name, value]) => `, ${name} ${value}`);
    return `to ${To}: "${Body}"${rest.join("")}`;
  }
  const { method, url, body = "", headers, timeout, retries } = effect;
  // The key by which a service knows a repeated request is of the call's turn, not of what is asked.
  const sent = Object.entries(headers).filter(([name]) => !/^idempotency-key$/i.test(name));
  const told = sent.length > 0 ? ` ${JSON.stringify(Object.fromEntries(sent))}` : "";
  const lasts = timeout === USUAL_TIMEOUT ? "" : `, up to ${timeout / 1000} s`;
  const again = retries === 0 ? "" : `, ${retries} more times`;
  return `${method} ${withoutPlaces(url)}${told}${body === "" ? "" : ` ${withoutPlaces(body)}`}${lasts}${again}`;
}

function withoutPlaces(text: string): string {
  return text.replace(/(\/|%2F)continue(\/|%2F)[^&\s"]+/gi, "/continue");
}

function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return all.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
