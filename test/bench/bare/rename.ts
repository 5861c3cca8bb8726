import { newId } from '#application';
import type { BareLog } from './log.ts';

/** The work of `RenameConnection` by hand: load, fold, decide, append. Gives the revision it led to. */
export async function rename(log: BareLog, id: string, label: string): Promise<number> {
  const stream = log.load(`connection-${id}`);
  const { events } = stream;
  let account = '';
  let current = '';
  for (const { data } of events) {
    account ||= data.account ?? '';
    if (data.account === account) current = data.label ?? '';
  }
  const revision = events.length - 1;
  if (current === label) return revision;
  const commandId = newId();
  await log.append(
    stream,
    revision + 1,
    'ConnectionRenamed',
    { connectionId: id, account, label },
    {
      at: new Date().toISOString(),
      actor: { account, user: 'bench', role: 'administrator' },
      commandId,
      commandHash: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
      $correlationId: commandId,
      $causationId: commandId,
      schemaVersion: 1,
    },
  );
  return revision + 1;
}
