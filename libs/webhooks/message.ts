import { Webhook } from 'standardwebhooks';
import type { Instant } from '#domain/kernel';

/** What happened, as CloudEvents 1.0 has it. */
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

/** What is told to a webhook: a change, or something of the same form. */
export interface Told {
  readonly id: string;
  readonly time: Instant;
  /** Such as `share.requested`. */
  readonly type: string;
  readonly subject: { readonly kind: string; readonly id: string };
  /** The details; what is too long goes without them. */
  readonly data?: object;
}

/** The type of a test; no change has that name. */
export const TEST_TYPE = 'webhook.test';

/** The longest body, in characters. Whoever needs what is left out asks for the change. */
const MOST_BODY = 256 * 1024;

/** How the event of something told is called, such as `tessera.share.requested.v1`. */
export function eventType(type: string): string {
  return `tessera.${type}.v1`;
}

/** The event whose `data` is what is told, as `GET /v1/changes` tells it. */
function cloudEvent(told: Told): CloudEvent {
  const { id, time, type, subject } = told;
  return {
    specversion: '1.0',
    id,
    source: '/v1/changes',
    type: eventType(type),
    subject: `${subject.kind}/${subject.id}`,
    time,
    datacontenttype: 'application/json',
    data: told,
  };
}

/** The body of the request that tells it. */
export function bodyOf(told: Told): string {
  const body = JSON.stringify(cloudEvent(told));
  if (body.length <= MOST_BODY) return body;
  const { data: _, ...short } = told;
  return JSON.stringify(cloudEvent({ ...short, data: {} }));
}

/**
 * The headers by which its receiver knows that it is genuine: the signatures of Standard Webhooks, one by each secret.
 * @param sentAt by the machine's own clock, against which receivers hold it, to the second
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
