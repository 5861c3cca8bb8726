import { type FollowerStatus, standby } from '#subscriptions';

/** The name of the follower of webhooks, and of the process that delivers. */
export const WEBHOOKS = 'webhook-deliveries';

export interface WebhooksStatus {
  readonly follower: FollowerStatus;
  /** Webhooks that are enabled. */
  readonly enabled: number;
  /** Deliveries that have been read and have not ended. */
  readonly open: number;
  /** Requests that are being sent. */
  readonly sending: number;
  /** Since it has run here: deliveries that have ended, and attempts that failed. */
  readonly delivered: number;
  readonly failed: number;
  readonly failedAttempts: number;
}

/** The status of deliveries that another worker makes. */
export const webhooksStandby: WebhooksStatus = {
  follower: standby(WEBHOOKS),
  enabled: 0,
  open: 0,
  sending: 0,
  delivered: 0,
  failed: 0,
  failedAttempts: 0,
};
