/**
 * A Worker that does nothing but ask for the time in a time zone, as opening hours do. At the first question in a process V8
 * builds the list of all locales. Other isolates of the process share it.
 */
const format = { timeZone: "America/New_York", hour: "numeric" } as const;

export default { fetch: (): Response => new Response(new Intl.DateTimeFormat("en-US", format).format(0)) };
