import type { OwnAccount } from '../../api/queries.ts';

export const SETTINGS_TABS = ['company', 'you', 'webhooks', 'api'] as const;

export interface SettingsTabProps {
  readonly account: OwnAccount;
}
