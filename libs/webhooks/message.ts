import { Webhook } from 'standardwebhooks';
import type { Instant } from '#domain/kernel';

/** An event in the format of CloudEvents 1.0. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: Instant;
  readonly datacontenttype: 'application/json';
  readonly data: object;
}

/** The content of a message to a webhook: a change, or something of the same form. */
export interface Message {
  readonly id: string;
  readonly time: Instant;
  /** Such as `share.requested`. */
  readonly type: string;
  readonly subject: { readonly kind: string; readonly id: string };
  /** The details; left out where the message would be too long. */
  readonly data?: object;
}

/** The type of a test; no change has that name. */
export const TEST_TYPE = 'webhook.test';

/** The longest body, in characters. Receivers can read the left out details from the API. */
const MAX_BODY = 256 * 1024;

/** The CloudEvents type, such as `tessera.share.requested.v1`. */
export function eventType(type: string): string {
  return `tessera.${type}.v1`;
}

/** The event with the message as its `data`, in the form of `GET /v1/changes`. */
function cloudEvent(message: Message): CloudEvent {
  const { id, time, type, subject } = message;
  return {
    specversion: '1.0',
    id,
    source: '/v1/changes',
    type: eventType(type),
    subject: `${subject.kind}/${subject.id}`,
    time,
    datacontenttype: 'application/json',
    data: message,
  };
}

/** The body of the request. */
export function bodyOf(message: Message): string {
  const body = JSON.stringify(cloudEvent(message));
  if (body.length <= MAX_BODY) return body;
  const { data: _, ...short } = message;
  return JSON.stringify(cloudEvent({ ...short, data: {} }));
}

/**
 * The headers, with the signatures of Standard Webhooks, one by each secret.
 * @param sentAt by the machine's own clock: receivers compare it with theirs
 */
export function headersOf(id: string, body: string, secrets: readonly string[], sentAt: Date) {
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, sentAt, body));
  return {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'Tessera-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': signatures.join(' '),
  };
}
