import type { DeliveryError } from './deliveries/index.ts';

export interface SentRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** What the receiver answered, or why it did not. */
export type ReceiverAnswer =
  | { readonly status: number; readonly retryAfterMs?: number }
  | { readonly error: DeliveryError };

/** Sends requests to receivers; each takes a bounded time. */
export interface Sender {
  /** @throws nothing but what `signal` was aborted with */
  send(request: SentRequest): Promise<ReceiverAnswer>;
  close(): Promise<void>;
}
