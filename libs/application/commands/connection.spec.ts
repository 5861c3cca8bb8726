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

const [giver, taker, third] = [newId(), newId(), newId()].map(
  (account): Actor => ({ account, user: 'ann', roles: ['administrator'] }),
) as [Actor, Actor, Actor];
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
      const executor = new CommandExecutor(shared, aggregates, (stand) => commandTable(stand as FactSources));
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

  const ask = (actor: Actor, type: string, data: object, more: Partial<Envelope> = {}) => {
    const whole = { connectionId, ...data };
    return { id: newId(), type, data: whole, actor, now, hash: JSON.stringify([type, whole]), ...more };
  };
  const authenticate = (more: Partial<Envelope> = {}, tokenHash = 'right') =>
    ask(taker, 'AuthenticateConnection', { tokenHash, label: 'Theirs' }, more);
  const rename = () => ask(giver, 'RenameConnection', { label: 'New' });
  const recorded = async () => (await store.readAll()).map(({ type }) => type);
  const typesOf = async (stream: string) => (await store.readStream(stream)).map(({ type }) => type);
  const recordedUnder = async ({ id }: Envelope) =>
    (await store.readAll()).filter(({ metadata }) => metadata.$correlationId === id);

  it('R-C1 R-C2 uses the token, claims the pair, and only then is the connection active', async () => {
    await execute(authenticate());
    expect(await recorded()).toEqual([
      'ConnectionCreated',
      'ConnectionTokenUsed',
      'ConnectionPairClaimed',
      'ConnectionAuthenticated',
    ]);
  });

  it('is answered as the first time when it is repeated, also once the connection has ended', async () => {
    const command = authenticate();
    const { replayed: _, ...first } = await execute(command);
    await execute(ask(giver, 'EndConnection', {}));
    const before = await recorded();
    expect(await execute(command)).toEqual({ ...first, replayed: true });
    expect(await executeElsewhere(command)).toEqual({ ...first, replayed: true });
    expect(await recorded()).toEqual(before);
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

  it.each([
    ['cancelled', () => ask(giver, 'CancelConnection', {}), 'token-invalid'],
    ['re-issued', () => ask(giver, 'ReissueConnectionToken', { tokenHash: 'new' }), 'token-invalid'],
    [
      'opened by another',
      () => ask(third, 'AuthenticateConnection', { tokenHash: 'right', label: 'X' }),
      'token-invalid',
    ],
  ])('R-S10 leaves nothing behind when the connection is %s just then', async (_, command, code) => {
    meanwhile = { category: 'connection', run: () => executeElsewhere(command()) };
    const refused = authenticate();
    await expect(execute(refused)).rejects.toMatchObject({ code });
    expect(await recordedUnder(refused)).toEqual([]);
  });

  it('R-C2 R-S10 refuses the second of two connections of a pair at once, in one process', async () => {
    const first = authenticate();
    connectionId = newId();
    await execute(ask(giver, 'CreateConnection', { label: 'Again', tokenHash: 'right' }));
    const second = authenticate();
    const [accepted, refused] = await Promise.allSettled([execute(first), execute(second)]);
    expect(accepted.status).toBe('fulfilled');
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'already-connected' } });
    expect(await recordedUnder(second)).toEqual([]);
  });

  it('R-C2 cancels the connection that comes second when two processes take them in at the same moment', async () => {
    const first = connectionId;
    connectionId = newId();
    await execute(ask(giver, 'CreateConnection', { label: 'Again', tokenHash: 'right' }));
    const second = authenticate();
    connectionId = first;
    meanwhile = { category: 'pair', run: () => executeElsewhere(second) };
    expect(await execute(authenticate())).toMatchObject({ id: first, revision: 2 });
    expect(await typesOf(`connection-${first}`)).toEqual([
      'ConnectionCreated',
      'ConnectionTokenUsed',
      'ConnectionCancelled',
    ]);
    expect(await recorded()).toContain('ConnectionAuthenticated');
  });

  it.each(['pair', 'connection'])(
    'goes on where it was cut short before writing to the %s again',
    async (category) => {
      const command = authenticate();
      const kill = { category, run: () => Promise.reject(new Error('killed')) };
      const killLater = async () => {
        meanwhile = kill;
      };
      meanwhile = category === 'pair' ? kill : { category: 'pair', run: killLater };
      await expect(execute(command)).rejects.toThrow('killed');
      expect(await typesOf(`connection-${connectionId}`)).toEqual([
        'ConnectionCreated',
        'ConnectionTokenUsed',
      ]);
      expect(await execute(command)).toMatchObject({ revision: 2, replayed: true });
      expect((await typesOf(`connection-${connectionId}`)).at(-1)).toBe('ConnectionAuthenticated');
    },
  );

  it('is taken though the connection is renamed just then', async () => {
    meanwhile = { category: 'connection', run: () => executeElsewhere(rename()) };
    expect(await execute(authenticate())).toMatchObject({ revision: 3, replayed: false });
  });
});
