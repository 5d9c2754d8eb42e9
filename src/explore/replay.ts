/**
 * Plays a way through the engine. An edge has the words and requests of the first call that came to it; those of another call
 * on the same edges can hold other values.
 */
import type { Arrival } from "./advance.ts";
import { type Answer, actionOf } from "./answers/answer.ts";
import { takenBy } from "./answers/gather.ts";
import type { Begin, Edge, Waiting } from "./exploration.ts";
import { HANGS_UP, type Moves } from "./moves.ts";

/** The way as one call takes it, with what it hears and requests. A caller who is still asked at its end hangs up. */
export function replayed(way: readonly Edge[], begins: readonly Begin[], moves: Moves): Edge[] {
  const begin = begins[way[0]?.begin ?? 0];
  const end = way.at(-1);
  if (!begin || !end) return [];
  let last: Arrival | undefined;
  const play = (edge: Edge): Edge => {
    const played = playedOn(edge, moves, begin, last);
    last = played?.arrival;
    return played ? { ...edge, ...played.changes } : edge;
  };
  const edges = way.map((edge) => {
    const around = edge.around?.map(play);
    return { ...play(edge), ...(around && { around }) };
  });
  return last?.waiting ? [...edges, play(hangUpAfter(end))] : edges;
}

function hangUpAfter({ id, to, begin }: Edge): Edge {
  const nothing = { answers: [], path: [], asides: [], heard: [], seconds: 0, effects: [] };
  return { id, from: to, to, begin, event: HANGS_UP, ...nothing };
}

/** Where the event of an edge leads the call, and what differs on the edge then; undefined if the call has ended. */
function playedOn(
  edge: Edge,
  moves: Moves,
  begin: Begin,
  last: Arrival | undefined,
): { arrival: Arrival; changes: Pick<Edge, "path" | "heard" | "answers"> } | undefined {
  const { event, answers } = edge;
  const play = (move: () => Arrival[], beside: Edge["answers"] = []) => {
    const [arrival] = moves.given(answers.slice(beside.length), move);
    if (!arrival) return undefined;
    const { path, heard } = arrival;
    return { arrival, changes: { path, heard, answers: [...beside, ...arrival.answers] } };
  };
  if (event.kind === "begins") return play(() => moves.begin(begin));
  if (!last?.waiting) return undefined;
  const { waiting, call } = last;
  const known = moves.answersAt(waiting, call, begin).find((one) => isOn(edge, one));
  if (!known && event.kind === "hangup") return play(() => moves.hangUp(waiting, call, begin));
  const answer = known ?? otherAnswer(edge, waiting);
  return play(() => moves.follow(answer, waiting, call, begin), answer.aside?.answers);
}

/** Whether an answer is the event of an edge, with the same beside it. */
function isOn({ event, asides, answers }: Edge, { event: other, aside }: Answer): boolean {
  const { paths = [], answers: beside = [] } = aside ?? {};
  const keyOf = ({ kind, params, lines }: Edge["event"], ...rest: unknown[]): string =>
    JSON.stringify([kind, params, lines, ...rest]);
  const labels = (all: Edge["answers"]): string[] => all.map(({ label }) => label);
  return (
    keyOf(event, asides, labels(answers.slice(0, beside.length))) === keyOf(other, paths, labels(beside))
  );
}

/** An event that the flow does not tell apart from others, such as one that another version of it does. */
function otherAnswer({ event }: Edge, { element }: Waiting): Answer {
  return element.name === "Gather" ? takenBy(element, event) : { event, next: actionOf(element) };
}
