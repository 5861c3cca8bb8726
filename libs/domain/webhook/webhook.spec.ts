import { describe, expect, it } from '@jest/globals';
import { hasRole, plusMillis, type Role } from '#domain/kernel';
import { commandsOf, noon, scenario } from '#domain/kernel/testing';
import {
  MAX_WEBHOOKS,
  ROTATION_MS,
  validSecrets,
  type WebhookCommand,
  type WebhookEvent,
  type WebhookState,
  webhook,
  webhookRefusalContext,
  webhookRoles,
} from './index.ts';

const ask = commandsOf<WebhookCommand>();
const id = { webhookId: 'w', account: 'frost' } as const;
const settings = { url: 'https://example.com/hook', types: ['share.requested'] };
const registered: WebhookEvent = {
  type: 'WebhookRegistered',
  data: { ...id, ...settings, secretId: 's1' },
};
const disabled = (reason: 'asked' | 'failing'): WebhookEvent => ({
  type: 'WebhookDisabled',
  data: { ...id, reason },
});
const enabled: WebhookEvent = { type: 'WebhookEnabled', data: id };
const removed: WebhookEvent = { type: 'WebhookRemoved', data: id };
const rotated = (secretId: string, formerUntil: string): WebhookEvent => ({
  type: 'WebhookSecretRotated',
  data: { ...id, secretId, formerUntil },
});
const { given } = scenario(webhook);

function stateAfter(...history: WebhookEvent[]): WebhookState {
  return history.reduce((state, event) => webhook.evolve(state, event), webhook.initial);
}

describe('registering a webhook', () => {
  const register = ask('frost', 'RegisterWebhook', { webhookId: 'w', ...settings, secretId: 's1' });

  it('records where to, which changes, and by what its secret is derived', () => {
    given()
      .when(register, { count: MAX_WEBHOOKS - 1 })
      .then(registered);
  });

  it('changes nothing the second time', () => {
    given(registered).when(register, { count: 1 }).thenNothing();
  });

  it('refuses one too many', () => {
    given().when(register, { count: MAX_WEBHOOKS }).thenRefused('conflict', 'too-many-webhooks');
  });

  it('refuses a URL to which nothing is sent', () => {
    given().when(register, { urlRefused: 'It is private.' }).thenRefused('impossible', 'webhook-url-refused');
  });

  it('refuses an id that is in use, or was', () => {
    const other = ask('rime', 'RegisterWebhook', { webhookId: 'w', ...settings, secretId: 's1' });
    given(registered).when(other, {}).thenRefused('conflict', 'id-in-use');
    given(registered, removed).when(register, {}).thenRefused('conflict', 'id-in-use');
  });
});

describe('changing a webhook', () => {
  it('records what differs, and that it is disabled', () => {
    const change = ask('frost', 'ChangeWebhook', {
      webhookId: 'w',
      url: settings.url,
      types: null,
      enabled: false,
    });
    given(registered)
      .when(change, {})
      .then({ type: 'WebhookChanged', data: { ...id, changes: { types: null } } }, disabled('asked'));
  });

  it('changes nothing the second time', () => {
    const same = ask('frost', 'ChangeWebhook', { webhookId: 'w', types: ['share.requested'], enabled: true });
    given(registered).when(same, {}).thenNothing();
  });

  it('enables it again, whatever it was disabled for', () => {
    const enable = ask('frost', 'ChangeWebhook', { webhookId: 'w', enabled: true });
    given(registered, disabled('failing')).when(enable, {}).then(enabled);
  });

  it('refuses another URL to which nothing is sent, and minds not the one it has', () => {
    const move = ask('frost', 'ChangeWebhook', { webhookId: 'w', url: 'https://10.0.0.1/' });
    const facts = { urlRefused: 'It is private.' };
    given(registered).when(move, facts).thenRefused('impossible', 'webhook-url-refused');
    const same = ask('frost', 'ChangeWebhook', { webhookId: 'w', url: settings.url });
    given(registered).when(same, facts).thenNothing();
  });
});

describe('rotating the secret of a webhook', () => {
  const rotate = ask('frost', 'RotateWebhookSecret', { webhookId: 'w', secretId: 's2' });
  const dayLater = plusMillis(noon, ROTATION_MS);

  it('lets the former one be valid for a day', () => {
    given(registered).when(rotate, {}).then(rotated('s2', dayLater));
    const state = stateAfter(registered, rotated('s2', dayLater));
    if (state.status !== 'enabled') throw new Error(state.status);
    const idsAt = (now: string) => validSecrets(state, now).map(({ secretId }) => secretId);
    expect(idsAt(dayLater)).toEqual(['s2', 's1']);
    expect(idsAt(plusMillis(dayLater, 1))).toEqual(['s2']);
  });

  it('changes nothing the second time', () => {
    given(registered, rotated('s2', dayLater)).when(rotate, {}).thenNothing();
  });

  it('refuses to have more than five valid at once, and leaves none of them out', () => {
    const history = ['s2', 's3', 's4', 's5'].map((secretId) => rotated(secretId, dayLater));
    const another = (now: string) =>
      ask('frost', 'RotateWebhookSecret', { webhookId: 'w', secretId: 's6' }, now);
    given(registered, ...history)
      .when(another(dayLater), {})
      .thenRefused('conflict', 'too-many-secrets');
    const later = plusMillis(dayLater, 1);
    given(registered, ...history)
      .when(another(later), {})
      .then(rotated('s6', plusMillis(later, ROTATION_MS)));
  });
});

describe('a webhook that failed', () => {
  const since = '2025-12-31T12:00:00.000Z';
  const suspend = ask('frost', 'SuspendWebhook', { webhookId: 'w', run: 1, reason: 'failing', since });

  it('is disabled', () => {
    given(registered)
      .when(suspend, {})
      .then({ type: 'WebhookDisabled', data: { ...id, reason: 'failing', since } });
  });

  it('is not disabled twice, nor after somebody has taken care of it', () => {
    given(registered, disabled('asked')).when(suspend, {}).thenNothing();
    given(registered, disabled('failing'), enabled).when(suspend, {}).thenNothing();
    const moved: WebhookEvent = {
      type: 'WebhookChanged',
      data: { ...id, changes: { url: 'https://example.com/other' } },
    };
    given(registered, moved).when(suspend, {}).thenNothing();
  });

  it('is for the process that delivers alone to disable', () => {
    expect(hasRole({ roles: ['administrator', 'service'] }, webhookRoles.SuspendWebhook)).toBe(false);
  });
});

describe('a webhook', () => {
  it('is tested, replayed, and removed once', () => {
    const test = ask('frost', 'TestWebhook', { webhookId: 'w', deliveryId: 'd' });
    given(registered)
      .when(test, {})
      .then({ type: 'WebhookTestRequested', data: { ...id, deliveryId: 'd' } });
    const replay = ask('frost', 'ReplayWebhook', { webhookId: 'w', after: 7 });
    given(registered, disabled('failing'))
      .when(replay, { head: 7 })
      .then({ type: 'WebhookReplayRequested', data: { ...id, after: 7 } });
    given(registered).when(replay, { head: 6 }).thenRefused('impossible', 'invalid-cursor');
    const remove = ask('frost', 'RemoveWebhook', { webhookId: 'w' });
    given(registered).when(remove, {}).then(removed);
    given(registered, removed).when(remove, {}).thenNothing();
  });

  it('retries a delivery that there was', () => {
    const retry = ask('frost', 'RetryWebhookDelivery', { webhookId: 'w', deliveryId: 'd' });
    given(registered)
      .when(retry, { isThere: true })
      .then({ type: 'WebhookRetryRequested', data: { ...id, deliveryId: 'd' } });
    given(registered).when(retry, { isThere: false }).thenRefused('not-found', 'not-found');
  });

  it('R-S10 is unknown to other accounts, and once it is removed', () => {
    const change = { webhookId: 'w', enabled: false };
    given(registered)
      .when(ask('rime', 'ChangeWebhook', change), {})
      .thenRefused('not-found', 'not-found');
    given(registered, removed)
      .when(ask('frost', 'ChangeWebhook', change), {})
      .thenRefused('not-found', 'not-found');
    given(registered, removed)
      .when(ask('rime', 'RemoveWebhook', { webhookId: 'w' }), {})
      .thenRefused('not-found', 'not-found');
  });

  it('R-S10 shows administrators its status and what they may do, and nobody else', () => {
    const state = stateAfter(registered, disabled('failing'));
    const asked = (account: string, role: Role) =>
      webhookRefusalContext(state, { actor: { account, user: 'u', roles: [role] }, now: noon });
    expect(asked('frost', 'administrator')).toEqual({
      currentStatus: 'disabled',
      allowedActions: ['change', 'enable', 'rotate', 'replay', 'test', 'remove'],
    });
    expect(asked('frost', 'manager')).toBeUndefined();
    expect(asked('rime', 'administrator')).toBeUndefined();
  });

  it('counts replays and runs', () => {
    const replayed: WebhookEvent = { type: 'WebhookReplayRequested', data: { ...id, after: 7 } };
    expect(stateAfter(registered, replayed, replayed)).toMatchObject({ replay: { number: 2, after: 7 } });
    expect(stateAfter(registered, disabled('failing'), enabled)).toMatchObject({ status: 'enabled', run: 2 });
    expect(stateAfter(registered, disabled('failing'), enabled)).not.toHaveProperty('reason');
  });
});
