/**
 * The grammar of TwiML that answers a text message. Source: TwiML for Programmable Messaging; twilio's
 * MessagingResponse.
 */
import { one, type Shape, text, url } from "./shape.ts";

/** A number, or the name of a sender. */
const ADDRESS = text(255);

/** `<Message>`: words, or a `<Body>` and pictures. */
const message: Shape = {
  attributes: { to: ADDRESS, from: ADDRESS, action: url(), method: one("GET POST") },
  children: { Body: { attributes: {}, text: true }, Media: { attributes: {}, text: true } },
  text: true,
};

/** `<Response>` to a text message. */
export const messagingResponse: Shape = {
  attributes: {},
  children: { Message: message, Redirect: { attributes: { method: one("POST") }, text: true } },
};
