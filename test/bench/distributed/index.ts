import type { Figure } from '../figures.ts';
import { type CallsSize, measureCalls } from './calls.ts';
import { measureCatchUp } from './catch-up.ts';
import { type ChangesSize, measureChangeDelay } from './changes.ts';
import { type CommandsSize, measureCommands } from './commands.ts';
import { measureImport } from './import.ts';
import { withServers } from './stores.ts';
import { measureTakeover } from './takeover.ts';

export interface DistributedSize {
  readonly calls: CallsSize;
  readonly commands: CommandsSize;
  readonly catchUp: { readonly connections: number };
  readonly imported: { readonly rows: number };
  readonly changes: ChangesSize;
  readonly takeover: { readonly trials: number };
}

/**
 * Services and workers on a shared event store and view store: the test servers, in processes of their
 * own, or those that `ESDB_URL` and `MONGO_URL` name.
 */
export async function measureDistributed({
  calls,
  commands,
  catchUp,
  imported,
  changes,
  takeover,
}: DistributedSize): Promise<Figure[]> {
  return withServers(async (servers) => [
    ...(await measureCalls(servers, calls)),
    ...(await measureCommands(servers, commands)),
    ...(await measureCatchUp(servers, catchUp)),
    ...(await measureImport(servers, imported)),
    ...(await measureChangeDelay(servers, changes)),
    ...(await measureTakeover(servers, takeover)),
  ]);
}
