/** A variable's value: words as they are, lists and maps part by part, a recording with its length and its sound. */
import type { Value } from "../contract/value.ts";
import { isMap, recordedIn, recordedText, valueText } from "../text/value.ts";

/** A value; `spoken` has the recordings that can be played in this page, by address. */
export function ShownValue({ value, spoken }: { value: Value; spoken: Readonly<Record<string, string>> }) {
  const recorded = recordedIn(value);
  if (recorded) {
    const sound = spoken[recorded.url];
    return (
      <>
        <span title={recorded.url}>{recordedText(recorded)}</span>
        {sound !== undefined && (
          // biome-ignore lint/a11y/useMediaCaption: the caller's own message; its transcript, if any, is above.
          <audio controls src={sound} />
        )}
      </>
    );
  }
  if (isMap(value) || Array.isArray(value)) return <Parts value={value} spoken={spoken} />;
  return <code>{valueText(value)}</code>;
}

function Parts({
  value,
  spoken,
}: {
  value: Value[] | { [key: string]: Value };
  spoken: Readonly<Record<string, string>>;
}) {
  const parts = Object.entries(value);
  if (parts.length === 0) return <code>empty</code>;
  return (
    <ul class="parts">
      {parts.map(([name, part]) => (
        <li key={name}>
          {!Array.isArray(value) && <span class="faint">{name}: </span>}
          <ShownValue value={part} spoken={spoken} />
        </li>
      ))}
    </ul>
  );
}
