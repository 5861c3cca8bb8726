import { pagesOf } from '#application/core';
import { deserialise } from '#contracts';
import type { FlowBeginning } from '#domain/flow';
import type { EventReader } from '#event-store';
import { createProcesses } from '#processes';

/** The kind of stream that the work of a process begins in, where its key begins with the stream's id. */
const STREAM_OF_PROCESS: ReadonlyMap<string, string> = new Map([
  ['prepare-package', 'share'],
  ['import-step', 'share'],
  ['withdraw-access', 'share'],
  ['expire-shares', 'share'],
  ['extend-access', 'share'],
  ['cancel-late-request', 'share'],
  ['end-connection', 'connection'],
  ['import-catalogue', 'import'],
]);

/** The event that work of a process began with; `undefined` where its key does not tell, or there is none. */
export async function beginningOf(
  { process, key }: { readonly process: string; readonly key: string },
  log: Pick<EventReader, 'readStream'>,
): Promise<FlowBeginning | undefined> {
  const kind = STREAM_OF_PROCESS.get(process);
  const manager = createProcesses().find(({ name }) => name === process);
  if (kind === undefined || manager === undefined) return undefined;
  const stream = `${kind}-${key.split('/')[0]}`;
  for await (const page of pagesOf(log, stream)) {
    const found = page.find((event) => manager.workFor(deserialise(event))?.key === key);
    if (found !== undefined) return { stream, revision: found.revision };
  }
  return undefined;
}
