/** The Cloudflare Queue of lists: what is put into it, and what it delivers. */

/** A row of a list in the queue: one person to call. */
export interface QueuedRow {
  flow: string;
  list: string;
  /** Its Idempotency-Key. */
  key: string;
  /** A sealed `Row`. */
  sealed: string;
}

/** The part of a Cloudflare Queue that the Worker uses. */
export interface Queue {
  sendBatch(messages: readonly { body: QueuedRow; delaySeconds: number }[]): Promise<unknown>;
}

/** A message of the queue. */
export interface QueueMessage {
  readonly body: unknown;
  /** How often it was delivered, this time included. */
  readonly attempts: number;
  ack(): void;
  retry(options: { delaySeconds: number }): void;
}

/** What the queue delivers at once. */
export interface QueueBatch {
  /** Name of the queue. */
  readonly queue: string;
  readonly messages: readonly QueueMessage[];
}
