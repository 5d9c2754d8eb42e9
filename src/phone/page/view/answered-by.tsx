/** What the carrier's answering machine detection says. */

/** What Twilio's answering machine detection can say (AnsweredBy). */
const ANSWERED_BY = [
  "human",
  "machine_start",
  "machine_end_beep",
  "machine_end_silence",
  "machine_end_other",
  "fax",
  "unknown",
];

/** A choice of what it says; `isOptional` if it may be off. */
export function AnsweredBy({
  value,
  set,
  isOptional = false,
}: {
  value: string;
  set: (value: string) => void;
  isOptional?: boolean;
}) {
  return (
    <label>
      Answered by
      <select value={value} onChange={({ currentTarget }) => set(currentTarget.value)}>
        {isOptional && <option value="">not detected</option>}
        {ANSWERED_BY.map((who) => (
          <option key={who} value={who}>
            {who}
          </option>
        ))}
      </select>
    </label>
  );
}
