import type { SeededConnection } from '../connections.ts';

/** Carries out the command that is measured. */
export interface Renamer {
  rename(connection: SeededConnection, label: string): Promise<unknown>;
  close(): Promise<void>;
}
