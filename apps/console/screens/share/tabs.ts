/** The first is shown unless the address says otherwise. */
export const SHARE_TABS = ['overview', 'installations', 'history', 'documents'] as const;
export type ShareTab = (typeof SHARE_TABS)[number];
