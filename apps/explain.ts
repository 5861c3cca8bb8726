import { EventStoreUnavailable, EventStoreUnusable } from '#event-store';
import { WrongKeyEncryptionKey } from '#personal-data';
import { InvalidConfig } from './environment.ts';
import { UnsafeKey } from './key-file.ts';

const FORESEEN = [InvalidConfig, UnsafeKey, WrongKeyEncryptionKey, EventStoreUnusable, EventStoreUnavailable];

/** Why a program did not start: one line where the operator can fix it, else with a stack trace. */
export function explainStart(error: unknown): string {
  const isForOperators = FORESEEN.some((kind) => error instanceof kind);
  if (isForOperators) return (error as Error).message;
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE') {
    const variable = String(port) === process.env.WORKER_PORT ? 'WORKER_PORT' : 'PORT';
    return `Port ${port} is in use by another program; choose another one, as in ${variable}=3100 npm start.`;
  }
  return (error as Error).stack ?? String(error);
}
