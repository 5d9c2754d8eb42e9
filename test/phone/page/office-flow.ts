/** A flow as offices have them, of as many steps as a test likes: a main menu, and departments with menus of their own. */

const NAMES = "sales billing support returns careers events press partners facilities legal".split(" ");
const TOPICS = "orders invoices contracts repairs deliveries accounts warranties refunds visits quotes".split(
  " ",
);

/** The steps of the flow apart from its departments. */
const FRAME = 6;
/** One topic of a department: its steps. */
const TOPIC = 3;

/** A flow of exactly so many steps, at least 12. */
export function officeFlow(steps: number): string {
  const departments = Math.min(10, Math.max(1, Math.floor((steps - FRAME) / 5)));
  const names = NAMES.slice(0, departments);
  const sizes = names.map((_, index) => Math.floor((steps - FRAME + index) / departments));
  return `description: An office with ${departments} departments
onError: goodbye
destinations: { desk: +14155550100, team: +14155550133 }
variables:
  message: { type: recording }
hours:
  office: { timezone: America/New_York, open: { mon-fri: "08:00-18:00" } }
steps:
  welcome: { say: Welcome to Hill and Sons., next: opening }
  opening:
    branch:
      - { when: isOpen("office"), next: main-menu }
      - next: voicemail
  main-menu:
    gather:
      prompt: ${names.map((name, index) => `For ${name}, press ${index}.`).join(" ")}
      choices:
${names.map((name, index) => `        ${index}: ${name}`).join("\n")}
        "*": repeat
      attempts: 2
      otherwise: operator
  operator:
    dial: { to: desk, status: { else: voicemail } }
    next: hangup
  voicemail:
    record: { prompt: Leave a message after the tone., save: message, empty: goodbye }
    next: goodbye
  goodbye: { hangup: Thank you for calling. Goodbye. }
${names.map((name, index) => department(name, sizes[index] ?? 0)).join("")}`;
}

/** A department: its menu, topics of three steps each, and plain steps for the rest. */
function department(name: string, steps: number): string {
  const topics = Math.max(1, Math.min(TOPICS.length - 1, Math.floor((steps - 1) / TOPIC)));
  const rest = steps - 1 - topics * TOPIC;
  const own = TOPICS.slice(0, topics).map((topic) => `${name}-${topic}`);
  const extra = Array.from({ length: Math.max(0, rest) }, (_, index) => `${name}-note-${index + 1}`);
  return `  ${name}:
    gather:
      prompt: You have reached ${name}. Choose a topic.
      choices:
${own.map((topic, index) => `        ${index + 1}: { next: ${topic}, speech: [${topic.slice(name.length + 1)}] }`).join("\n")}
        0: main-menu
      otherwise: ${extra[0] ?? "operator"}
${own.map((topic) => topicSteps(topic)).join("")}${extra.map((note, index) => `  ${note}: { say: A note of ${name}., next: ${extra[index + 1] ?? "operator"} }\n`).join("")}`;
}

function topicSteps(topic: string): string {
  return `  ${topic}: { say: One moment please., next: ${topic}-team }
  ${topic}-team:
    dial: { to: team, timeout: 20, status: { busy: ${topic}-busy, else: voicemail } }
    next: hangup
  ${topic}-busy: { say: Everybody is talking., next: operator }
`;
}
