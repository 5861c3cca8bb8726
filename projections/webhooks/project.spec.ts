import { describe, expect, it } from '@jest/globals';
import type { WebhookEvent } from '#domain/webhook';
import { recorder, Views } from '../testing.ts';
import { webhooks, webhooksProjection } from './index.ts';

const id = { webhookId: 'w', account: 'a' } as const;

function story() {
  const record = recorder();
  const of = (event: WebhookEvent) => record('webhook-w', event, { account: 'a' });
  const registered = of({
    type: 'WebhookRegistered',
    data: { ...id, url: 'https://example.com/', secretId: 's' },
  });
  const disabled = of({ type: 'WebhookDisabled', data: { ...id, reason: 'failing' } });
  const enabled = of({ type: 'WebhookEnabled', data: id });
  const removed = of({ type: 'WebhookRemoved', data: id });
  return { registered, disabled, enabled, removed };
}

describe('the webhooks view', () => {
  it('shows the URL, and whether it is enabled', () => {
    const { registered, disabled } = story();
    const views = new Views(webhooksProjection).apply(registered, disabled);
    expect(views.get(webhooks, 'w')).toMatchObject({
      account: 'a',
      createdAt: registered.metadata.at,
      revision: 1,
      webhook: { status: 'disabled', reason: 'failing', settings: { url: 'https://example.com/' } },
    });
  });

  it('lists those of an account, without those that were removed', () => {
    const { registered, disabled, enabled, removed } = story();
    const views = new Views(webhooksProjection).apply(registered, disabled, enabled);
    expect(views.find(webhooks, 'by-account', ['a'])).toStrictEqual(['w']);
    expect(views.find(webhooks, 'by-account', ['b'])).toStrictEqual([]);
    views.apply(removed);
    expect(views.find(webhooks, 'by-account', ['a'])).toStrictEqual([]);
  });

  it('stays as it is when events are delivered again, or late, or of an unknown webhook', () => {
    const { registered, disabled, enabled } = story();
    const views = new Views(webhooksProjection).apply(registered, disabled, enabled);
    const before = views.get(webhooks, 'w');
    expect(views.apply(registered, disabled, enabled).get(webhooks, 'w')).toBe(before);
    expect(new Views(webhooksProjection).apply(enabled).all(webhooks)).toStrictEqual([]);
  });
});
