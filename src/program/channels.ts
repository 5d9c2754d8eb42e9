/** What a person uses: a phone, or a channel of Twilio's text messages. Source: Twilio, "Channels". */
export const CHANNELS = ["voice", "sms", "whatsapp", "rcs", "messenger"] as const;

/** One of `CHANNELS`. */
export type Channel = (typeof CHANNELS)[number];
