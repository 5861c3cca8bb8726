import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type CustomerCommand,
  type CustomerEvent,
  type CustomerState,
  customer,
  customerRoles,
} from '#domain/catalogue';
import { type Actor, conflict, Refusal } from '#domain/kernel';
import { type EventStore, type Position, type Revision, WrongExpectedRevision } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import {
  type AnyStreamCommands,
  CommandExecutor,
  type CommandTable,
  type Envelope,
  type StreamCommands,
} from './command-executor.ts';
import { Aggregates } from './core/aggregates.ts';
import { newId } from './core/ids.ts';
import { CommandIdReused, StaleRevision, StreamContended, UnknownCommand } from './errors.ts';

const owner: Actor = { account: newId(), user: 'ann', roles: ['administrator'] };
const stranger: Actor = { account: newId(), user: 'sam', roles: ['administrator'] };
const technician: Actor = { ...owner, roles: ['technician'] };
const address = { street: 'Quay 1', city: 'Oslo' };

const customers: StreamCommands<CustomerState, CustomerCommand, CustomerEvent, undefined> = {
  decider: customer,
  roles: customerRoles,
  streamId: (command) => command.data.customerId,
};

const tableOf = (commands: AnyStreamCommands) => (): CommandTable =>
  new Map(Object.keys(commands.roles).map((type) => [type, commands]));
const table = tableOf(customers);

describe('the command executor', () => {
  let directory: string;
  let store: EventStore;
  let aggregates: Aggregates;
  let executor: CommandExecutor;
  let customerId: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tessera-executor-'));
    store = await SqliteEventStore.open({ directory });
    aggregates = new Aggregates(store);
    executor = new CommandExecutor(store, aggregates, table);
    customerId = newId();
  });

  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  const add = (more: Partial<Envelope<CustomerCommand>> = {}) =>
    ({
      id: newId(),
      type: 'AddCustomer',
      data: { customerId, name: 'Harbour Foods', address },
      actor: owner,
      now: '2026-01-01T00:00:00.000Z',
      hash: 'add',
      ...more,
    }) as Envelope<CustomerCommand>;
  const rename = (name: string, more: Partial<Envelope<CustomerCommand>> = {}) =>
    ({
      id: newId(),
      type: 'ChangeCustomer',
      data: { customerId, name },
      actor: owner,
      now: '2026-01-02T00:00:00.000Z',
      hash: `rename ${name}`,
      ...more,
    }) as Envelope<CustomerCommand>;
  const run = (envelope: Envelope<CustomerCommand>, by = executor) => by.execute(envelope);
  const recorded = () => store.readStream(`customer-${customerId}`);
  /** Another process: it shares the log, and nothing of what the first one keeps in memory. */
  const anotherProcess = () => new CommandExecutor(store, new Aggregates(store), table);

  it('records what was decided, by whom, when, under which command and cause', async () => {
    const command = add({ correlationId: 'request', causationId: 'event' });
    const outcome = await run(command);
    expect(outcome).toEqual({ id: customerId, revision: 0, position: 0, replayed: false });
    expect(await recorded()).toMatchObject([
      {
        type: 'CustomerAdded',
        metadata: {
          at: command.now,
          actor: { account: owner.account, user: 'ann', role: 'administrator' },
          commandId: command.id,
          $correlationId: 'request',
          $causationId: 'event',
          schemaVersion: 1,
        },
      },
    ]);
  });

  it('records where in a trace the command was, and knows it again from anywhere else', async () => {
    const place = (trace: string) => `00-${trace.repeat(32)}-${trace.repeat(16)}-01`;
    const command = add({ traceparent: place('a') });
    const first = await run(command);
    const again = await run({ ...command, traceparent: place('b') }, anotherProcess());
    expect(again).toEqual({ ...first, replayed: true });
    expect((await recorded()).map(({ metadata }) => metadata.traceparent)).toEqual([place('a')]);
    await run(rename('Harbour Foods AB'));
    expect((await recorded())[1]?.metadata).not.toHaveProperty('traceparent');
  });

  it('answers a repeated command as the first time, also after others and from another process', async () => {
    await run(add());
    const command = rename('Harbour Foods AB');
    const first = await run(command);
    await run(rename('Harbour Foods AS'));
    for (const process of [executor, anotherProcess()]) {
      expect(await run({ ...command, now: '2026-02-01T00:00:00.000Z' }, process)).toEqual({
        ...first,
        replayed: true,
      });
    }
    expect(await recorded()).toHaveLength(3);
  });

  it('answers a repeated command although the rules would refuse it by now', async () => {
    const command = add();
    await run(command);
    await run(rename('Harbour Foods AB'));
    expect(await run(command)).toMatchObject({ revision: 0, replayed: true });
  });

  it('refuses the id of another command', async () => {
    const command = add();
    await run(command);
    await expect(run({ ...command, hash: 'something else' })).rejects.toBeInstanceOf(CommandIdReused);
  });

  it('does not reveal to a stranger that a command with that id was executed', async () => {
    await run(add());
    const command = rename('Harbour Foods AB');
    await run(command);
    await expect(run({ ...command, actor: stranger })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('records nothing when nothing changes, and nothing when refused', async () => {
    await run(add());
    expect(await run(rename('Harbour Foods'))).toEqual({
      id: customerId,
      revision: 0,
      position: 0,
      replayed: false,
    });
    await expect(run(rename('Mine now', { actor: stranger }))).rejects.toBeInstanceOf(Refusal);
    expect(await recorded()).toHaveLength(1);
  });

  describe('of a command that changes nothing, and may come again', () => {
    const again = () => rename('Harbour Foods', { repeatable: true });

    it('remembers that, whatever has changed since, in this process and in others', async () => {
      await run(add());
      const command = again();
      const first = await run(command);
      expect(first).toEqual({ id: customerId, revision: 0, position: 0, replayed: false });
      await run(rename('Harbour Foods AB'));
      for (const process of [executor, anotherProcess()]) {
        expect(await run(command, process)).toEqual({ ...first, replayed: true });
        await expect(run({ ...command, hash: 'another' }, process)).rejects.toBeInstanceOf(CommandIdReused);
      }
      expect((await aggregates.load(customer, customerId)).state).toMatchObject({
        details: { name: 'Harbour Foods AB' },
      });
    });

    it('leaves the thing at its revision: a caller that read it before may change it by that', async () => {
      await run(add());
      const command = again();
      await run(command);
      for (const process of [executor, anotherProcess()]) {
        const stale = rename('B', { expectedRevision: 1 as Revision });
        await expect(run(stale, process)).rejects.toEqual(new StaleRevision(0 as Revision));
      }
      const matching = { expectedRevision: 0 as Revision };
      expect(await run(rename('A', matching))).toMatchObject({ revision: 2, replayed: false });
      expect(await run(command)).toMatchObject({ revision: 0, replayed: true });
    });

    it('remembers it once, however often it comes at the same time', async () => {
      await run(add());
      const command = again();
      const outcomes = await Promise.all(
        [executor, executor, anotherProcess()].map((by) => run(command, by)),
      );
      expect(outcomes.map(({ revision }) => revision)).toEqual([0, 0, 0]);
      expect((await recorded()).map(({ type }) => type)).toEqual(['CustomerAdded', 'CommandHadNoEffect']);
    });

    it('has one outcome where two processes judge it by different states', async () => {
      await run(add());
      const other = anotherProcess();
      await run(rename('Elsewhere'), other);
      const command = again();
      // This process still sees the name that is asked for.
      const outcomes = await Promise.all([run(command), run(command, other)]);
      expect(outcomes.map(({ revision }) => revision)).toEqual([2, 2]);
      expect(await recorded()).toHaveLength(3);
    });
  });

  it('knows a command whose hash was made of its members as they came, as those of older events are', async () => {
    const command = add({ hash: 'as it was hashed' });
    const first = await run(command);
    const today = { ...command, hash: 'as it is hashed', formerHashes: () => ['as it was hashed'] };
    expect(await run(today)).toEqual({ ...first, replayed: true });
  });

  it('refuses a command that no kind of stream takes', async () => {
    await expect(run({ ...add(), type: 'toString' } as never)).rejects.toBeInstanceOf(UnknownCommand);
  });

  it('asks for the role before anything else', async () => {
    await expect(run(rename('New', { actor: technician }))).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'role-not-allowed',
    });
  });

  describe('the context of a refusal (R-S10)', () => {
    const informing: StreamCommands<CustomerState, CustomerCommand, CustomerEvent, undefined> = {
      ...customers,
      refusalContext: (state, { actor }) =>
        state.status === 'kept' && state.account === actor.account
          ? { currentStatus: state.status, allowedActions: ['look'] }
          : undefined,
    };
    const context = { currentStatus: 'kept', allowedActions: ['look'] };
    const nothing = { currentStatus: undefined, allowedActions: undefined };
    const refused = (command: Envelope<CustomerCommand>) =>
      expect(run(command, new CommandExecutor(store, aggregates, tableOf(informing)))).rejects;

    beforeEach(() => run(add()));

    it('is what its caller may know of it, whatever rule refuses', async () => {
      const otherName = { customerId, name: 'Other', address };
      await refused(add({ id: newId(), data: otherName })).toMatchObject({ code: 'id-in-use', ...context });
    });

    it('is the same where the role is missing', async () => {
      const { roles } = technician;
      const code = 'role-not-allowed';
      await refused(rename('New', { actor: technician })).toMatchObject({ code, ...context });
      await refused(rename('New', { actor: { ...stranger, roles } })).toMatchObject({ code, ...nothing });
    });

    it('is empty for a caller that may not know of the thing', async () => {
      await refused(rename('New', { actor: stranger })).toMatchObject({ code: 'not-found', ...nothing });
    });
  });

  it('records the role that allowed the command, not the first of the caller’s', async () => {
    await run(add({ actor: { ...owner, roles: ['technician', 'auditor', 'manager'] } }));
    expect(await recorded()).toMatchObject([{ metadata: { actor: { role: 'manager' } } }]);
  });

  describe('with an expected revision', () => {
    it('takes the command at that revision, and at no other', async () => {
      await run(add());
      await run(rename('A', { expectedRevision: 0 as Revision }));
      await expect(run(rename('B', { expectedRevision: 0 as Revision }))).rejects.toEqual(
        new StaleRevision(1 as Revision),
      );
      expect(await recorded()).toHaveLength(2);
    });

    it('says stale before it says refused, but not-found before it says stale', async () => {
      await run(add());
      const stale = { expectedRevision: 7 as Revision };
      await expect(
        run(add({ ...stale, data: { customerId, name: 'Other', address } })),
      ).rejects.toBeInstanceOf(StaleRevision);
      await expect(run(rename('B', { ...stale, actor: stranger }))).rejects.toMatchObject({
        code: 'not-found',
      });
    });
  });

  it('decides again on what another process recorded meanwhile', async () => {
    const other = anotherProcess();
    await run(add());
    await run(rename('A'), other);
    await run(rename('B'));
    const [, a, b] = await recorded();
    expect([a?.data, b?.data]).toMatchObject([{ changes: { name: 'A' } }, { changes: { name: 'B' } }]);
  });

  describe('a command that begins a stream', () => {
    const beginning = tableOf({ ...customers, begins: ['AddCustomer'] });
    const begin = () => new CommandExecutor(store, new Aggregates(store), beginning);

    it('is taken without a read', async () => {
      const read = jest.spyOn(store, 'readStream');
      expect(await run(add(), begin())).toMatchObject({ revision: 0, replayed: false });
      expect(read).not.toHaveBeenCalled();
      read.mockRestore();
      expect(await recorded()).toHaveLength(1);
    });

    it('is read first where it may be repeated, and the store is shared with other processes', async () => {
      jest.replaceProperty(store, 'exclusive', false as true);
      const command = add({ repeatable: true });
      const read = jest.spyOn(store, 'readStream');
      const first = await run(command, begin());
      expect(read).toHaveBeenCalled();
      jest.restoreAllMocks();
      expect(await run(command, begin())).toEqual({ ...first, replayed: true });
    });

    it('is decided on the stream where that exists', async () => {
      const command = add();
      const first = await run(command);
      await run(rename('Meanwhile'));
      expect(await run(command, begin())).toEqual({ ...first, replayed: true });
      await expect(run({ ...command, hash: 'something else' }, begin())).rejects.toBeInstanceOf(
        CommandIdReused,
      );
      const other = add({ data: { customerId, name: 'Other', address } });
      const refused = await run(other).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(Refusal);
      await expect(run(other, begin())).rejects.toEqual(refused);
      await expect(run({ ...other, expectedRevision: 0 as Revision }, begin())).rejects.toEqual(
        new StaleRevision(1 as Revision),
      );
      expect(await recorded()).toHaveLength(2);
    });

    it('is taken once, however many come at the same moment from several processes', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, n) =>
          run(add({ hash: `add ${n}`, data: { customerId, name: `Customer ${n}`, address } }), begin()),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await recorded()).toHaveLength(1);
    });
  });

  describe('when another process has taken the command already, after something else', () => {
    let command: Envelope<CustomerCommand>;

    beforeEach(async () => {
      await run(add());
      const other = anotherProcess();
      await run(rename('Meanwhile'), other);
      command = rename('Harbour Foods AB');
      await run(command, other);
    });

    it('answers as it did, and goes on from what the log has', async () => {
      expect(await run(command)).toEqual({ id: customerId, revision: 2, position: 2, replayed: true });
      expect(await run(rename('Next'))).toMatchObject({ revision: 3, replayed: false });
      const anew = await new Aggregates(store).load(customer, customerId);
      expect(await aggregates.load(customer, customerId)).toEqual(anew);
    });

    it('refuses its id for another command', async () => {
      await expect(run({ ...command, hash: 'something else' })).rejects.toBeInstanceOf(CommandIdReused);
    });
  });

  describe('where others write too, and the store does not recognise a repeated append', () => {
    /** Done once before the next append. */
    let meanwhile: (() => Promise<unknown>) | undefined;
    let one: CommandExecutor;
    let other: CommandExecutor;

    beforeEach(async () => {
      meanwhile = undefined;
      const shared = new Proxy(store, {
        get: (target, name: keyof EventStore) => {
          if (name === 'exclusive') return false;
          if (name !== 'append') return target[name].bind(target);
          return async (...append: Parameters<EventStore['append']>) => {
            const before = meanwhile;
            meanwhile = undefined;
            await before?.();
            return { ...(await target.append(...append)), duplicate: false };
          };
        },
      });
      [one, other] = [0, 1].map(() => new CommandExecutor(shared, new Aggregates(shared), table)) as [
        CommandExecutor,
        CommandExecutor,
      ];
      await run(add(), one);
    });

    it('answers what another process took as repeated', async () => {
      await run(rename('A'), one);
      const command = rename('B', { repeatable: true });
      const first = await run(command, other);
      expect(await run(command, one)).toEqual({ ...first, replayed: true });
      await expect(run({ ...command, hash: 'something else' }, one)).rejects.toBeInstanceOf(CommandIdReused);
    });

    it('reads no stream that it has written last itself', async () => {
      const read = jest.spyOn(store, 'readStream');
      expect(await run(rename('A'), one)).toMatchObject({ revision: 1 });
      expect(await run(rename('B'), one)).toMatchObject({ revision: 2 });
      expect(read).not.toHaveBeenCalled();
      read.mockRestore();
      expect(await run(rename('C'), other)).toMatchObject({ revision: 3 });
      expect(await run(rename('D'), one)).toMatchObject({ revision: 4 });
    });

    it('does not take what one process found to change nothing for a change by another', async () => {
      const command = rename('A', { repeatable: true });
      await run(rename('A'), one);
      meanwhile = async () => {
        await run(rename('B'), other);
        await run(command, other);
      };
      // It is about to store that nothing changes.
      expect(await run(command, one)).toMatchObject({ revision: 3, replayed: true });
      const [, , , changed, ...more] = await recorded();
      expect(more).toEqual([]);
      expect(changed?.data).toMatchObject({ changes: { name: 'A' } });
    });

    it('refuses an id that another process takes for another command at the same moment', async () => {
      const command = rename('A');
      meanwhile = () => run(command, other);
      const id = command.id;
      await expect(run(rename('B', { id, hash: 'something else' }), one)).rejects.toBeInstanceOf(
        CommandIdReused,
      );
      expect((await recorded()).map(({ data }) => data)).toMatchObject([{}, { changes: { name: 'A' } }]);
    });
  });

  it('never refuses by a state that is behind the log', async () => {
    const other = anotherProcess();
    await expect(run(rename('A'))).rejects.toMatchObject({ code: 'not-found' });
    await run(add(), other);
    expect(await run(rename('A'))).toMatchObject({ revision: 1 });
    await run(rename('B'), other);
    expect(await run(rename('A'))).toMatchObject({ revision: 3 });
  });

  it('takes many commands on one stream at once, each once and in some order', async () => {
    await run(add());
    const names = Array.from({ length: 64 }, (_, index) => `Name ${index}`);
    const outcomes = await Promise.all(names.map((name) => run(rename(name))));
    expect(new Set(outcomes.map(({ revision }) => revision)).size).toBe(64);
    const changes = (await recorded()).slice(1).map(({ data }) => (data.changes as { name: string }).name);
    expect(changes.toSorted()).toEqual(names.toSorted());
  });

  it('lets a command wait for those before it for so long and no longer, having recorded nothing', async () => {
    const first = Promise.withResolvers<undefined>();
    const facts = ({ type }: CustomerCommand) => (type === 'AddCustomer' ? first.promise : undefined);
    const hasty = new CommandExecutor(store, aggregates, tableOf({ ...customers, facts }), 0);
    const adding = run(add(), hasty);
    const late = run(rename('A'), hasty);
    const later = run(rename('A'), hasty);
    first.resolve(undefined);
    expect(await adding).toMatchObject({ revision: 0 });
    for (const waited of [late, later]) await expect(waited).rejects.toThrow(StreamContended);
    expect(await run(rename('A'), hasty)).toMatchObject({ revision: 1 });
  });

  it('gives up when other writers are faster every time, having recorded nothing', async () => {
    await run(add());
    const contended: EventStore = Object.create(store, {
      append: {
        value: (stream: string) =>
          Promise.reject(new WrongExpectedRevision(stream, 0 as Revision, 1 as Revision)),
      },
    });
    const loser = new CommandExecutor(contended, new Aggregates(store), table);
    await expect(run(rename('A'), loser)).rejects.toBeInstanceOf(StreamContended);
    expect(await recorded()).toHaveLength(1);
  });

  it('passes on what goes wrong while facts are gathered, and takes the next command all the same', async () => {
    await run(add());
    let fault: Error | undefined = new Error('no facts');
    const facts = () => (fault === undefined ? undefined : Promise.reject(fault));
    const executor = new CommandExecutor(store, aggregates, tableOf({ ...customers, facts }));
    await expect(run(rename('A'), executor)).rejects.toThrow('no facts');
    fault = conflict('no', 'No.');
    await expect(run(rename('A'), executor)).rejects.toMatchObject({ code: 'no' });
    fault = undefined;
    expect(await run(rename('A'), executor)).toMatchObject({ revision: 1, position: 1 as Position });
  });
});
