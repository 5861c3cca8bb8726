/** The first is shown unless the address says otherwise. */
export const INSTALLATION_TABS = ['logbook', 'documents', 'properties', 'access'] as const;
export type InstallationTab = (typeof INSTALLATION_TABS)[number];
