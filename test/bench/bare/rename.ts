import { newId } from '#application';
import type { BareLog, Stream } from './log.ts';

/** A connection as it was last read or written. */
interface Known {
  readonly stream: Stream;
  readonly revision: number;
  readonly account: string;
  readonly label: string;
}

/** The work of `RenameConnection` by hand: load, fold, decide, append. What was loaded once is not loaded again. */
export class BareRenaming {
  private readonly known = new Map<string, Known>();

  constructor(private readonly log: BareLog) {}

  /** Gives the revision it led to. */
  async rename(id: string, label: string): Promise<number> {
    const { stream, revision, account, label: current } = this.known.get(id) ?? (await this.load(id));
    if (current === label) return revision;
    const commandId = newId();
    const renamed = { stream, revision: revision + 1, account, label };
    await this.log.append(
      stream,
      renamed.revision,
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
    this.known.set(id, renamed);
    return renamed.revision;
  }

  private async load(id: string): Promise<Known> {
    const { key, name, events } = await this.log.load(`connection-${id}`);
    let account = '';
    let label = '';
    for (const data of events) {
      account ||= data.account ?? '';
      if (data.account === account) label = data.label ?? '';
    }
    return { stream: { key, name }, revision: events.length - 1, account, label };
  }
}
