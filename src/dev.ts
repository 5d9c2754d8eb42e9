/** The development entry: the Worker as it is deployed, for `npm start`. Webhooks have to be signed here as well. */
export { default } from "./worker/index.ts";
