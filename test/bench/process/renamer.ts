import type { SeededConnection } from '../connections.ts';

/** Executes the measured command. */
export interface Renamer {
  rename(connection: SeededConnection, label: string): Promise<unknown>;
  close(): Promise<void>;
}
