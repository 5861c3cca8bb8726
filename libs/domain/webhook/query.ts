import { type Actor, hasRole, type Instant, type RefusalContext, type Role } from '#domain/kernel';
import { MAX_SECRETS, validSecrets } from './secrets.ts';
import type { KeptWebhook, WebhookState } from './state.ts';

/** The roles that manage the webhooks of an account, and may see their URLs. */
export const webhookAdministrators: readonly Role[] = ['administrator'];

/** What an administrator may do with a webhook. */
export type WebhookAction = 'change' | 'enable' | 'disable' | 'rotate' | 'replay' | 'test' | 'remove';

/** Whether another secret may be added to those that are valid. */
export function mayRotate(state: KeptWebhook, now: Instant): boolean {
  return validSecrets(state, now).length < MAX_SECRETS;
}

/** What `who`, of the webhook's account, may do with it now. */
export function allowedActions(
  state: KeptWebhook,
  who: Pick<Actor, 'roles'>,
  now: Instant,
): readonly WebhookAction[] {
  if (!hasRole(who, webhookAdministrators)) return [];
  const rotate = mayRotate(state, now) ? (['rotate'] as const) : [];
  const turn = state.status === 'enabled' ? 'disable' : 'enable';
  return ['change', turn, ...rotate, 'replay', 'test', 'remove'];
}

/** The context of a refusal (R-S10), for callers that may know of the webhook. */
export function webhookRefusalContext(
  state: WebhookState,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
): RefusalContext | undefined {
  if (state.status !== 'enabled' && state.status !== 'disabled') return undefined;
  if (state.account !== actor.account || !hasRole(actor, webhookAdministrators)) return undefined;
  return { currentStatus: state.status, allowedActions: allowedActions(state, actor, now) };
}
