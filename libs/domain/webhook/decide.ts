import {
  conflict,
  type Decider,
  effectiveChanges,
  impossible,
  notFound,
  plusMillis,
  type Role,
  sameData,
  unreachable,
} from '#domain/kernel';
import type {
  ChangeWebhook,
  RegisterWebhook,
  ReplayWebhook,
  RetryWebhookDelivery,
  RotateWebhookSecret,
  SuspendWebhook,
  WebhookCommand,
} from './commands.ts';
import type { WebhookEvent } from './events.ts';
import { evolve } from './fold.ts';
import { mayRotate, webhookAdministrators } from './query.ts';
import { MAX_SECRETS, ROTATION_MS, validSecrets } from './secrets.ts';
import type { KeptWebhook, WebhookState } from './state.ts';

/** The roles that may send each command. */
export const webhookRoles: Readonly<Record<WebhookCommand['type'], readonly Role[]>> = {
  RegisterWebhook: webhookAdministrators,
  ChangeWebhook: webhookAdministrators,
  RotateWebhookSecret: webhookAdministrators,
  ReplayWebhook: webhookAdministrators,
  TestWebhook: webhookAdministrators,
  RetryWebhookDelivery: webhookAdministrators,
  RemoveWebhook: webhookAdministrators,
  SuspendWebhook: ['system'],
};

/** How many webhooks an account may have. */
export const MAX_WEBHOOKS = 20;

/** The facts of other streams, and of the URL. */
export interface WebhookFacts {
  /** For a new URL: why requests may not be sent to it. */
  readonly urlRefused?: string;
  /** For `RegisterWebhook`: how many the account has. */
  readonly count?: number;
  /** For `ReplayWebhook`: the position of the last event in the log. */
  readonly head?: number;
  /** For `RetryWebhookDelivery`: whether there was such a delivery. */
  readonly isThere?: boolean;
}

/** Receivers of changes; streams `webhook-<webhook id>`. */
export const webhook: Decider<WebhookState, WebhookCommand, WebhookEvent, WebhookFacts> = {
  category: 'webhook',
  initial: { status: 'none' },
  evolve,
  decide(command, state, facts) {
    if (command.type === 'RegisterWebhook') return register(command, state, facts);
    if (command.type === 'RemoveWebhook' && isRemovedBy(state, command.actor.account)) return [];
    const kept = requireOwn(state, command.actor.account);
    const { webhookId, account } = kept;
    switch (command.type) {
      case 'ChangeWebhook':
        return change(command, kept, facts);
      case 'RotateWebhookSecret':
        return rotate(command, kept);
      case 'ReplayWebhook':
        return replay(command, kept, facts);
      case 'TestWebhook': {
        const { deliveryId } = command.data;
        return [{ type: 'WebhookTestRequested', data: { webhookId, account, deliveryId } }];
      }
      case 'RetryWebhookDelivery':
        return retry(command, kept, facts);
      case 'RemoveWebhook':
        return [{ type: 'WebhookRemoved', data: { webhookId, account } }];
      case 'SuspendWebhook':
        return suspend(command, kept);
      default:
        return unreachable(command);
    }
  },
};

function register(
  { actor, data }: RegisterWebhook,
  state: WebhookState,
  { count = 0, urlRefused }: WebhookFacts,
): WebhookEvent[] {
  const { account } = actor;
  const { webhookId, secretId, ...settings } = data;
  if (state.status !== 'none') {
    const repeated =
      state.status !== 'removed' && state.account === account && sameData(settings, state.settings);
    if (repeated && state.secrets.some((secret) => secret.secretId === secretId)) return [];
    throw conflict('id-in-use', 'This id is in use.');
  }
  requireAllowed(urlRefused);
  if (count >= MAX_WEBHOOKS) {
    throw conflict('too-many-webhooks', `An account has at most ${MAX_WEBHOOKS} webhooks.`);
  }
  return [{ type: 'WebhookRegistered', data: { webhookId, account, ...settings, secretId } }];
}

function change({ data }: ChangeWebhook, state: KeptWebhook, { urlRefused }: WebhookFacts): WebhookEvent[] {
  const { webhookId, enabled, ...requested } = data;
  const { account, status } = state;
  const changes = effectiveChanges(state.settings, requested);
  if (changes?.url !== undefined) requireAllowed(urlRefused);
  const events: WebhookEvent[] = changes
    ? [{ type: 'WebhookChanged', data: { webhookId, account, changes } }]
    : [];
  if (enabled === undefined || enabled === (status === 'enabled')) return events;
  const switched: WebhookEvent = enabled
    ? { type: 'WebhookEnabled', data: { webhookId, account } }
    : { type: 'WebhookDisabled', data: { webhookId, account, reason: 'asked' } };
  return [...events, switched];
}

function rotate({ data, now }: RotateWebhookSecret, state: KeptWebhook): WebhookEvent[] {
  const { webhookId, account } = state;
  const { secretId } = data;
  if (validSecrets(state, now).some((secret) => secret.secretId === secretId)) return [];
  if (!mayRotate(state, now)) {
    const detail = `At most ${MAX_SECRETS} secrets are valid at once; each is for a day after the next one.`;
    throw conflict('too-many-secrets', detail);
  }
  const formerUntil = plusMillis(now, ROTATION_MS);
  return [{ type: 'WebhookSecretRotated', data: { webhookId, account, secretId, formerUntil } }];
}

function replay(
  { data: { after } }: ReplayWebhook,
  { webhookId, account }: KeptWebhook,
  { head }: WebhookFacts,
): WebhookEvent[] {
  // From a later position, changes in between would be skipped.
  if (head === undefined || after > head)
    throw impossible('invalid-cursor', 'The log has not reached that cursor.');
  return [{ type: 'WebhookReplayRequested', data: { webhookId, account, after } }];
}

function retry(
  { data: { deliveryId } }: RetryWebhookDelivery,
  { webhookId, account }: KeptWebhook,
  { isThere }: WebhookFacts,
): WebhookEvent[] {
  if (!isThere) throw notFound('delivery');
  return [{ type: 'WebhookRetryRequested', data: { webhookId, account, deliveryId } }];
}

/** No events where it was enabled again, or got another URL, since the failures. */
function suspend({ data }: SuspendWebhook, state: KeptWebhook): WebhookEvent[] {
  const { webhookId, account, status, run } = state;
  const { reason, since } = data;
  if (status === 'disabled' || run !== data.run) return [];
  return [{ type: 'WebhookDisabled', data: { webhookId, account, reason, since } }];
}

function requireAllowed(urlRefused: string | undefined): void {
  if (urlRefused !== undefined) throw impossible('webhook-url-refused', urlRefused);
}

function isRemovedBy(state: WebhookState, account: string): boolean {
  return state.status === 'removed' && state.account === account;
}

function requireOwn(state: WebhookState, account: string): KeptWebhook {
  const isKept = state.status === 'enabled' || state.status === 'disabled';
  if (!isKept || state.account !== account) throw notFound('webhook');
  return state;
}
