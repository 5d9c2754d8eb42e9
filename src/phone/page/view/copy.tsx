/** A button that copies. */
import { useState } from "preact/hooks";
import { Icon } from "./icon.tsx";

/** Says for a moment that it has. */
export function Copy({ label, text }: { label: string; text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <button type="button" class="small copy" aria-label={label} onClick={() => void copy()}>
      <Icon name="copy" />
      <span aria-live="polite">{isCopied ? "Copied" : "Copy"}</span>
    </button>
  );
}
