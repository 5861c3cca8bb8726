import { applyChanges, outOfPlace, unreachable } from '#domain/kernel';
import type { WebhookEvent, WebhookRegistered } from './events.ts';
import { MAX_SECRETS } from './secrets.ts';
import type { DisabledWebhook, EnabledWebhook, KeptWebhook, WebhookState } from './state.ts';

export function evolve(state: WebhookState, event: WebhookEvent): WebhookState {
  if (event.type === 'WebhookRegistered') return registered(event.data);
  if (state.status === 'none' || state.status === 'removed') return outOfPlace(event, state.status);
  switch (event.type) {
    case 'WebhookChanged': {
      const { changes } = event.data;
      const run = changes.url === undefined ? state.run : state.run + 1;
      return { ...state, run, settings: applyChanges(state.settings, changes) };
    }
    case 'WebhookSecretRotated': {
      const { secretId, formerUntil } = event.data;
      const former = state.secrets.map((secret) => ({ until: formerUntil, ...secret }));
      return { ...state, secrets: [{ secretId }, ...former].slice(0, MAX_SECRETS) };
    }
    case 'WebhookEnabled':
      return { ...kept(state), run: state.run + 1, status: 'enabled' };
    case 'WebhookDisabled': {
      const { reason, since } = event.data;
      return { ...kept(state), status: 'disabled', reason, ...(since !== undefined && { since }) };
    }
    case 'WebhookReplayRequested': {
      const number = (state.replay?.number ?? 0) + 1;
      return { ...state, replay: { number, after: event.data.after } };
    }
    case 'WebhookTestRequested':
    case 'WebhookRetryRequested':
      return state;
    case 'WebhookRemoved':
      return { status: 'removed', webhookId: state.webhookId, account: state.account };
    default:
      return unreachable(event);
  }
}

function registered({ webhookId, account, secretId, ...settings }: WebhookRegistered['data']): WebhookState {
  return { status: 'enabled', webhookId, account, settings, secrets: [{ secretId }], run: 1 };
}

/** The fields that are the same whether it is enabled or not. */
function kept(state: KeptWebhook): Omit<EnabledWebhook, 'status'> {
  const { status: _, reason: __, since: ___, ...rest } = state as DisabledWebhook;
  return rest;
}
