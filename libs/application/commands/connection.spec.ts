import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Actor, Instant } from '#domain/kernel';
import type { EventStore, Revision } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { CommandExecutor, type Envelope } from '../command-executor.ts';
import { Aggregates } from '../core/aggregates.ts';
import { newId } from '../core/ids.ts';
import { StaleRevision } from '../errors.ts';
import { commandTable, type FactSources } from './table.ts';

const [giver, taker] = [newId(), newId()].map(
  (account): Actor => ({ account, user: 'ann', roles: ['administrator'] }),
) as [Actor, Actor];
const now: Instant = '2026-01-01T00:00:00.000Z';

describe('authenticating a connection', () => {
  let directory: string;
  let store: EventStore;
  /** Done once, before the next append to a stream of this category. */
  let meanwhile: { readonly category: string; readonly run: () => Promise<unknown> } | undefined;
  let execute: (envelope: Envelope) => ReturnType<CommandExecutor['execute']>;
  let executeElsewhere: typeof execute;
  let connectionId: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tessera-connection-'));
    store = await SqliteEventStore.open({ directory });
    meanwhile = undefined;
    const shared = new Proxy(store, {
      get: (target, name: keyof EventStore) => {
        if (name === 'exclusive') return false;
        if (name !== 'append') return target[name].bind(target);
        return async (...append: Parameters<EventStore['append']>) => {
          const interruption = append[0].startsWith(`${meanwhile?.category}-`) ? meanwhile : undefined;
          if (interruption !== undefined) meanwhile = undefined;
          await interruption?.run();
          return target.append(...append);
        };
      },
    });
    const process = () => {
      const aggregates = new Aggregates(shared);
      const executor = new CommandExecutor(shared, aggregates, commandTable({ aggregates } as FactSources));
      return (envelope: Envelope) => executor.execute(envelope);
    };
    execute = process();
    executeElsewhere = process();
    connectionId = newId();
    await execute(ask(giver, 'CreateConnection', { label: 'Ours', tokenHash: 'right' }));
  });

  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  const ask = (actor: Actor, type: string, data: object, more: Partial<Envelope> = {}): Envelope => {
    const whole = { connectionId, ...data };
    return { id: newId(), type, data: whole, actor, now, hash: JSON.stringify([type, whole]), ...more };
  };
  const authenticate = (more: Partial<Envelope> = {}, tokenHash = 'right') =>
    ask(taker, 'AuthenticateConnection', { tokenHash, label: 'Theirs' }, more);
  const rename = () => ask(giver, 'RenameConnection', { label: 'New' });
  const recorded = async () => (await store.readAll()).map(({ type }) => type);

  it('R-C2 claims the pair, then records the authentication', async () => {
    await execute(authenticate());
    expect(await recorded()).toEqual([
      'ConnectionCreated',
      'ConnectionPairClaimed',
      'ConnectionAuthenticated',
    ]);
  });

  it('R-S10 leaves nothing behind in any stream when the revision demanded is not the connection’s', async () => {
    await execute(rename());
    const stale = authenticate({ expectedRevision: 0 as Revision });
    await expect(execute(stale)).rejects.toEqual(new StaleRevision(1 as Revision));
    expect(await recorded()).toEqual(['ConnectionCreated', 'ConnectionRenamed']);
  });

  it('R-S10 leaves nothing behind when the token is wrong, or another connection holds the pair', async () => {
    await expect(execute(authenticate({}, 'wrong'))).rejects.toMatchObject({ code: 'token-invalid' });
    expect(await recorded()).toEqual(['ConnectionCreated']);

    await execute(authenticate());
    connectionId = newId();
    await execute(ask(giver, 'CreateConnection', { label: 'Again', tokenHash: 'right' }));
    const before = await recorded();
    await expect(execute(authenticate())).rejects.toMatchObject({ code: 'already-connected' });
    expect(await recorded()).toEqual(before);
  });

  it('R-C2 claims a pair for one connection only, when two processes claim it at the same moment', async () => {
    const first = connectionId;
    connectionId = newId();
    await execute(ask(giver, 'CreateConnection', { label: 'Again', tokenHash: 'right' }));
    const second = authenticate();
    connectionId = first;
    meanwhile = { category: 'pair', run: () => executeElsewhere(second) };
    await expect(execute(authenticate())).rejects.toMatchObject({ code: 'already-connected' });
    expect(await store.readStream(`connection-${first}`)).toHaveLength(1);
  });

  it('goes on from its claim when the process died before the authentication', async () => {
    const command = authenticate();
    meanwhile = { category: 'connection', run: () => Promise.reject(new Error('killed')) };
    await expect(execute(command)).rejects.toThrow('killed');
    expect(await recorded()).toEqual(['ConnectionCreated', 'ConnectionPairClaimed']);
    expect(await execute(command)).toMatchObject({ revision: 1, replayed: false });
  });

  it('is taken once the pair is claimed, though the connection is renamed just then', async () => {
    meanwhile = { category: 'connection', run: () => executeElsewhere(rename()) };
    const outcome = await execute(authenticate({ expectedRevision: 0 as Revision }));
    expect(outcome).toMatchObject({ revision: 2, replayed: false });
  });

  it('is refused when the connection is cancelled just then, and its claim holds nothing', async () => {
    meanwhile = {
      category: 'connection',
      run: () => executeElsewhere(ask(giver, 'CancelConnection', {})),
    };
    await expect(execute(authenticate())).rejects.toMatchObject({ code: 'token-invalid' });
    connectionId = newId();
    await execute(ask(giver, 'CreateConnection', { label: 'Again', tokenHash: 'right' }));
    expect(await execute(authenticate())).toMatchObject({ revision: 1 });
  });
});
