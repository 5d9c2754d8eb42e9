/** A Worker that does nothing: what a start costs at least. */
export default { fetch: (): Response => new Response("") };
